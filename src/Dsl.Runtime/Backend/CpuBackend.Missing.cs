using System;

namespace Dsl.Runtime;

/// <content>Operations whose kernels are still to land: whoever lands one deletes its line here, and the file with the last.</content>
public readonly unsafe partial struct CpuBackend
{
    /// <inheritdoc cref="IBackend.DepthwiseConv2d"/>
    public static void DepthwiseConv2d(in Conv2dShape shape, FloatBuffer prepared, FloatBuffer bias, in TensorView x, in TensorView y, int batch) => throw new NotSupportedException("DepthwiseConv2d lands with the convolution kernels.");

    /// <inheritdoc cref="IBackend.DepthwiseConv2dBackward"/>
    public static void DepthwiseConv2dBackward(in Conv2dShape shape, FloatBuffer prepared, in TensorView x, in TensorView y, in TensorView dy, in TensorView dx, FloatBuffer dWeight, FloatBuffer dBias, int batch) => throw new NotSupportedException("DepthwiseConv2dBackward lands with the convolution kernels.");

    /// <inheritdoc cref="IBackend.PrepareDepthwiseConv2d"/>
    public static void PrepareDepthwiseConv2d(in Conv2dShape shape, FloatBuffer weight, FloatBuffer scale, FloatBuffer prepared) => throw new NotSupportedException("PrepareDepthwiseConv2d lands with the convolution kernels.");
}
