using Dsl.Runtime.Kernels;

namespace Dsl.Runtime;

public readonly unsafe partial struct CpuBackend
{
    /// <inheritdoc cref="IBackend.BatchNorm"/>
    public static void BatchNorm(in TensorView x, FloatBuffer gamma, FloatBuffer beta, float epsilon, Epilogue epilogue, FloatBuffer mean, FloatBuffer variance, in TensorView y, int batch)
    {
        TensorView none = default;
        Kernels.BatchNorm.Statistics(in x, batch, mean.Pointer, variance.Pointer);
        Kernels.BatchNorm.Apply(in x, in none, gamma.Pointer, beta.Pointer, epsilon, epilogue, mean.Pointer, variance.Pointer, in y, batch);
    }

    /// <inheritdoc cref="IBackend.BatchNormBackward"/>
    public static void BatchNormBackward(in TensorView x, FloatBuffer gamma, FloatBuffer beta, float epsilon, Epilogue epilogue, FloatBuffer mean, FloatBuffer variance, in TensorView y, in TensorView dy, in TensorView dx, FloatBuffer dGamma, FloatBuffer dBeta, int batch)
        => Kernels.BatchNorm.Backward(in x, gamma.Pointer, beta.Pointer, epsilon, epilogue, mean.Pointer, variance.Pointer, in y, in dy, in dx, dGamma.Pointer, dBeta.Pointer, batch);

    /// <inheritdoc cref="IBackend.BatchNormAdd"/>
    public static void BatchNormAdd(in TensorView x, in TensorView addend, FloatBuffer gamma, FloatBuffer beta, float epsilon, Epilogue epilogue, FloatBuffer mean, FloatBuffer variance, in TensorView y, int batch)
    {
        Kernels.BatchNorm.Statistics(in x, batch, mean.Pointer, variance.Pointer);
        Kernels.BatchNorm.Apply(in x, in addend, gamma.Pointer, beta.Pointer, epsilon, epilogue, mean.Pointer, variance.Pointer, in y, batch);
    }

    /// <inheritdoc cref="IBackend.BatchNormAddBackward"/>
    public static void BatchNormAddBackward(in TensorView x, FloatBuffer gamma, float epsilon, Epilogue epilogue, FloatBuffer mean, FloatBuffer variance, in TensorView y, in TensorView dy, in TensorView dx, FloatBuffer dGamma, FloatBuffer dBeta, int batch)
        => Kernels.BatchNorm.Backward(in x, gamma.Pointer, null, epsilon, epilogue, mean.Pointer, variance.Pointer, in y, in dy, in dx, dGamma.Pointer, dBeta.Pointer, batch);

    /// <inheritdoc cref="IBackend.CheckRunningStatistics"/>
    public static void CheckRunningStatistics(FloatBuffer mean, FloatBuffer variance, long count, float momentum, FloatBuffer runningMean, FloatBuffer runningVariance, int channels, long place, FloatBuffer verdict)
    {
        if (Verdict.Permits(verdict.Pointer) && !Kernels.BatchNorm.StaysFinite(mean.Pointer, variance.Pointer, count, momentum, runningMean.Pointer, runningVariance.Pointer, channels))
            Verdict.Refuse(verdict.Pointer, float.NaN, place);
    }

    /// <inheritdoc cref="IBackend.UpdateRunningStatistics"/>
    public static void UpdateRunningStatistics(FloatBuffer mean, FloatBuffer variance, long count, float momentum, FloatBuffer runningMean, FloatBuffer runningVariance, int channels, FloatBuffer verdict)
    {
        if (Verdict.Permits(verdict.Pointer))
            Kernels.BatchNorm.UpdateRunning(mean.Pointer, variance.Pointer, count, momentum, runningMean.Pointer, runningVariance.Pointer, channels);
    }

    /// <inheritdoc cref="IBackend.BatchNormSteps"/>
    public static void BatchNormSteps(FloatBuffer x, IntBuffer lengths, FloatBuffer gamma, FloatBuffer beta, float epsilon, FloatBuffer mean, FloatBuffer variance, FloatBuffer unbiased, FloatBuffer y, int steps, int features, int batch) =>
        StepsNorm.Forward(x.Pointer, lengths.Pointer, gamma.Pointer, beta.Pointer, epsilon, mean.Pointer, variance.Pointer, unbiased.Pointer, y.Pointer, steps, features, batch);

    /// <inheritdoc cref="IBackend.BatchNormStepsBackward"/>
    public static void BatchNormStepsBackward(FloatBuffer x, IntBuffer lengths, FloatBuffer gamma, float epsilon, FloatBuffer mean, FloatBuffer variance, FloatBuffer dy, FloatBuffer dx, FloatBuffer dGamma, FloatBuffer dBeta, int steps, int features, int batch) =>
        StepsNorm.Backward(x.Pointer, lengths.Pointer, gamma.Pointer, epsilon, mean.Pointer, variance.Pointer, dy.Pointer, dx.Pointer, dGamma.Pointer, dBeta.Pointer, steps, features, batch);

    /// <inheritdoc cref="IBackend.LayerNorm"/>
    public static void LayerNorm(FloatBuffer x, FloatBuffer gamma, FloatBuffer beta, float epsilon, FloatBuffer y, FloatBuffer mean, FloatBuffer scale, long rows, int length) =>
        RowNorm.Forward(x.Pointer, gamma.Pointer, beta.Pointer, epsilon, y.Pointer, mean.Pointer, scale.Pointer, rows, length);

    /// <inheritdoc cref="IBackend.LayerNormBackward"/>
    public static void LayerNormBackward(FloatBuffer x, FloatBuffer gamma, FloatBuffer mean, FloatBuffer scale, FloatBuffer dy, FloatBuffer dx, FloatBuffer dGamma, FloatBuffer dBeta, long rows, int length) =>
        RowNorm.Backward(x.Pointer, gamma.Pointer, mean.Pointer, scale.Pointer, dy.Pointer, dx.Pointer, dGamma.Pointer, dBeta.Pointer, rows, length);

    /// <inheritdoc cref="IBackend.RmsNorm"/>
    public static void RmsNorm(FloatBuffer x, FloatBuffer gamma, float epsilon, FloatBuffer y, FloatBuffer scale, long rows, int length) =>
        RowNorm.RootMeanSquare(x.Pointer, gamma.Pointer, epsilon, y.Pointer, scale.Pointer, rows, length);

    /// <inheritdoc cref="IBackend.RmsNormBackward"/>
    public static void RmsNormBackward(FloatBuffer x, FloatBuffer gamma, FloatBuffer scale, FloatBuffer dy, FloatBuffer dx, FloatBuffer dGamma, long rows, int length) =>
        RowNorm.RootMeanSquareBackward(x.Pointer, gamma.Pointer, scale.Pointer, dy.Pointer, dx.Pointer, dGamma.Pointer, rows, length);

    /// <inheritdoc cref="IBackend.GroupNorm"/>
    public static void GroupNorm(in TensorView x, FloatBuffer gamma, FloatBuffer beta, int groups, float epsilon, Epilogue epilogue, FloatBuffer mean, FloatBuffer scale, in TensorView y, int batch)
        => Kernels.GroupNorm.Forward(in x, gamma.Pointer, beta.Pointer, groups, epsilon, epilogue, mean.Pointer, scale.Pointer, in y, batch);

    /// <inheritdoc cref="IBackend.GroupNormBackward"/>
    public static void GroupNormBackward(in TensorView x, FloatBuffer gamma, int groups, Epilogue epilogue, FloatBuffer mean, FloatBuffer scale, in TensorView y, in TensorView dy, in TensorView dx, FloatBuffer dGamma, FloatBuffer dBeta, int batch)
        => Kernels.GroupNorm.Backward(in x, gamma.Pointer, groups, epilogue, mean.Pointer, scale.Pointer, in y, in dy, in dx, dGamma.Pointer, dBeta.Pointer, batch);

    /// <inheritdoc cref="IBackend.FoldBatchNorm"/>
    public static void FoldBatchNorm(FloatBuffer gamma, FloatBuffer beta, FloatBuffer runningMean, FloatBuffer runningVariance, float epsilon, FloatBuffer bias, FloatBuffer scale, FloatBuffer shift, int channels)
        => Kernels.BatchNorm.Fold(gamma.Pointer, beta.Pointer, runningMean.Pointer, runningVariance.Pointer, epsilon, bias.Pointer, scale.Pointer, shift.Pointer, channels);

    /// <inheritdoc cref="IBackend.ScaleShift"/>
    public static void ScaleShift(in TensorView x, FloatBuffer scale, FloatBuffer shift, Epilogue epilogue, in TensorView y, int batch)
        => Kernels.BatchNorm.ScaleShift(in x, scale.Pointer, shift.Pointer, epilogue, in y, batch);

    /// <inheritdoc cref="IBackend.ScaleShiftBackward"/>
    public static void ScaleShiftBackward(FloatBuffer scale, Epilogue epilogue, in TensorView y, in TensorView dy, in TensorView dx, int batch)
        => Kernels.BatchNorm.ScaleShiftBackward(scale.Pointer, epilogue, in y, in dy, in dx, batch);
}
