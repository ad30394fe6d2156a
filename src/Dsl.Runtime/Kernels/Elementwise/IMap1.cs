namespace Dsl.Runtime.Kernels;

/// <summary>A function of one value.</summary>
internal interface IMap1
{
    static abstract V Apply<V>(V x, V parameter)
        where V : unmanaged, ISimd<V>;
}
