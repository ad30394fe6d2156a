using Dsl.Runtime.Kernels;

namespace Dsl.Runtime;

public readonly unsafe partial struct CpuBackend
{
    /// <inheritdoc cref="IBackend.Copy"/>
    public static void Copy(in TensorView x, in TensorView y, int batch) => Rearrange.Copy(in x, in y, batch);

    /// <inheritdoc cref="IBackend.ToChannelsLast"/>
    public static void ToChannelsLast(FloatBuffer x, in TensorView y, int batch) => Rearrange.ToChannelsLast(x.Pointer, in y, batch);

    /// <inheritdoc cref="IBackend.ToChannelsFirst"/>
    public static void ToChannelsFirst(in TensorView x, FloatBuffer y, int batch) => Rearrange.ToChannelsFirst(in x, y.Pointer, batch);

    /// <inheritdoc cref="IBackend.CopyBlocks"/>
    public static void CopyBlocks(FloatBuffer x, long xSampleStride, long xStride, FloatBuffer y, long ySampleStride, long yStride, int blocks, int length, int batch)
        => Rearrange.CopyBlocks(x.Pointer, xSampleStride, xStride, y.Pointer, ySampleStride, yStride, blocks, length, batch);

    /// <inheritdoc cref="IBackend.Permute"/>
    public static void Permute(in Permutation permutation, FloatBuffer x, FloatBuffer y, int batch)
        => Rearrange.Permute(in permutation, x.Pointer, y.Pointer, batch);

    /// <inheritdoc cref="IBackend.Upsample2d"/>
    public static void Upsample2d(int scale, in TensorView x, in TensorView y, int batch) => Rearrange.Upsample(scale, in x, in y, batch);

    /// <inheritdoc cref="IBackend.Upsample2dBackward"/>
    public static void Upsample2dBackward(int scale, in TensorView dy, in TensorView dx, int batch)
        => AveragePooling.UpsampleBackward(scale, in dy, in dx, batch);

    /// <inheritdoc cref="IBackend.ZeroPad2d"/>
    public static void ZeroPad2d(int padding, in TensorView x, in TensorView y, int batch) => Rearrange.ZeroPad(padding, in x, in y, batch);

    /// <inheritdoc cref="IBackend.ZeroPad2dBackward"/>
    public static void ZeroPad2dBackward(int padding, in TensorView dy, in TensorView dx, int batch)
        => Rearrange.ZeroPadBackward(padding, in dy, in dx, batch);
}
