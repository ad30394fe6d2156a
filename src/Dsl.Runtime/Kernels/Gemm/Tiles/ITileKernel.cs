namespace Dsl.Runtime.Kernels;

/// <summary>
/// An <see cref="IWidthKernel"/> on register tiles. They need bare vectors, see <see cref="ITileVector{T}"/>, and so a pair of types where others need one.
/// </summary>
internal interface ITileKernel
{
    void Run<T, W>()
        where T : unmanaged
        where W : struct, ITileVector<T>;
}
