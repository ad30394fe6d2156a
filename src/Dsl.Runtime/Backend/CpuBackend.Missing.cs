using System;

namespace Dsl.Runtime;

/// <content>Operations whose kernels are still to land: whoever lands one deletes its line here, and the file with the last.</content>
public readonly unsafe partial struct CpuBackend
{
    /// <inheritdoc cref="IBackend.AdaptiveAvgPool2d"/>
    public static void AdaptiveAvgPool2d(in TensorView x, in TensorView y, int batch) => throw new NotSupportedException("AdaptiveAvgPool2d lands with the element-wise kernels.");

    /// <inheritdoc cref="IBackend.AdaptiveAvgPool2dBackward"/>
    public static void AdaptiveAvgPool2dBackward(in TensorView dy, in TensorView dx, int batch) => throw new NotSupportedException("AdaptiveAvgPool2dBackward lands with the element-wise kernels.");

    /// <inheritdoc cref="IBackend.AllFinite"/>
    public static bool AllFinite(in TensorView x, int batch) => throw new NotSupportedException("AllFinite lands with the element-wise kernels.");

    /// <inheritdoc cref="IBackend.AvgPool2d"/>
    public static void AvgPool2d(in PoolShape shape, in TensorView x, in TensorView y, int batch) => throw new NotSupportedException("AvgPool2d lands with the element-wise kernels.");

    /// <inheritdoc cref="IBackend.AvgPool2dBackward"/>
    public static void AvgPool2dBackward(in PoolShape shape, in TensorView dy, in TensorView dx, int batch) => throw new NotSupportedException("AvgPool2dBackward lands with the element-wise kernels.");

    /// <inheritdoc cref="IBackend.BatchNorm"/>
    public static void BatchNorm(in TensorView x, FloatBuffer gamma, FloatBuffer beta, float epsilon, Epilogue epilogue, FloatBuffer mean, FloatBuffer variance, in TensorView y, int batch) => throw new NotSupportedException("BatchNorm lands with the element-wise kernels.");

    /// <inheritdoc cref="IBackend.BatchNormBackward"/>
    public static void BatchNormBackward(in TensorView x, FloatBuffer gamma, float epsilon, Epilogue epilogue, FloatBuffer mean, FloatBuffer variance, in TensorView y, in TensorView dy, in TensorView dx, FloatBuffer dGamma, FloatBuffer dBeta, int batch) => throw new NotSupportedException("BatchNormBackward lands with the element-wise kernels.");

    /// <inheritdoc cref="IBackend.DepthwiseConv2d"/>
    public static void DepthwiseConv2d(in Conv2dShape shape, FloatBuffer prepared, FloatBuffer bias, in TensorView x, in TensorView y, int batch) => throw new NotSupportedException("DepthwiseConv2d lands with the element-wise kernels.");

    /// <inheritdoc cref="IBackend.DepthwiseConv2dBackward"/>
    public static void DepthwiseConv2dBackward(in Conv2dShape shape, FloatBuffer prepared, in TensorView x, in TensorView y, in TensorView dy, in TensorView dx, FloatBuffer dWeight, FloatBuffer dBias, int batch) => throw new NotSupportedException("DepthwiseConv2dBackward lands with the element-wise kernels.");

    /// <inheritdoc cref="IBackend.Dropout"/>
    public static void Dropout(in DropoutKey key, float probability, in TensorView x, in TensorView y, int batch) => throw new NotSupportedException("Dropout lands with the element-wise kernels.");

    /// <inheritdoc cref="IBackend.FoldBatchNorm"/>
    public static void FoldBatchNorm(FloatBuffer gamma, FloatBuffer beta, FloatBuffer runningMean, FloatBuffer runningVariance, float epsilon, FloatBuffer bias, FloatBuffer scale, FloatBuffer shift, int channels) => throw new NotSupportedException("FoldBatchNorm lands with the element-wise kernels.");

    /// <inheritdoc cref="IBackend.PrepareDepthwiseConv2d"/>
    public static void PrepareDepthwiseConv2d(in Conv2dShape shape, FloatBuffer weight, FloatBuffer scale, FloatBuffer prepared) => throw new NotSupportedException("PrepareDepthwiseConv2d lands with the element-wise kernels.");

    /// <inheritdoc cref="IBackend.ScaleShift"/>
    public static void ScaleShift(in TensorView x, FloatBuffer scale, FloatBuffer shift, Epilogue epilogue, in TensorView y, int batch) => throw new NotSupportedException("ScaleShift lands with the element-wise kernels.");

    /// <inheritdoc cref="IBackend.ScaleShiftBackward"/>
    public static void ScaleShiftBackward(FloatBuffer scale, Epilogue epilogue, in TensorView y, in TensorView dy, in TensorView dx, int batch) => throw new NotSupportedException("ScaleShiftBackward lands with the element-wise kernels.");

    /// <inheritdoc cref="IBackend.UpdateRunningStatistics"/>
    public static void UpdateRunningStatistics(FloatBuffer mean, FloatBuffer variance, long count, float momentum, FloatBuffer runningMean, FloatBuffer runningVariance, int channels, FloatBuffer loss) => throw new NotSupportedException("UpdateRunningStatistics lands with the element-wise kernels.");

    /// <inheritdoc cref="IBackend.Upsample2dBackward"/>
    public static void Upsample2dBackward(int scale, in TensorView dy, in TensorView dx, int batch) => throw new NotSupportedException("Upsample2dBackward lands with the element-wise kernels.");
}
