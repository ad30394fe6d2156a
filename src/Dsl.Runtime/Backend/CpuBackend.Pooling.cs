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

    /// <inheritdoc cref="IBackend.AvgPool2d"/>
    public static void AvgPool2d(in PoolShape shape, in TensorView x, in TensorView y, int batch) => AveragePooling.Forward(in shape, in x, in y, batch);

    /// <inheritdoc cref="IBackend.AvgPool2dBackward"/>
    public static void AvgPool2dBackward(in PoolShape shape, in TensorView dy, in TensorView dx, int batch)
        => AveragePooling.Backward(in shape, in dy, in dx, batch);

    /// <inheritdoc cref="IBackend.AdaptiveAvgPool2d"/>
    public static void AdaptiveAvgPool2d(in TensorView x, in TensorView y, int batch) => AveragePooling.AdaptiveForward(in x, in y, batch);

    /// <inheritdoc cref="IBackend.AdaptiveAvgPool2dBackward"/>
    public static void AdaptiveAvgPool2dBackward(in TensorView dy, in TensorView dx, int batch) => AveragePooling.AdaptiveBackward(in dy, in dx, batch);
}
