using System;
using Dsl.Runtime;

namespace Dsl.Conformance;

/// <summary>
/// The reference backend with nothing that can be made of other operations: what <see cref="IStartingBackend{TSelf}"/> adds is held to the conformance suite by it.
/// </summary>
public readonly struct StartingBackend : IStartingBackend<StartingBackend>
{
    /// <inheritdoc/>
    public static bool UsesHostMemory => ReferenceBackend.UsesHostMemory;

    /// <inheritdoc/>
    public static FloatBuffer Allocate(long count) => ReferenceBackend.Allocate(count);

    /// <inheritdoc/>
    public static IntBuffer AllocateInts(long count) => ReferenceBackend.AllocateInts(count);

    /// <inheritdoc/>
    public static void Free(FloatBuffer buffer) => ReferenceBackend.Free(buffer);

    /// <inheritdoc/>
    public static void Free(IntBuffer buffer) => ReferenceBackend.Free(buffer);

    /// <inheritdoc/>
    public static void Write(ReadOnlySpan<float> values, FloatBuffer buffer) => ReferenceBackend.Write(values, buffer);

    /// <inheritdoc/>
    public static void Write(ReadOnlySpan<int> values, IntBuffer buffer) => ReferenceBackend.Write(values, buffer);

    /// <inheritdoc/>
    public static void Read(FloatBuffer buffer, Span<float> values) => ReferenceBackend.Read(buffer, values);

    /// <inheritdoc/>
    public static bool AllFinite(in TensorView x, int batch) => ReferenceBackend.AllFinite(in x, batch);

    /// <inheritdoc/>
    public static void PrepareLinear(in LinearShape shape, FloatBuffer weight, FloatBuffer scale, FloatBuffer prepared) => ReferenceBackend.PrepareLinear(in shape, weight, scale, prepared);

    /// <inheritdoc/>
    public static void PrepareLinearBackward(in LinearShape shape, FloatBuffer weight, FloatBuffer prepared) => ReferenceBackend.PrepareLinearBackward(in shape, weight, prepared);

    /// <inheritdoc/>
    public static void Linear(in LinearShape shape, FloatBuffer prepared, FloatBuffer bias, FloatBuffer x, FloatBuffer y, long rows) => ReferenceBackend.Linear(in shape, prepared, bias, x, y, rows);

    /// <inheritdoc/>
    public static void LinearBackward(in LinearShape shape, FloatBuffer preparedBackward, FloatBuffer x, FloatBuffer y, FloatBuffer dy, FloatBuffer dx, FloatBuffer dWeight, FloatBuffer dBias, long rows) => ReferenceBackend.LinearBackward(in shape, preparedBackward, x, y, dy, dx, dWeight, dBias, rows);

    /// <inheritdoc/>
    public static void PrepareConv2d(in Conv2dShape shape, FloatBuffer weight, FloatBuffer scale, FloatBuffer prepared) => ReferenceBackend.PrepareConv2d(in shape, weight, scale, prepared);

    /// <inheritdoc/>
    public static void PrepareConv2dBackward(in Conv2dShape shape, FloatBuffer weight, FloatBuffer prepared) => ReferenceBackend.PrepareConv2dBackward(in shape, weight, prepared);

    /// <inheritdoc/>
    public static void Conv2d(in Conv2dShape shape, FloatBuffer prepared, FloatBuffer bias, in TensorView x, in TensorView y, FloatBuffer indices, int batch) => ReferenceBackend.Conv2d(in shape, prepared, bias, in x, in y, indices, batch);

    /// <inheritdoc/>
    public static void Conv2dBackward(in Conv2dShape shape, FloatBuffer preparedBackward, in TensorView x, in TensorView y, FloatBuffer indices, in TensorView dy, in TensorView dx, FloatBuffer dWeight, FloatBuffer dBias, int batch) => ReferenceBackend.Conv2dBackward(in shape, preparedBackward, in x, in y, indices, in dy, in dx, dWeight, dBias, batch);

    /// <inheritdoc/>
    public static void PrepareDepthwiseConv2d(in Conv2dShape shape, FloatBuffer weight, FloatBuffer scale, FloatBuffer prepared) => ReferenceBackend.PrepareDepthwiseConv2d(in shape, weight, scale, prepared);

    /// <inheritdoc/>
    public static void DepthwiseConv2d(in Conv2dShape shape, FloatBuffer prepared, FloatBuffer bias, in TensorView x, in TensorView y, int batch) => ReferenceBackend.DepthwiseConv2d(in shape, prepared, bias, in x, in y, batch);

    /// <inheritdoc/>
    public static void DepthwiseConv2dBackward(in Conv2dShape shape, FloatBuffer prepared, in TensorView x, in TensorView y, in TensorView dy, in TensorView dx, FloatBuffer dWeight, FloatBuffer dBias, int batch) => ReferenceBackend.DepthwiseConv2dBackward(in shape, prepared, in x, in y, in dy, in dx, dWeight, dBias, batch);

    /// <inheritdoc/>
    public static void MaxPool2d(in PoolShape shape, in TensorView x, in TensorView y, FloatBuffer indices, int batch) => ReferenceBackend.MaxPool2d(in shape, in x, in y, indices, batch);

    /// <inheritdoc/>
    public static void MaxPool2dBackward(in PoolShape shape, FloatBuffer indices, in TensorView dy, in TensorView dx, int batch) => ReferenceBackend.MaxPool2dBackward(in shape, indices, in dy, in dx, batch);

    /// <inheritdoc/>
    public static void AdaptiveAvgPool2d(in TensorView x, in TensorView y, int batch) => ReferenceBackend.AdaptiveAvgPool2d(in x, in y, batch);

    /// <inheritdoc/>
    public static void AdaptiveAvgPool2dBackward(in TensorView dy, in TensorView dx, int batch) => ReferenceBackend.AdaptiveAvgPool2dBackward(in dy, in dx, batch);

    /// <inheritdoc/>
    public static void BatchNorm(in TensorView x, FloatBuffer gamma, FloatBuffer beta, float epsilon, Epilogue epilogue, FloatBuffer mean, FloatBuffer variance, in TensorView y, int batch) => ReferenceBackend.BatchNorm(in x, gamma, beta, epsilon, epilogue, mean, variance, in y, batch);

    /// <inheritdoc/>
    public static void BatchNormBackward(in TensorView x, FloatBuffer gamma, float epsilon, Epilogue epilogue, FloatBuffer mean, FloatBuffer variance, in TensorView y, in TensorView dy, in TensorView dx, FloatBuffer dGamma, FloatBuffer dBeta, int batch) => ReferenceBackend.BatchNormBackward(in x, gamma, epsilon, epilogue, mean, variance, in y, in dy, in dx, dGamma, dBeta, batch);

    /// <inheritdoc/>
    public static void UpdateRunningStatistics(FloatBuffer mean, FloatBuffer variance, long count, float momentum, FloatBuffer runningMean, FloatBuffer runningVariance, int channels, FloatBuffer verdict) => ReferenceBackend.UpdateRunningStatistics(mean, variance, count, momentum, runningMean, runningVariance, channels, verdict);

    /// <inheritdoc/>
    public static void Unary(Epilogue function, in TensorView x, in TensorView y, int batch) => ReferenceBackend.Unary(function, in x, in y, batch);

    /// <inheritdoc/>
    public static void UnaryBackward(Epilogue function, in TensorView x, in TensorView y, in TensorView dy, in TensorView dx, int batch) => ReferenceBackend.UnaryBackward(function, in x, in y, in dy, in dx, batch);

    /// <inheritdoc/>
    public static void Multiply(in TensorView a, in TensorView b, in TensorView y, int batch) => ReferenceBackend.Multiply(in a, in b, in y, batch);

    /// <inheritdoc/>
    public static void Accumulate(in TensorView x, in TensorView y, int batch) => ReferenceBackend.Accumulate(in x, in y, batch);

    /// <inheritdoc/>
    public static void Permute(in Permutation permutation, FloatBuffer x, FloatBuffer y, int batch) => ReferenceBackend.Permute(in permutation, x, y, batch);

    /// <inheritdoc/>
    public static void Softmax(FloatBuffer x, FloatBuffer y, long rows, int length) => ReferenceBackend.Softmax(x, y, rows, length);

    /// <inheritdoc/>
    public static void SoftmaxBackward(FloatBuffer y, FloatBuffer dy, FloatBuffer dx, long rows, int length) => ReferenceBackend.SoftmaxBackward(y, dy, dx, rows, length);

    /// <inheritdoc/>
    public static void LogSoftmax(FloatBuffer x, FloatBuffer y, long rows, int length) => ReferenceBackend.LogSoftmax(x, y, rows, length);

    /// <inheritdoc/>
    public static void LogSoftmaxBackward(FloatBuffer y, FloatBuffer dy, FloatBuffer dx, long rows, int length) => ReferenceBackend.LogSoftmaxBackward(y, dy, dx, rows, length);

    /// <inheritdoc/>
    public static void Dropout(in DropoutKey key, float probability, in TensorView x, in TensorView y, int batch) => ReferenceBackend.Dropout(in key, probability, in x, in y, batch);

    /// <inheritdoc/>
    public static void CrossEntropy(FloatBuffer logits, IntBuffer labels, FloatBuffer dx, FloatBuffer loss, long rows, int classes, float smoothing, int ignore) => ReferenceBackend.CrossEntropy(logits, labels, dx, loss, rows, classes, smoothing, ignore);

    /// <inheritdoc/>
    public static void Hinge(FloatBuffer scores, IntBuffer labels, FloatBuffer dx, FloatBuffer loss, long rows) => ReferenceBackend.Hinge(scores, labels, dx, loss, rows);

    /// <inheritdoc/>
    public static void ElementLoss(ElementLoss kind, float delta, FloatBuffer x, FloatBuffer target, FloatBuffer dx, FloatBuffer loss, long count) => ReferenceBackend.ElementLoss(kind, delta, x, target, dx, loss, count);

    /// <inheritdoc/>
    public static void KLDivergence(FloatBuffer x, FloatBuffer target, FloatBuffer dx, FloatBuffer loss, long rows, int length) => ReferenceBackend.KLDivergence(x, target, dx, loss, rows, length);

    /// <inheritdoc/>
    public static void CountCorrect(FloatBuffer scores, IntBuffer labels, FloatBuffer correct, long rows, int columns, int ignore) => ReferenceBackend.CountCorrect(scores, labels, correct, rows, columns, ignore);

    /// <inheritdoc/>
    public static void CountTargetsMet(FloatBuffer logits, FloatBuffer targets, FloatBuffer correct, long count) => ReferenceBackend.CountTargetsMet(logits, targets, correct, count);

    /// <inheritdoc/>
    public static void CheckGradients(FloatBuffer gradients, long count, FloatBuffer loss, FloatBuffer verdict, long step) => ReferenceBackend.CheckGradients(gradients, count, loss, verdict, step);

    /// <inheritdoc/>
    public static void CheckRunningStatistics(FloatBuffer mean, FloatBuffer variance, long count, float momentum, FloatBuffer runningMean, FloatBuffer runningVariance, int channels, long place, FloatBuffer verdict) => ReferenceBackend.CheckRunningStatistics(mean, variance, count, momentum, runningMean, runningVariance, channels, place, verdict);

    /// <inheritdoc/>
    public static void GradientNorm(FloatBuffer gradients, long count, FloatBuffer norm) => ReferenceBackend.GradientNorm(gradients, count, norm);

    /// <inheritdoc/>
    public static void Sgd(FloatBuffer parameters, FloatBuffer gradients, FloatBuffer velocity, long count, float rate, float momentum, bool nesterov, in Regularization regularization, FloatBuffer norm, FloatBuffer verdict, long step) => ReferenceBackend.Sgd(parameters, gradients, velocity, count, rate, momentum, nesterov, in regularization, norm, verdict, step);

    /// <inheritdoc/>
    public static void Adam(FloatBuffer parameters, FloatBuffer gradients, FloatBuffer mean, FloatBuffer variance, long count, float rate, float beta1, float beta2, float epsilon, bool decoupled, in Regularization regularization, FloatBuffer norm, FloatBuffer verdict, long step) => ReferenceBackend.Adam(parameters, gradients, mean, variance, count, rate, beta1, beta2, epsilon, decoupled, in regularization, norm, verdict, step);

    /// <inheritdoc/>
    public static void RmsProp(FloatBuffer parameters, FloatBuffer gradients, FloatBuffer square, FloatBuffer velocity, long count, float rate, float alpha, float epsilon, float momentum, in Regularization regularization, FloatBuffer norm, FloatBuffer verdict, long step) => ReferenceBackend.RmsProp(parameters, gradients, square, velocity, count, rate, alpha, epsilon, momentum, in regularization, norm, verdict, step);

    /// <inheritdoc/>
    public static void Adagrad(FloatBuffer parameters, FloatBuffer gradients, FloatBuffer sum, long count, float rate, float epsilon, in Regularization regularization, FloatBuffer norm, FloatBuffer verdict, long step) => ReferenceBackend.Adagrad(parameters, gradients, sum, count, rate, epsilon, in regularization, norm, verdict, step);
}
