using Dsl.Runtime.Kernels;

namespace Dsl.Runtime;

public readonly unsafe partial struct CpuBackend
{
    /// <inheritdoc cref="IBackend.MaxPool2d"/>
    public static void MaxPool2d(in PoolShape shape, in TensorView x, in TensorView y, FloatBuffer indices, int batch)
        => MaxPooling.Forward(in shape, in x, in y, (byte*)indices.Pointer, batch);

    /// <inheritdoc cref="IBackend.MaxPool2dBackward"/>
    public static void MaxPool2dBackward(in PoolShape shape, FloatBuffer indices, in TensorView dy, in TensorView dx, int batch)
        => MaxPooling.Backward(in shape, (byte*)indices.Pointer, in dy, in dx, batch);
}
