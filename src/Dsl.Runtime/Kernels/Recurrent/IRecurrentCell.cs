namespace Dsl.Runtime.Kernels;

/// <summary>What a cell does with the products of a step, for some units at once. Its slots are <c>slot</c> floats apart.</summary>
internal unsafe interface IRecurrentCell
{
    /// <summary>Turns the slots into what the gradient wants and returns the state. c is the cell before, cNext after the step.</summary>
    static abstract V Forward<V>(float* z, nint slot, V h, float* c, float* cNext)
        where V : unmanaged, ISimd<V>;

    /// <summary>Turns the slots into their gradients, and dc into that of the cell before. Returns what of the gradient dh goes to the state before not by way of the products.</summary>
    static abstract V Backward<V>(float* z, nint slot, V h, float* c, float* cNext, V dh, float* dc)
        where V : unmanaged, ISimd<V>;
}
