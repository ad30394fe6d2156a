namespace Dsl.Runtime.Kernels;

/// <summary>
/// One optimizer's arithmetic on a vector of parameters: gradient g (clipped, decayed), the parameters w, and up to two vectors of state.
/// Returns the new parameters.
/// </summary>
internal interface IUpdateRule
{
    V Apply<V>(V w, V g, ref V first, ref V second)
        where V : unmanaged, ISimd<V>;

    /// <summary>Takes bounds on parameters and state to bounds after an update, and on everything computed on the way, where no gradient is larger than <paramref name="g"/>.</summary>
    void Bound(double g, ref UpdateBounds bounds);

    /// <summary>State vectors per parameter: 0, 1 or 2.</summary>
    static abstract int States { get; }
}
