namespace Dsl.Runtime.Kernels;

/// <summary>
/// A loop that is written once for all widths of register, with its operands. <see cref="Run{V}"/> only hands the operands to the loop, a static method of
/// its own: there they are registers, while fields might change under every store through a pointer.
/// </summary>
internal interface IWidthKernel
{
    void Run<V>()
        where V : unmanaged, ISimd<V>;
}

/// <summary>An <see cref="IWidthKernel"/> with a result.</summary>
/// <typeparam name="TResult">The result.</typeparam>
internal interface IWidthKernel<TResult>
{
    TResult Run<V>()
        where V : unmanaged, ISimd<V>;
}
