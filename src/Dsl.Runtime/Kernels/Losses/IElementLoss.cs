namespace Dsl.Runtime.Kernels;

/// <summary>A loss of one output and its target.</summary>
internal interface IElementLoss
{
    /// <summary>The loss, and its derivative by x.</summary>
    static abstract V Apply<V>(V x, V target, V delta, out V derivative)
        where V : unmanaged, ISimd<V>;
}
