using Dsl.Runtime.Kernels;

namespace Dsl.Runtime;

public readonly unsafe partial struct CpuBackend
{
    /// <inheritdoc cref="IBackend.PrepareConv2d"/>
    public static void PrepareConv2d(in Conv2dShape shape, FloatBuffer weight, FloatBuffer scale, FloatBuffer prepared) =>
        ConvWeights.Prepare(in shape, weight.Pointer, scale.Pointer, prepared.Pointer);

    /// <inheritdoc cref="IBackend.PrepareConv2dBackward"/>
    public static void PrepareConv2dBackward(in Conv2dShape shape, FloatBuffer weight, FloatBuffer prepared) =>
        ConvWeights.PrepareBackward(in shape, weight.Pointer, prepared.Pointer);

    /// <inheritdoc cref="IBackend.Conv2d"/>
    public static void Conv2d(in Conv2dShape shape, FloatBuffer prepared, FloatBuffer bias, in TensorView x, in TensorView y, FloatBuffer indices, int batch) =>
        ConvForward.Run(in shape, prepared.Pointer, bias.Pointer, in x, in y, (byte*)indices.Pointer, batch);

    /// <inheritdoc cref="IBackend.Conv2dBackward"/>
    public static void Conv2dBackward(in Conv2dShape shape, FloatBuffer preparedBackward, in TensorView x, in TensorView y, FloatBuffer indices, in TensorView dy, in TensorView dx, FloatBuffer dWeight, FloatBuffer dBias, int batch) =>
        ConvBackward.Run(in shape, preparedBackward.Pointer, in x, in y, (byte*)indices.Pointer, in dy, in dx, dWeight.Pointer, dBias.Pointer, batch);

    /// <inheritdoc cref="IBackend.ConvTranspose2d"/>
    public static void ConvTranspose2d(in Conv2dShape shape, FloatBuffer prepared, FloatBuffer bias, in TensorView x, in TensorView y, int batch) =>
        ConvTranspose.Run(in shape, prepared.Pointer, bias.Pointer, in x, in y, batch);

    /// <inheritdoc cref="IBackend.ConvTranspose2dBackward"/>
    public static void ConvTranspose2dBackward(in Conv2dShape shape, FloatBuffer preparedBackward, in TensorView x, in TensorView y, in TensorView dy, in TensorView dx, FloatBuffer dWeight, FloatBuffer dBias, int batch) =>
        ConvBackward.RunTransposed(in shape, preparedBackward.Pointer, in x, in y, in dy, in dx, dWeight.Pointer, dBias.Pointer, batch);

    /// <inheritdoc cref="IBackend.PrepareDepthwiseConv2d"/>
    public static void PrepareDepthwiseConv2d(in Conv2dShape shape, FloatBuffer weight, FloatBuffer scale, FloatBuffer prepared) =>
        DepthwiseConv.Prepare(in shape, weight.Pointer, scale.Pointer, prepared.Pointer);

    /// <inheritdoc cref="IBackend.DepthwiseConv2d"/>
    public static void DepthwiseConv2d(in Conv2dShape shape, FloatBuffer prepared, FloatBuffer bias, in TensorView x, in TensorView y, int batch) =>
        ConvForward.Run(in shape, prepared.Pointer, bias.Pointer, in x, in y, null, batch, true);

    /// <inheritdoc cref="IBackend.DepthwiseConv2dBackward"/>
    public static void DepthwiseConv2dBackward(in Conv2dShape shape, FloatBuffer prepared, in TensorView x, in TensorView y, in TensorView dy, in TensorView dx, FloatBuffer dWeight, FloatBuffer dBias, int batch) =>
        ConvBackward.Run(in shape, prepared.Pointer, in x, in y, null, in dy, in dx, dWeight.Pointer, dBias.Pointer, batch, true);
}
