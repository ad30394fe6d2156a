namespace Dsl.Runtime.Kernels;

/// <summary>A function of two values.</summary>
internal interface IMap2
{
    static abstract V Apply<V>(V a, V b, V parameter)
        where V : unmanaged, ISimd<V>;
}
