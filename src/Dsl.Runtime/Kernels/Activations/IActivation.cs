namespace Dsl.Runtime.Kernels;

/// <summary>
/// An activation function. <see cref="Backward{V}"/> gets y where <see cref="Epilogue.FollowsFromOutput"/> says so, else x. Comparisons are written so
/// that a NaN in x stays in y.
/// </summary>
internal interface IActivation
{
    /// <summary>y = f(x)</summary>
    static abstract V Apply<V>(V x, V parameter)
        where V : unmanaged, ISimd<V>;

    /// <summary>dx = dy·f', by x or y.</summary>
    static abstract V Backward<V>(V saved, V dy, V parameter)
        where V : unmanaged, ISimd<V>;
}
