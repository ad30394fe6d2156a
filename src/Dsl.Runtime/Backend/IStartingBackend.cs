using System;

namespace Dsl.Runtime;

/// <summary>
/// A backend that starts small and grows. It must have its memory; of the operations it has those that it wants to run, best the ones that networks spend
/// their time in. The rest is made of others where <see cref="IComposingBackend{TSelf}"/> can, and refused here with an error that names it where nothing simpler does it.
/// </summary>
/// <typeparam name="TSelf">The backend itself.</typeparam>
public interface IStartingBackend<TSelf> : IComposingBackend<TSelf>
    where TSelf : struct, IStartingBackend<TSelf>
{
    static void IBackend.PrepareLinear(in LinearShape shape, FloatBuffer weight, FloatBuffer scale, FloatBuffer prepared) => throw Missing(nameof(IBackend.PrepareLinear));

    static void IBackend.PrepareLinearBackward(in LinearShape shape, FloatBuffer weight, FloatBuffer prepared) => throw Missing(nameof(IBackend.PrepareLinearBackward));

    static void IBackend.Linear(in LinearShape shape, FloatBuffer prepared, FloatBuffer bias, FloatBuffer x, FloatBuffer y, long rows) => throw Missing(nameof(IBackend.Linear));

    static void IBackend.LinearBackward(in LinearShape shape, FloatBuffer preparedBackward, FloatBuffer x, FloatBuffer y, FloatBuffer dy, FloatBuffer dx, FloatBuffer dWeight, FloatBuffer dBias, long rows) => throw Missing(nameof(IBackend.LinearBackward));

    static void IBackend.PrepareConv2d(in Conv2dShape shape, FloatBuffer weight, FloatBuffer scale, FloatBuffer prepared) => throw Missing(nameof(IBackend.PrepareConv2d));

    static void IBackend.PrepareConv2dBackward(in Conv2dShape shape, FloatBuffer weight, FloatBuffer prepared) => throw Missing(nameof(IBackend.PrepareConv2dBackward));

    static void IBackend.Conv2d(in Conv2dShape shape, FloatBuffer prepared, FloatBuffer bias, in TensorView x, in TensorView y, FloatBuffer indices, int batch) => throw Missing(nameof(IBackend.Conv2d));

    static void IBackend.Conv2dBackward(in Conv2dShape shape, FloatBuffer preparedBackward, in TensorView x, in TensorView y, FloatBuffer indices, in TensorView dy, in TensorView dx, FloatBuffer dWeight, FloatBuffer dBias, int batch) => throw Missing(nameof(IBackend.Conv2dBackward));

    static void IBackend.PrepareDepthwiseConv2d(in Conv2dShape shape, FloatBuffer weight, FloatBuffer scale, FloatBuffer prepared) => throw Missing(nameof(IBackend.PrepareDepthwiseConv2d));

    static void IBackend.DepthwiseConv2d(in Conv2dShape shape, FloatBuffer prepared, FloatBuffer bias, in TensorView x, in TensorView y, int batch) => throw Missing(nameof(IBackend.DepthwiseConv2d));

    static void IBackend.DepthwiseConv2dBackward(in Conv2dShape shape, FloatBuffer prepared, in TensorView x, in TensorView y, in TensorView dy, in TensorView dx, FloatBuffer dWeight, FloatBuffer dBias, int batch) => throw Missing(nameof(IBackend.DepthwiseConv2dBackward));

    static void IBackend.MaxPool2d(in PoolShape shape, in TensorView x, in TensorView y, FloatBuffer indices, int batch) => throw Missing(nameof(IBackend.MaxPool2d));

    static void IBackend.MaxPool2dBackward(in PoolShape shape, FloatBuffer indices, in TensorView dy, in TensorView dx, int batch) => throw Missing(nameof(IBackend.MaxPool2dBackward));

    static void IBackend.AdaptiveAvgPool2d(in TensorView x, in TensorView y, int batch) => throw Missing(nameof(IBackend.AdaptiveAvgPool2d));

    static void IBackend.AdaptiveAvgPool2dBackward(in TensorView dy, in TensorView dx, int batch) => throw Missing(nameof(IBackend.AdaptiveAvgPool2dBackward));

    static void IBackend.BatchNorm(in TensorView x, FloatBuffer gamma, FloatBuffer beta, float epsilon, Epilogue epilogue, FloatBuffer mean, FloatBuffer variance, in TensorView y, int batch) => throw Missing(nameof(IBackend.BatchNorm));

    static void IBackend.BatchNormBackward(in TensorView x, FloatBuffer gamma, FloatBuffer beta, float epsilon, Epilogue epilogue, FloatBuffer mean, FloatBuffer variance, in TensorView y, in TensorView dy, in TensorView dx, FloatBuffer dGamma, FloatBuffer dBeta, int batch) => throw Missing(nameof(IBackend.BatchNormBackward));

    static void IBackend.UpdateRunningStatistics(FloatBuffer mean, FloatBuffer variance, long count, float momentum, FloatBuffer runningMean, FloatBuffer runningVariance, int channels, FloatBuffer verdict) => throw Missing(nameof(IBackend.UpdateRunningStatistics));

    static void IBackend.Unary(Epilogue function, in TensorView x, in TensorView y, int batch) => throw Missing(nameof(IBackend.Unary));

    static void IBackend.UnaryBackward(Epilogue function, in TensorView x, in TensorView y, in TensorView dy, in TensorView dx, int batch) => throw Missing(nameof(IBackend.UnaryBackward));

    static void IBackend.Multiply(in TensorView a, in TensorView b, in TensorView y, int batch) => throw Missing(nameof(IBackend.Multiply));

    static void IBackend.Accumulate(in TensorView x, in TensorView y, int batch) => throw Missing(nameof(IBackend.Accumulate));

    static void IBackend.Permute(in Permutation permutation, FloatBuffer x, FloatBuffer y, int batch) => throw Missing(nameof(IBackend.Permute));

    static void IBackend.Softmax(FloatBuffer x, FloatBuffer y, long rows, int length) => throw Missing(nameof(IBackend.Softmax));

    static void IBackend.SoftmaxBackward(FloatBuffer y, FloatBuffer dy, FloatBuffer dx, long rows, int length) => throw Missing(nameof(IBackend.SoftmaxBackward));

    static void IBackend.LogSoftmax(FloatBuffer x, FloatBuffer y, long rows, int length) => throw Missing(nameof(IBackend.LogSoftmax));

    static void IBackend.LogSoftmaxBackward(FloatBuffer y, FloatBuffer dy, FloatBuffer dx, long rows, int length) => throw Missing(nameof(IBackend.LogSoftmaxBackward));

    static void IBackend.GaussianSample(in DropoutKey key, FloatBuffer x, FloatBuffer y, int features, int batch) => throw Missing(nameof(IBackend.GaussianSample));

    static void IBackend.GaussianSampleBackward(in DropoutKey key, FloatBuffer x, FloatBuffer dy, float weight, FloatBuffer dx, int features, int batch) => throw Missing(nameof(IBackend.GaussianSampleBackward));

    static void IBackend.AddGaussianDivergence(FloatBuffer x, float weight, FloatBuffer loss, int features, int batch) => throw Missing(nameof(IBackend.AddGaussianDivergence));

    static void IBackend.Dropout(in DropoutKey key, float probability, in TensorView x, in TensorView y, int batch) => throw Missing(nameof(IBackend.Dropout));

    static void IBackend.CrossEntropy(FloatBuffer logits, IntBuffer labels, FloatBuffer dx, FloatBuffer loss, long rows, int classes, float smoothing, int ignore) => throw Missing(nameof(IBackend.CrossEntropy));

    static void IBackend.Hinge(FloatBuffer scores, IntBuffer labels, FloatBuffer dx, FloatBuffer loss, long rows) => throw Missing(nameof(IBackend.Hinge));

    static void IBackend.ElementLoss(ElementLoss kind, float delta, FloatBuffer x, FloatBuffer target, FloatBuffer dx, FloatBuffer loss, long count) => throw Missing(nameof(IBackend.ElementLoss));

    static void IBackend.KLDivergence(FloatBuffer x, FloatBuffer target, FloatBuffer dx, FloatBuffer loss, long rows, int length) => throw Missing(nameof(IBackend.KLDivergence));

    static void IBackend.CountCorrect(FloatBuffer scores, IntBuffer labels, FloatBuffer correct, long rows, int columns, int ignore) => throw Missing(nameof(IBackend.CountCorrect));

    static void IBackend.CountTargetsMet(FloatBuffer logits, FloatBuffer targets, FloatBuffer correct, long count) => throw Missing(nameof(IBackend.CountTargetsMet));

    static void IBackend.ElementLossOfSteps(ElementLoss kind, float delta, FloatBuffer x, FloatBuffer target, IntBuffer lengths, FloatBuffer dx, FloatBuffer loss, int steps, int features, int batch) => throw Missing(nameof(IBackend.ElementLossOfSteps));

    static void IBackend.KLDivergenceOfSteps(FloatBuffer x, FloatBuffer target, IntBuffer lengths, FloatBuffer dx, FloatBuffer loss, int steps, int features, int batch) => throw Missing(nameof(IBackend.KLDivergenceOfSteps));

    static void IBackend.CountTargetsMetOfSteps(FloatBuffer logits, FloatBuffer targets, IntBuffer lengths, FloatBuffer correct, int steps, int features, int batch) => throw Missing(nameof(IBackend.CountTargetsMetOfSteps));

    static void IBackend.CheckGradients(FloatBuffer gradients, long count, FloatBuffer loss, FloatBuffer verdict, long step) => throw Missing(nameof(IBackend.CheckGradients));

    static void IBackend.CheckRunningStatistics(FloatBuffer mean, FloatBuffer variance, long count, float momentum, FloatBuffer runningMean, FloatBuffer runningVariance, int channels, long place, FloatBuffer verdict) => throw Missing(nameof(IBackend.CheckRunningStatistics));

    static void IBackend.GradientNorm(FloatBuffer gradients, long count, FloatBuffer norm) => throw Missing(nameof(IBackend.GradientNorm));

    static void IBackend.Sgd(FloatBuffer parameters, FloatBuffer gradients, FloatBuffer velocity, long count, float rate, float momentum, bool nesterov, in Regularization regularization, FloatBuffer norm, FloatBuffer verdict, long step) => throw Missing(nameof(IBackend.Sgd));

    static void IBackend.Adam(FloatBuffer parameters, FloatBuffer gradients, FloatBuffer mean, FloatBuffer variance, long count, float rate, float beta1, float beta2, float epsilon, bool decoupled, in Regularization regularization, FloatBuffer norm, FloatBuffer verdict, long step) => throw Missing(nameof(IBackend.Adam));

    static void IBackend.RmsProp(FloatBuffer parameters, FloatBuffer gradients, FloatBuffer square, FloatBuffer velocity, long count, float rate, float alpha, float epsilon, float momentum, in Regularization regularization, FloatBuffer norm, FloatBuffer verdict, long step) => throw Missing(nameof(IBackend.RmsProp));

    static void IBackend.Adagrad(FloatBuffer parameters, FloatBuffer gradients, FloatBuffer sum, long count, float rate, float epsilon, in Regularization regularization, FloatBuffer norm, FloatBuffer verdict, long step) => throw Missing(nameof(IBackend.Adagrad));

    static void IBackend.SequenceLengths(IntBuffer ids, int padding, IntBuffer lengths, int steps, int batch) => throw Missing(nameof(IBackend.SequenceLengths));

    static void IBackend.Embedding(FloatBuffer weight, IntBuffer ids, FloatBuffer y, long count, int features) => throw Missing(nameof(IBackend.Embedding));

    static void IBackend.EmbeddingBackward(IntBuffer ids, FloatBuffer dy, FloatBuffer dWeight, long count, int vocabulary, int features, int padding) => throw Missing(nameof(IBackend.EmbeddingBackward));

    static void IBackend.LastStep(FloatBuffer x, IntBuffer lengths, FloatBuffer y, int steps, int features, int forward, int batch) => throw Missing(nameof(IBackend.LastStep));

    static void IBackend.LastStepBackward(IntBuffer lengths, FloatBuffer dy, FloatBuffer dx, int steps, int features, int forward, int batch) => throw Missing(nameof(IBackend.LastStepBackward));

    static void IBackend.LayerNorm(FloatBuffer x, FloatBuffer gamma, FloatBuffer beta, float epsilon, FloatBuffer y, FloatBuffer mean, FloatBuffer scale, long rows, int length) => throw Missing(nameof(IBackend.LayerNorm));

    static void IBackend.LayerNormBackward(FloatBuffer x, FloatBuffer gamma, FloatBuffer mean, FloatBuffer scale, FloatBuffer dy, FloatBuffer dx, FloatBuffer dGamma, FloatBuffer dBeta, long rows, int length) => throw Missing(nameof(IBackend.LayerNormBackward));

    static void IBackend.PrepareRecurrent(in RecurrentShape shape, FloatBuffer weightInput, FloatBuffer weightHidden, FloatBuffer biasInput, FloatBuffer biasHidden, FloatBuffer prepared) => throw Missing(nameof(IBackend.PrepareRecurrent));

    static void IBackend.PrepareRecurrentBackward(in RecurrentShape shape, FloatBuffer weightInput, FloatBuffer weightHidden, FloatBuffer prepared) => throw Missing(nameof(IBackend.PrepareRecurrentBackward));

    static void IBackend.Recurrent(in RecurrentShape shape, FloatBuffer prepared, FloatBuffer x, IntBuffer lengths, FloatBuffer initial, FloatBuffer y, FloatBuffer final, FloatBuffer saved, int batch) => throw Missing(nameof(IBackend.Recurrent));

    static void IBackend.RecurrentBackward(in RecurrentShape shape, FloatBuffer preparedBackward, IntBuffer lengths, FloatBuffer saved, FloatBuffer dy, FloatBuffer dx, FloatBuffer dWeightInput, FloatBuffer dWeightHidden, FloatBuffer dBiasInput, FloatBuffer dBiasHidden, int batch) => throw Missing(nameof(IBackend.RecurrentBackward));

    static void IBackend.Attention(in AttentionShape shape, FloatBuffer q, FloatBuffer kv, IntBuffer lengths, in DropoutKey key, FloatBuffer y, FloatBuffer logSums, int batch) => throw Missing(nameof(IBackend.Attention));

    static void IBackend.AttentionBackward(in AttentionShape shape, FloatBuffer q, FloatBuffer kv, IntBuffer lengths, in DropoutKey key, FloatBuffer y, FloatBuffer logSums, FloatBuffer dy, FloatBuffer dq, FloatBuffer dkv, int batch) => throw Missing(nameof(IBackend.AttentionBackward));

    static void IBackend.AttentionStep(in AttentionStepShape shape, FloatBuffer qkv, FloatBuffer cache, int position, FloatBuffer y, int batch) => throw Missing(nameof(IBackend.AttentionStep));

    static void IBackend.RmsNorm(FloatBuffer x, FloatBuffer gamma, float epsilon, FloatBuffer y, FloatBuffer scale, long rows, int length) => throw Missing(nameof(IBackend.RmsNorm));

    static void IBackend.RmsNormBackward(FloatBuffer x, FloatBuffer gamma, FloatBuffer scale, FloatBuffer dy, FloatBuffer dx, FloatBuffer dGamma, long rows, int length) => throw Missing(nameof(IBackend.RmsNormBackward));

    static void IBackend.GroupNorm(in TensorView x, FloatBuffer gamma, FloatBuffer beta, int groups, float epsilon, Epilogue epilogue, FloatBuffer mean, FloatBuffer scale, in TensorView y, int batch) => throw Missing(nameof(IBackend.GroupNorm));

    static void IBackend.GroupNormBackward(in TensorView x, FloatBuffer gamma, int groups, Epilogue epilogue, FloatBuffer mean, FloatBuffer scale, in TensorView y, in TensorView dy, in TensorView dx, FloatBuffer dGamma, FloatBuffer dBeta, int batch) => throw Missing(nameof(IBackend.GroupNormBackward));

    static void IBackend.MaskSteps(FloatBuffer x, IntBuffer lengths, float value, FloatBuffer y, int steps, int features, int batch) => throw Missing(nameof(IBackend.MaskSteps));

    static void IBackend.WindowLengths(in LengthMap map, IntBuffer lengths, IntBuffer mapped, int batch) => throw Missing(nameof(IBackend.WindowLengths));

    static void IBackend.AverageSteps(FloatBuffer x, IntBuffer lengths, FloatBuffer y, int steps, int features, int batch) => throw Missing(nameof(IBackend.AverageSteps));

    static void IBackend.AverageStepsBackward(IntBuffer lengths, FloatBuffer dy, FloatBuffer dx, int steps, int features, int batch) => throw Missing(nameof(IBackend.AverageStepsBackward));

    static void IBackend.AddToSamples(FloatBuffer x, FloatBuffer shared, FloatBuffer y, long count, int batch) => throw Missing(nameof(IBackend.AddToSamples));

    static void IBackend.SumOfSamples(FloatBuffer x, FloatBuffer sum, long count, int batch) => throw Missing(nameof(IBackend.SumOfSamples));

    static void IBackend.SinusoidalTable(FloatBuffer table, int steps, int features) => throw Missing(nameof(IBackend.SinusoidalTable));

    static void IBackend.ConvTranspose2d(in Conv2dShape shape, FloatBuffer prepared, FloatBuffer bias, in TensorView x, in TensorView y, int batch) => throw Missing(nameof(IBackend.ConvTranspose2d));

    static void IBackend.ConvTranspose2dBackward(in Conv2dShape shape, FloatBuffer preparedBackward, in TensorView x, in TensorView y, in TensorView dy, in TensorView dx, FloatBuffer dWeight, FloatBuffer dBias, int batch) => throw Missing(nameof(IBackend.ConvTranspose2dBackward));

    static void IBackend.BatchNormSteps(FloatBuffer x, IntBuffer lengths, FloatBuffer gamma, FloatBuffer beta, float epsilon, FloatBuffer mean, FloatBuffer variance, FloatBuffer unbiased, FloatBuffer y, int steps, int features, int batch) => throw Missing(nameof(IBackend.BatchNormSteps));

    static void IBackend.BatchNormStepsBackward(FloatBuffer x, IntBuffer lengths, FloatBuffer gamma, float epsilon, FloatBuffer mean, FloatBuffer variance, FloatBuffer dy, FloatBuffer dx, FloatBuffer dGamma, FloatBuffer dBeta, int steps, int features, int batch) => throw Missing(nameof(IBackend.BatchNormStepsBackward));

    private static NotSupportedException Missing(string operation) =>
        new($"{typeof(TSelf).Name} does not have the operation {operation} yet, and none that it could be made of; this network needs it.");
}
