using System;
using System.Threading;
using Dsl.Runtime;

namespace ModelTests.Behaviour;

/// <summary>The SIMD backend, with every allocation and release of native memory counted. For tests that run alone.</summary>
public readonly struct CountingBackend : IBackend
{
    private static long live;
    private static long allocations;

    /// <summary>Buffers that were allocated and not freed.</summary>
    public static long Live => Interlocked.Read(ref live);

    /// <summary>Allocations so far.</summary>
    public static long Allocations => Interlocked.Read(ref allocations);

    /// <summary>Allocations until one fails, once; null: none does.</summary>
    public static int? RoomFor { get; set; }

    public static bool UsesHostMemory => true;

    public static FloatBuffer Allocate(long count)
    {
        ThrowIfFull();
        Interlocked.Increment(ref live);
        Interlocked.Increment(ref allocations);
        return CpuBackend.Allocate(count);
    }

    public static IntBuffer AllocateInts(long count)
    {
        ThrowIfFull();
        Interlocked.Increment(ref live);
        Interlocked.Increment(ref allocations);
        return CpuBackend.AllocateInts(count);
    }

    public static void Free(FloatBuffer buffer)
    {
        Interlocked.Decrement(ref live);
        CpuBackend.Free(buffer);
    }

    public static void Free(IntBuffer buffer)
    {
        Interlocked.Decrement(ref live);
        CpuBackend.Free(buffer);
    }

    public static void Write(ReadOnlySpan<float> values, FloatBuffer buffer) => CpuBackend.Write(values, buffer);

    public static void Write(ReadOnlySpan<int> values, IntBuffer buffer) => CpuBackend.Write(values, buffer);

    public static void Read(FloatBuffer buffer, Span<float> values) => CpuBackend.Read(buffer, values);

    public static bool AllFinite(in TensorView x, int batch) => CpuBackend.AllFinite(in x, batch);

    public static void PrepareLinear(in LinearShape shape, FloatBuffer weight, FloatBuffer scale, FloatBuffer prepared) => CpuBackend.PrepareLinear(in shape, weight, scale, prepared);

    public static void PrepareLinearBackward(in LinearShape shape, FloatBuffer weight, FloatBuffer prepared) => CpuBackend.PrepareLinearBackward(in shape, weight, prepared);

    public static void Linear(in LinearShape shape, FloatBuffer prepared, FloatBuffer bias, FloatBuffer x, FloatBuffer y, long rows) => CpuBackend.Linear(in shape, prepared, bias, x, y, rows);

    public static void LinearBackward(in LinearShape shape, FloatBuffer preparedBackward, FloatBuffer x, FloatBuffer y, FloatBuffer dy, FloatBuffer dx, FloatBuffer dWeight, FloatBuffer dBias, long rows) => CpuBackend.LinearBackward(in shape, preparedBackward, x, y, dy, dx, dWeight, dBias, rows);

    public static void PrepareConv2d(in Conv2dShape shape, FloatBuffer weight, FloatBuffer scale, FloatBuffer prepared) => CpuBackend.PrepareConv2d(in shape, weight, scale, prepared);

    public static void PrepareConv2dBackward(in Conv2dShape shape, FloatBuffer weight, FloatBuffer prepared) => CpuBackend.PrepareConv2dBackward(in shape, weight, prepared);

    public static void Conv2d(in Conv2dShape shape, FloatBuffer prepared, FloatBuffer bias, in TensorView x, in TensorView y, FloatBuffer indices, int batch) => CpuBackend.Conv2d(in shape, prepared, bias, in x, in y, indices, batch);

    public static void Conv2dBackward(in Conv2dShape shape, FloatBuffer preparedBackward, in TensorView x, in TensorView y, FloatBuffer indices, in TensorView dy, in TensorView dx, FloatBuffer dWeight, FloatBuffer dBias, int batch) => CpuBackend.Conv2dBackward(in shape, preparedBackward, in x, in y, indices, in dy, in dx, dWeight, dBias, batch);

    public static void PrepareDepthwiseConv2d(in Conv2dShape shape, FloatBuffer weight, FloatBuffer scale, FloatBuffer prepared) => CpuBackend.PrepareDepthwiseConv2d(in shape, weight, scale, prepared);

    public static void DepthwiseConv2d(in Conv2dShape shape, FloatBuffer prepared, FloatBuffer bias, in TensorView x, in TensorView y, int batch) => CpuBackend.DepthwiseConv2d(in shape, prepared, bias, in x, in y, batch);

    public static void DepthwiseConv2dBackward(in Conv2dShape shape, FloatBuffer prepared, in TensorView x, in TensorView y, in TensorView dy, in TensorView dx, FloatBuffer dWeight, FloatBuffer dBias, int batch) => CpuBackend.DepthwiseConv2dBackward(in shape, prepared, in x, in y, in dy, in dx, dWeight, dBias, batch);

    public static void MaxPool2d(in PoolShape shape, in TensorView x, in TensorView y, FloatBuffer indices, int batch) => CpuBackend.MaxPool2d(in shape, in x, in y, indices, batch);

    public static void MaxPool2dBackward(in PoolShape shape, FloatBuffer indices, in TensorView dy, in TensorView dx, int batch) => CpuBackend.MaxPool2dBackward(in shape, indices, in dy, in dx, batch);

    public static void AvgPool2d(in PoolShape shape, in TensorView x, in TensorView y, int batch) => CpuBackend.AvgPool2d(in shape, in x, in y, batch);

    public static void AvgPool2dBackward(in PoolShape shape, in TensorView dy, in TensorView dx, int batch) => CpuBackend.AvgPool2dBackward(in shape, in dy, in dx, batch);

    public static void AdaptiveAvgPool2d(in TensorView x, in TensorView y, int batch) => CpuBackend.AdaptiveAvgPool2d(in x, in y, batch);

    public static void AdaptiveAvgPool2dBackward(in TensorView dy, in TensorView dx, int batch) => CpuBackend.AdaptiveAvgPool2dBackward(in dy, in dx, batch);

    public static void BatchNorm(in TensorView x, FloatBuffer gamma, FloatBuffer beta, float epsilon, Epilogue epilogue, FloatBuffer mean, FloatBuffer variance, in TensorView y, int batch) => CpuBackend.BatchNorm(in x, gamma, beta, epsilon, epilogue, mean, variance, in y, batch);

    public static void BatchNormBackward(in TensorView x, FloatBuffer gamma, float epsilon, Epilogue epilogue, FloatBuffer mean, FloatBuffer variance, in TensorView y, in TensorView dy, in TensorView dx, FloatBuffer dGamma, FloatBuffer dBeta, int batch) => CpuBackend.BatchNormBackward(in x, gamma, epsilon, epilogue, mean, variance, in y, in dy, in dx, dGamma, dBeta, batch);

    public static void CheckRunningStatistics(FloatBuffer mean, FloatBuffer variance, long count, float momentum, FloatBuffer runningMean, FloatBuffer runningVariance, int channels, long place, FloatBuffer verdict) => CpuBackend.CheckRunningStatistics(mean, variance, count, momentum, runningMean, runningVariance, channels, place, verdict);

    public static void UpdateRunningStatistics(FloatBuffer mean, FloatBuffer variance, long count, float momentum, FloatBuffer runningMean, FloatBuffer runningVariance, int channels, FloatBuffer verdict) => CpuBackend.UpdateRunningStatistics(mean, variance, count, momentum, runningMean, runningVariance, channels, verdict);

    public static void FoldBatchNorm(FloatBuffer gamma, FloatBuffer beta, FloatBuffer runningMean, FloatBuffer runningVariance, float epsilon, FloatBuffer bias, FloatBuffer scale, FloatBuffer shift, int channels) => CpuBackend.FoldBatchNorm(gamma, beta, runningMean, runningVariance, epsilon, bias, scale, shift, channels);

    public static void ScaleShift(in TensorView x, FloatBuffer scale, FloatBuffer shift, Epilogue epilogue, in TensorView y, int batch) => CpuBackend.ScaleShift(in x, scale, shift, epilogue, in y, batch);

    public static void ScaleShiftBackward(FloatBuffer scale, Epilogue epilogue, in TensorView y, in TensorView dy, in TensorView dx, int batch) => CpuBackend.ScaleShiftBackward(scale, epilogue, in y, in dy, in dx, batch);

    public static void Unary(Epilogue function, in TensorView x, in TensorView y, int batch) => CpuBackend.Unary(function, in x, in y, batch);

    public static void UnaryBackward(Epilogue function, in TensorView x, in TensorView y, in TensorView dy, in TensorView dx, int batch) => CpuBackend.UnaryBackward(function, in x, in y, in dy, in dx, batch);

    public static void Add(in TensorView a, in TensorView b, in TensorView y, int batch) => CpuBackend.Add(in a, in b, in y, batch);

    public static void Multiply(in TensorView a, in TensorView b, in TensorView y, int batch) => CpuBackend.Multiply(in a, in b, in y, batch);

    public static void Accumulate(in TensorView x, in TensorView y, int batch) => CpuBackend.Accumulate(in x, in y, batch);

    public static void Copy(in TensorView x, in TensorView y, int batch) => CpuBackend.Copy(in x, in y, batch);

    public static void ToChannelsLast(FloatBuffer x, in TensorView y, int batch) => CpuBackend.ToChannelsLast(x, in y, batch);

    public static void ToChannelsFirst(in TensorView x, FloatBuffer y, int batch) => CpuBackend.ToChannelsFirst(in x, y, batch);

    public static void CopyBlocks(FloatBuffer x, long xSampleStride, long xStride, FloatBuffer y, long ySampleStride, long yStride, int blocks, int length, int batch) => CpuBackend.CopyBlocks(x, xSampleStride, xStride, y, ySampleStride, yStride, blocks, length, batch);

    public static void Permute(in Permutation permutation, FloatBuffer x, FloatBuffer y, int batch) => CpuBackend.Permute(in permutation, x, y, batch);

    public static void Upsample2d(int scale, in TensorView x, in TensorView y, int batch) => CpuBackend.Upsample2d(scale, in x, in y, batch);

    public static void Upsample2dBackward(int scale, in TensorView dy, in TensorView dx, int batch) => CpuBackend.Upsample2dBackward(scale, in dy, in dx, batch);

    public static void ZeroPad2d(int padding, in TensorView x, in TensorView y, int batch) => CpuBackend.ZeroPad2d(padding, in x, in y, batch);

    public static void ZeroPad2dBackward(int padding, in TensorView dy, in TensorView dx, int batch) => CpuBackend.ZeroPad2dBackward(padding, in dy, in dx, batch);

    public static void Softmax(FloatBuffer x, FloatBuffer y, long rows, int length) => CpuBackend.Softmax(x, y, rows, length);

    public static void SoftmaxBackward(FloatBuffer y, FloatBuffer dy, FloatBuffer dx, long rows, int length) => CpuBackend.SoftmaxBackward(y, dy, dx, rows, length);

    public static void LogSoftmax(FloatBuffer x, FloatBuffer y, long rows, int length) => CpuBackend.LogSoftmax(x, y, rows, length);

    public static void LogSoftmaxBackward(FloatBuffer y, FloatBuffer dy, FloatBuffer dx, long rows, int length) => CpuBackend.LogSoftmaxBackward(y, dy, dx, rows, length);

    public static void Dropout(in DropoutKey key, float probability, in TensorView x, in TensorView y, int batch) => CpuBackend.Dropout(in key, probability, in x, in y, batch);

    public static void CrossEntropy(FloatBuffer logits, IntBuffer labels, FloatBuffer dx, FloatBuffer loss, long rows, int classes, float smoothing, int ignore) => CpuBackend.CrossEntropy(logits, labels, dx, loss, rows, classes, smoothing, ignore);

    public static void Hinge(FloatBuffer scores, IntBuffer labels, FloatBuffer dx, FloatBuffer loss, long rows) => CpuBackend.Hinge(scores, labels, dx, loss, rows);

    public static void ElementLoss(ElementLoss kind, float delta, FloatBuffer x, FloatBuffer target, FloatBuffer dx, FloatBuffer loss, long count) => CpuBackend.ElementLoss(kind, delta, x, target, dx, loss, count);

    public static void KLDivergence(FloatBuffer x, FloatBuffer target, FloatBuffer dx, FloatBuffer loss, long rows, int length) => CpuBackend.KLDivergence(x, target, dx, loss, rows, length);

    public static void CountTargetsMet(FloatBuffer logits, FloatBuffer targets, FloatBuffer correct, long count) => CpuBackend.CountTargetsMet(logits, targets, correct, count);

    public static void CountCorrect(FloatBuffer scores, IntBuffer labels, FloatBuffer correct, long rows, int columns, int ignore) => CpuBackend.CountCorrect(scores, labels, correct, rows, columns, ignore);

    public static void CheckGradients(FloatBuffer gradients, long count, FloatBuffer loss, FloatBuffer verdict, long step) => CpuBackend.CheckGradients(gradients, count, loss, verdict, step);

    public static void GradientNorm(FloatBuffer gradients, long count, FloatBuffer norm) => CpuBackend.GradientNorm(gradients, count, norm);

    public static void Sgd(FloatBuffer parameters, FloatBuffer gradients, FloatBuffer velocity, long count, float rate, float momentum, bool nesterov, in Regularization regularization, FloatBuffer norm, FloatBuffer verdict, long step) => CpuBackend.Sgd(parameters, gradients, velocity, count, rate, momentum, nesterov, in regularization, norm, verdict, step);

    public static void Adam(FloatBuffer parameters, FloatBuffer gradients, FloatBuffer mean, FloatBuffer variance, long count, float rate, float beta1, float beta2, float epsilon, bool decoupled, in Regularization regularization, FloatBuffer norm, FloatBuffer verdict, long step) => CpuBackend.Adam(parameters, gradients, mean, variance, count, rate, beta1, beta2, epsilon, decoupled, in regularization, norm, verdict, step);

    public static void RmsProp(FloatBuffer parameters, FloatBuffer gradients, FloatBuffer square, FloatBuffer velocity, long count, float rate, float alpha, float epsilon, float momentum, in Regularization regularization, FloatBuffer norm, FloatBuffer verdict, long step) => CpuBackend.RmsProp(parameters, gradients, square, velocity, count, rate, alpha, epsilon, momentum, in regularization, norm, verdict, step);

    public static void Adagrad(FloatBuffer parameters, FloatBuffer gradients, FloatBuffer sum, long count, float rate, float epsilon, in Regularization regularization, FloatBuffer norm, FloatBuffer verdict, long step) => CpuBackend.Adagrad(parameters, gradients, sum, count, rate, epsilon, in regularization, norm, verdict, step);

    private static void ThrowIfFull()
    {
        if (RoomFor is not { } room)
            return;
        RoomFor = room == 0 ? null : room - 1;
        if (room == 0)
            throw new InsufficientMemoryException("No room.");
    }
}
