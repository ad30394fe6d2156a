using System;

namespace Dsl.Runtime;

/// <summary>
/// The seam between generated code and kernels: everything a compiled network does, in terms of buffers and dimensions. Nothing is read back
/// inside a step. Conventions:
/// <list type="bullet">
/// <item>Operations set their results unless their name says that they add.</item>
/// <item><c>FloatBuffer.None</c> (or a view of it) where a result is not wanted or an optional operand is not given.</item>
/// <item>An operation that writes a view with a halo also zeroes that halo.</item>
/// <item>x and y may be the same view where an operation is element-wise; otherwise operands do not overlap.</item>
/// <item>Rows and counts may pass 2³¹, a batch may not.</item>
/// <item>The bits of a result do not depend on the number of threads.</item>
/// <item>Not a number stays not a number: no operation hides one. Only where a function's derivative is 0 may the gradient behind it be 0 whatever it was, as PyTorch's masks have it.</item>
/// <item>Prepared weights are in the backend's own order. How much room they have, the shapes say: their Prepared...Floats.</item>
/// </list>
/// </summary>
public interface IBackend
{
    // ---- Memory ----

    /// <summary>True when buffers are addresses of the process's own memory, so that a caller's pinned span can be used in place.</summary>
    static abstract bool UsesHostMemory { get; }

    /// <summary>Allocates zeroed memory for that many floats, 64-byte aligned, with at least 64 floats of slack behind it.</summary>
    static abstract FloatBuffer Allocate(long count);

    /// <summary>Allocates memory for that many int32.</summary>
    static abstract IntBuffer AllocateInts(long count);

    /// <summary>Frees what <see cref="Allocate"/> gave.</summary>
    static abstract void Free(FloatBuffer buffer);

    /// <summary>Frees what <see cref="AllocateInts"/> gave.</summary>
    static abstract void Free(IntBuffer buffer);

    /// <summary>Copies host values into a buffer.</summary>
    static abstract void Write(ReadOnlySpan<float> values, FloatBuffer buffer);

    /// <summary>Copies host values into a buffer.</summary>
    static abstract void Write(ReadOnlySpan<int> values, IntBuffer buffer);

    /// <summary>Copies a buffer's values to the host; waits for what was started before.</summary>
    static abstract void Read(FloatBuffer buffer, Span<float> values);

    /// <summary>True when every interior element of the batch is finite. Outside of steps only.</summary>
    static abstract bool AllFinite(in TensorView x, int batch);

    // ---- Fully connected ----

    /// <summary>Makes the forward weights of a linear layer: <see cref="LinearShape.PreparedFloats"/>.</summary>
    /// <param name="shape">The layer.</param>
    /// <param name="weight">Outputs × Inputs, PyTorch's order.</param>
    /// <param name="scale">A factor for each output (a folded batch norm), or None.</param>
    /// <param name="prepared">The result.</param>
    static abstract void PrepareLinear(in LinearShape shape, FloatBuffer weight, FloatBuffer scale, FloatBuffer prepared);

    /// <summary>Makes the weights for the gradient of a linear layer's input: <see cref="LinearShape.PreparedBackwardFloats"/>.</summary>
    static abstract void PrepareLinearBackward(in LinearShape shape, FloatBuffer weight, FloatBuffer prepared);

    /// <summary>y = epilogue(x·Wᵀ + bias). x: rows × Inputs, y: rows × Outputs, both contiguous.</summary>
    static abstract void Linear(in LinearShape shape, FloatBuffer prepared, FloatBuffer bias, FloatBuffer x, FloatBuffer y, long rows);

    /// <summary>
    /// Gradients of a linear layer. dy (rows × Outputs) is the gradient of y behind the epilogue and may be overwritten.
    /// dx, dWeight (Outputs × Inputs, PyTorch's order) and dBias are each set, or None.
    /// </summary>
    static abstract void LinearBackward(in LinearShape shape, FloatBuffer preparedBackward, FloatBuffer x, FloatBuffer y, FloatBuffer dy, FloatBuffer dx, FloatBuffer dWeight, FloatBuffer dBias, long rows);

    // ---- Convolution ----

    /// <summary>Makes the forward weights of a convolution from O × I/Groups × kh × kw: <see cref="Conv2dShape.PreparedFloats"/>.</summary>
    static abstract void PrepareConv2d(in Conv2dShape shape, FloatBuffer weight, FloatBuffer scale, FloatBuffer prepared);

    /// <summary>Makes the weights for the gradient of a convolution's input: <see cref="Conv2dShape.PreparedBackwardFloats"/>.</summary>
    static abstract void PrepareConv2dBackward(in Conv2dShape shape, FloatBuffer weight, FloatBuffer prepared);

    /// <summary>y = pool(epilogue(x ∗ W + bias)).</summary>
    /// <param name="shape">The layer.</param>
    /// <param name="prepared">From <see cref="PrepareConv2d"/>.</param>
    /// <param name="bias">One value per output channel, or None.</param>
    /// <param name="x">Input.</param>
    /// <param name="y">Output (pooled, where the shape has a pool).</param>
    /// <param name="indices">With a pool, in training: <see cref="PoolShape.IndexBytes"/> bytes for each element of y in contiguous H×W×C order, samples apart by <see cref="PoolShape.IndexFloats"/>; else None.</param>
    /// <param name="batch">Samples.</param>
    static abstract void Conv2d(in Conv2dShape shape, FloatBuffer prepared, FloatBuffer bias, in TensorView x, in TensorView y, FloatBuffer indices, int batch);

    /// <summary>
    /// Gradients of a convolution with its epilogue and pool. dy is the gradient of y (behind epilogue and pool) and may be overwritten;
    /// dx (view), dWeight (O × I/Groups × kh × kw) and dBias are each set, or None. Without a pool the epilogue's derivative comes from y;
    /// with one also (the pooled value is the chosen element's).
    /// </summary>
    static abstract void Conv2dBackward(in Conv2dShape shape, FloatBuffer preparedBackward, in TensorView x, in TensorView y, FloatBuffer indices, in TensorView dy, in TensorView dx, FloatBuffer dWeight, FloatBuffer dBias, int batch);

    /// <summary>Makes the weights of a depthwise convolution from C × 1 × kh × kw, used forward and backward: <see cref="Conv2dShape.DepthwisePreparedFloats"/>.</summary>
    static abstract void PrepareDepthwiseConv2d(in Conv2dShape shape, FloatBuffer weight, FloatBuffer scale, FloatBuffer prepared);

    /// <summary>y = epilogue(x ∗ W + bias), each channel by itself. No pool.</summary>
    static abstract void DepthwiseConv2d(in Conv2dShape shape, FloatBuffer prepared, FloatBuffer bias, in TensorView x, in TensorView y, int batch);

    /// <summary>Gradients of a depthwise convolution; see <see cref="Conv2dBackward"/>.</summary>
    static abstract void DepthwiseConv2dBackward(in Conv2dShape shape, FloatBuffer prepared, in TensorView x, in TensorView y, in TensorView dy, in TensorView dx, FloatBuffer dWeight, FloatBuffer dBias, int batch);

    // ---- Transposed convolution ----

    /// <summary>y = epilogue(the gradient of a convolution's input where that of its output is x, + bias).</summary>
    /// <param name="shape">The convolution from y to x, without a pool, its algorithm the direct one; the epilogue is this operation's.</param>
    /// <param name="prepared">From <see cref="PrepareConv2dBackward"/>.</param>
    /// <param name="bias">One value per channel of y, or None.</param>
    /// <param name="x">Input: ConvHeight × ConvWidth × OutputChannels of the shape.</param>
    /// <param name="y">Output: InputChannels of the shape.</param>
    /// <param name="batch">Samples.</param>
    static abstract void ConvTranspose2d(in Conv2dShape shape, FloatBuffer prepared, FloatBuffer bias, in TensorView x, in TensorView y, int batch);

    /// <summary>
    /// Gradients of <see cref="ConvTranspose2d"/>. preparedBackward: from <see cref="PrepareConv2d"/>, None where dx is. dy may be overwritten; dx (view), dWeight
    /// (OutputChannels × InputChannels/Groups × kh × kw of the shape) and dBias are each set, or None.
    /// </summary>
    static abstract void ConvTranspose2dBackward(in Conv2dShape shape, FloatBuffer preparedBackward, in TensorView x, in TensorView y, in TensorView dy, in TensorView dx, FloatBuffer dWeight, FloatBuffer dBias, int batch);

    // ---- Pooling ----

    /// <summary>Max pooling; padding never wins. indices as in <see cref="Conv2d"/>, or None.</summary>
    static abstract void MaxPool2d(in PoolShape shape, in TensorView x, in TensorView y, FloatBuffer indices, int batch);

    /// <summary>dx = dy where an element was chosen, summed over overlapping windows; 0 elsewhere.</summary>
    static abstract void MaxPool2dBackward(in PoolShape shape, FloatBuffer indices, in TensorView dy, in TensorView dx, int batch);

    /// <summary>Average pooling; padding counts in the average.</summary>
    static abstract void AvgPool2d(in PoolShape shape, in TensorView x, in TensorView y, int batch);

    /// <summary>Gradient of <see cref="AvgPool2d"/>.</summary>
    static abstract void AvgPool2dBackward(in PoolShape shape, in TensorView dy, in TensorView dx, int batch);

    /// <summary>Output (i, j) is the mean of rows ⌊i·H/H'⌋ up to ⌈(i+1)·H/H'⌉ and columns likewise; global average pooling is H' = W' = 1.</summary>
    static abstract void AdaptiveAvgPool2d(in TensorView x, in TensorView y, int batch);

    /// <summary>Gradient of <see cref="AdaptiveAvgPool2d"/>.</summary>
    static abstract void AdaptiveAvgPool2dBackward(in TensorView dy, in TensorView dx, int batch);

    // ---- Batch norm ----

    /// <summary>
    /// y = epilogue((x - mean) / √(variance + epsilon)·gamma + beta), with mean and biased variance of each channel over the batch and all pixels,
    /// both kept: mean and variance are C floats each.
    /// </summary>
    static abstract void BatchNorm(in TensorView x, FloatBuffer gamma, FloatBuffer beta, float epsilon, Epilogue epilogue, FloatBuffer mean, FloatBuffer variance, in TensorView y, int batch);

    /// <summary>
    /// Gradients of <see cref="BatchNorm"/>. The epilogue's derivative follows from y, or from what y was made of; where there is no epilogue, y and beta may be None. dy may be overwritten; dx may be None; dGamma and dBeta are set, or None.
    /// </summary>
    static abstract void BatchNormBackward(in TensorView x, FloatBuffer gamma, FloatBuffer beta, float epsilon, Epilogue epilogue, FloatBuffer mean, FloatBuffer variance, in TensorView y, in TensorView dy, in TensorView dx, FloatBuffer dGamma, FloatBuffer dBeta, int batch);

    /// <summary>
    /// The end of a residual: y = epilogue((x - mean) / √(variance + epsilon)·gamma + beta + addend), with mean and variance as <see cref="BatchNorm"/> keeps them.
    /// </summary>
    static abstract void BatchNormAdd(in TensorView x, in TensorView addend, FloatBuffer gamma, FloatBuffer beta, float epsilon, Epilogue epilogue, FloatBuffer mean, FloatBuffer variance, in TensorView y, int batch);

    /// <summary>Gradients of <see cref="BatchNormAdd"/>. dy becomes dy·epilogue'(y), which is the addend's gradient; dx may be None; dGamma and dBeta are set, or None.</summary>
    static abstract void BatchNormAddBackward(in TensorView x, FloatBuffer gamma, float epsilon, Epilogue epilogue, FloatBuffer mean, FloatBuffer variance, in TensorView y, in TensorView dy, in TensorView dx, FloatBuffer dGamma, FloatBuffer dBeta, int batch);

    /// <summary>
    /// running = (1 - momentum)·running + momentum·batch, the variance unbiased: variance·count/(count - 1). Does nothing when <paramref name="verdict"/>'s first float is not finite.
    /// </summary>
    static abstract void UpdateRunningStatistics(FloatBuffer mean, FloatBuffer variance, long count, float momentum, FloatBuffer runningMean, FloatBuffer runningVariance, int channels, FloatBuffer verdict);

    /// <summary>
    /// Turns a batch norm with running statistics into scale·x + shift: scale = gamma/√(runningVariance + epsilon), shift = beta + (bias - runningMean)·scale.
    /// bias is that of the layer it is folded into, or None (0).
    /// </summary>
    static abstract void FoldBatchNorm(FloatBuffer gamma, FloatBuffer beta, FloatBuffer runningMean, FloatBuffer runningVariance, float epsilon, FloatBuffer bias, FloatBuffer scale, FloatBuffer shift, int channels);

    /// <summary>y = epilogue(x·scale + shift), one scale and shift per channel.</summary>
    static abstract void ScaleShift(in TensorView x, FloatBuffer scale, FloatBuffer shift, Epilogue epilogue, in TensorView y, int batch);

    /// <summary>dx = dy·epilogue'(y)·scale. dx may be dy.</summary>
    static abstract void ScaleShiftBackward(FloatBuffer scale, Epilogue epilogue, in TensorView y, in TensorView dy, in TensorView dx, int batch);

    /// <summary>
    /// Batch norm over samples of unequal length: mean and variance (over their number) of each feature are those of own steps, and so is the unbiased variance; every step of x
    /// (batch × steps × features) is normalised, scaled and shifted into y.
    /// </summary>
    static abstract void BatchNormSteps(FloatBuffer x, IntBuffer lengths, FloatBuffer gamma, FloatBuffer beta, float epsilon, FloatBuffer mean, FloatBuffer variance, FloatBuffer unbiased, FloatBuffer y, int steps, int features, int batch);

    /// <summary>Gradients of <see cref="BatchNormSteps"/>. dx, dGamma and dBeta are each set, or None.</summary>
    static abstract void BatchNormStepsBackward(FloatBuffer x, IntBuffer lengths, FloatBuffer gamma, float epsilon, FloatBuffer mean, FloatBuffer variance, FloatBuffer dy, FloatBuffer dx, FloatBuffer dGamma, FloatBuffer dBeta, int steps, int features, int batch);

    // ---- Layer norm ----

    /// <summary>y = (x - mean)·scale·gamma + beta for each row of length floats, scale = 1 / √(variance + epsilon), variance over length. mean and scale: one a row for the gradient, or None.</summary>
    static abstract void LayerNorm(FloatBuffer x, FloatBuffer gamma, FloatBuffer beta, float epsilon, FloatBuffer y, FloatBuffer mean, FloatBuffer scale, long rows, int length);

    /// <summary>Gradients of a layer norm. dx, dGamma and dBeta (length floats each) are each set, or None.</summary>
    static abstract void LayerNormBackward(FloatBuffer x, FloatBuffer gamma, FloatBuffer mean, FloatBuffer scale, FloatBuffer dy, FloatBuffer dx, FloatBuffer dGamma, FloatBuffer dBeta, long rows, int length);

    // ---- Attention ----

    /// <summary>
    /// y = softmax(q·kᵀ/√d + mask)·v for each head, see <see cref="AttentionShape"/>. Keys from a sample's length on are not seen. With dropout a weight is divided by 1 - p where
    /// kept and 0 where dropped: that of key k for query i of head h of sample n when word (j mod 4) of Philox4x32-10 (see <see cref="Dropout"/>) is below p·2³²,
    /// j = ((n·Heads + h)·Queries + i)·DropoutStride + k.
    /// </summary>
    /// <param name="shape">Sizes.</param>
    /// <param name="q">Queries, or queries, keys and values.</param>
    /// <param name="kv">Keys and values; None where they lie with the queries.</param>
    /// <param name="lengths">How many keys of each sample are its own, at least 1; None: all.</param>
    /// <param name="key">What makes the random numbers; not looked at without dropout.</param>
    /// <param name="y">The result, batch × Queries × Features.</param>
    /// <param name="logSums">For the gradient: ln Σ e^score, batch × Heads × Queries; or None.</param>
    /// <param name="batch">Samples.</param>
    static abstract void Attention(in AttentionShape shape, FloatBuffer q, FloatBuffer kv, IntBuffer lengths, in DropoutKey key, FloatBuffer y, FloatBuffer logSums, int batch);

    /// <summary>Gradients of an attention, from its operands and results. dq and dkv, which lie as q and kv, are each set, or None: of keys that are not seen they are 0.</summary>
    static abstract void AttentionBackward(in AttentionShape shape, FloatBuffer q, FloatBuffer kv, IntBuffer lengths, in DropoutKey key, FloatBuffer y, FloatBuffer logSums, FloatBuffer dy, FloatBuffer dq, FloatBuffer dkv, int batch);

    /// <summary>
    /// Attention of one step to itself and to those before it: row position of each sample's cache is set to the step's key and value, and y = softmax(q·kᵀ/√d)·v over rows
    /// 0 to position, for each head. Rows behind it are neither read nor changed. For inference: it has no gradient.
    /// </summary>
    /// <param name="shape">Sizes.</param>
    /// <param name="qkv">The step's query, key and value, batch × 3·Features.</param>
    /// <param name="cache">Keys and values of the steps, batch × Context × 2·Features.</param>
    /// <param name="position">The step's number, 0 to Context - 1; the same for every sample.</param>
    /// <param name="y">The result, batch × Features.</param>
    /// <param name="batch">Samples.</param>
    static abstract void AttentionStep(in AttentionStepShape shape, FloatBuffer qkv, FloatBuffer cache, int position, FloatBuffer y, int batch);

    // ---- RMS norm and group norm ----

    /// <summary>y = x·scale·gamma for each row of length floats, scale = 1 / √(mean of x² + epsilon). scale: one a row for the gradient, or None.</summary>
    static abstract void RmsNorm(FloatBuffer x, FloatBuffer gamma, float epsilon, FloatBuffer y, FloatBuffer scale, long rows, int length);

    /// <summary>Gradients of <see cref="RmsNorm"/>. dx and dGamma (length floats) are each set, or None.</summary>
    static abstract void RmsNormBackward(FloatBuffer x, FloatBuffer gamma, FloatBuffer scale, FloatBuffer dy, FloatBuffer dx, FloatBuffer dGamma, long rows, int length);

    /// <summary>
    /// y = epilogue((x - mean)·scale·gamma + beta), gamma and beta one a channel, scale = 1 / √(variance + epsilon); mean and biased variance are those of all pixels of
    /// C/groups neighbouring channels of a sample. mean and scale: one a sample and group for the gradient, or None.
    /// </summary>
    static abstract void GroupNorm(in TensorView x, FloatBuffer gamma, FloatBuffer beta, int groups, float epsilon, Epilogue epilogue, FloatBuffer mean, FloatBuffer scale, in TensorView y, int batch);

    /// <summary>Gradients of <see cref="GroupNorm"/>. dy may be overwritten; dx may be None; dGamma and dBeta are set, or None.</summary>
    static abstract void GroupNormBackward(in TensorView x, FloatBuffer gamma, int groups, Epilogue epilogue, FloatBuffer mean, FloatBuffer scale, in TensorView y, in TensorView dy, in TensorView dx, FloatBuffer dGamma, FloatBuffer dBeta, int batch);

    // ---- Element-wise and rearranging ----

    /// <summary>y = function(x)</summary>
    static abstract void Unary(Epilogue function, in TensorView x, in TensorView y, int batch);

    /// <summary>dx = dy·function'(x). Where the derivative follows from y (see <see cref="Epilogue"/>), x may be None; else y may be. dx may be dy.</summary>
    static abstract void UnaryBackward(Epilogue function, in TensorView x, in TensorView y, in TensorView dy, in TensorView dx, int batch);

    /// <summary>y = a + b</summary>
    static abstract void Add(in TensorView a, in TensorView b, in TensorView y, int batch);

    /// <summary>y = a·b</summary>
    static abstract void Multiply(in TensorView a, in TensorView b, in TensorView y, int batch);

    /// <summary>y += x</summary>
    static abstract void Accumulate(in TensorView x, in TensorView y, int batch);

    /// <summary>y = x, between layouts of different halos.</summary>
    static abstract void Copy(in TensorView x, in TensorView y, int batch);

    /// <summary>y (channels last) = x, a contiguous channels-first batch.</summary>
    static abstract void ToChannelsLast(FloatBuffer x, in TensorView y, int batch);

    /// <summary>y, a contiguous channels-first batch, = x (channels last).</summary>
    static abstract void ToChannelsFirst(in TensorView x, FloatBuffer y, int batch);

    /// <summary>Copies <paramref name="blocks"/> runs of <paramref name="length"/> floats a sample, starts apart by the strides: a slice into a concatenation, or out of one.</summary>
    static abstract void CopyBlocks(FloatBuffer x, long xSampleStride, long xStride, FloatBuffer y, long ySampleStride, long yStride, int blocks, int length, int batch);

    /// <summary>y = x with its axes reordered; both contiguous and row-major.</summary>
    static abstract void Permute(in Permutation permutation, FloatBuffer x, FloatBuffer y, int batch);

    /// <summary>Nearest-neighbour enlargement: y[h, w] = x[h / scale, w / scale].</summary>
    static abstract void Upsample2d(int scale, in TensorView x, in TensorView y, int batch);

    /// <summary>Gradient of <see cref="Upsample2d"/>: sums over each block.</summary>
    static abstract void Upsample2dBackward(int scale, in TensorView dy, in TensorView dx, int batch);

    /// <summary>y is x inside <paramref name="padding"/> rows and columns of zeros on every side (part of y's interior).</summary>
    static abstract void ZeroPad2d(int padding, in TensorView x, in TensorView y, int batch);

    /// <summary>Gradient of <see cref="ZeroPad2d"/>: the inner part of dy.</summary>
    static abstract void ZeroPad2dBackward(int padding, in TensorView dy, in TensorView dx, int batch);

    /// <summary>y = softmax of each row of <paramref name="length"/> floats.</summary>
    static abstract void Softmax(FloatBuffer x, FloatBuffer y, long rows, int length);

    /// <summary>dx = y·(dy - Σ y·dy), each row.</summary>
    static abstract void SoftmaxBackward(FloatBuffer y, FloatBuffer dy, FloatBuffer dx, long rows, int length);

    /// <summary>y = x - ln Σ eˣ, each row.</summary>
    static abstract void LogSoftmax(FloatBuffer x, FloatBuffer y, long rows, int length);

    /// <summary>dx = dy - e^y·Σ dy, each row.</summary>
    static abstract void LogSoftmaxBackward(FloatBuffer y, FloatBuffer dy, FloatBuffer dx, long rows, int length);

    /// <summary>
    /// y = x / (1 - probability) where kept, 0 where dropped. Element i of sample n (i in contiguous H×W×C order, halo not counted) is dropped when
    /// word (j mod 4) of Philox4x32-10 with key = seed and counter (j/4 low, j/4 high, layer, step), j = n·count + i, is below probability·2³².
    /// </summary>
    static abstract void Dropout(in DropoutKey key, float probability, in TensorView x, in TensorView y, int batch);

    // The gradient of Dropout is Dropout itself, of dy with the same key.

    // ---- Own layers ----

    /// <summary>
    /// Each row of x, of layer.Inputs floats, goes through a layer that the user wrote and gives a row of y, of layer.Outputs floats. Rows may run beside each other.
    /// <paramref name="parameters"/> is None where it has none.
    /// </summary>
    static abstract void OwnRows(RowLayer layer, FloatBuffer parameters, FloatBuffer x, FloatBuffer y, long rows);

    /// <summary>Its gradient: dx of each row, dParameters the sum over rows; each None where nobody wants it.</summary>
    static abstract void OwnRowsBackward(RowLayer layer, FloatBuffer parameters, FloatBuffer x, FloatBuffer y, FloatBuffer dy, FloatBuffer dx, FloatBuffer dParameters, long rows);

    // ---- Sampling ----

    /// <summary>
    /// y = m + e^(v/2)·noise: rows of x are <paramref name="features"/> means m, then as many log-variances v. Noise j, of row n and feature f j = n·features + f, is drawn from N(0, 1) by
    /// Box and Muller's formula: with u and w the words j - (j mod 2) and one behind it of Philox4x32-10 (see <see cref="Dropout"/>) it is √(-2 ln((u + ½) / 2³²)) times the cosine, for odd j the
    /// sine, of 2π·w / 2³².
    /// </summary>
    static abstract void GaussianSample(in DropoutKey key, FloatBuffer x, FloatBuffer y, int features, int batch);

    /// <summary>
    /// Gradient of <see cref="GaussianSample"/> with the same key, and of <see cref="AddGaussianDivergence"/>: dx = dy + weight/batch·m for the means,
    /// ½·(dy·e^(v/2)·noise + weight/batch·(e^v - 1)) for the log-variances.
    /// </summary>
    static abstract void GaussianSampleBackward(in DropoutKey key, FloatBuffer x, FloatBuffer dy, float weight, FloatBuffer dx, int features, int batch);

    /// <summary>loss[0] += <paramref name="weight"/> times the mean over rows of -½·Σ(1 + v - m² - e^v).</summary>
    static abstract void AddGaussianDivergence(FloatBuffer x, float weight, FloatBuffer loss, int features, int batch);

    // ---- Sequences ----

    /// <summary>How many steps of each sample are its own: all but the run of the padding id at its end, but at least 1.</summary>
    /// <param name="ids">batch × steps.</param>
    /// <param name="padding">The padding id.</param>
    /// <param name="lengths">The result, one a sample.</param>
    /// <param name="steps">Steps of a sample.</param>
    /// <param name="batch">Samples.</param>
    static abstract void SequenceLengths(IntBuffer ids, int padding, IntBuffer lengths, int steps, int batch);

    /// <summary>y[i] = weight[ids[i]]: rows of features floats, both contiguous. Ids are within the weight's rows.</summary>
    static abstract void Embedding(FloatBuffer weight, IntBuffer ids, FloatBuffer y, long count, int features);

    /// <summary>dWeight (vocabulary × features) = for each id the sum of the dy of its places, in their order; 0 for the padding id (-1: there is none).</summary>
    static abstract void EmbeddingBackward(IntBuffer ids, FloatBuffer dy, FloatBuffer dWeight, long count, int vocabulary, int features, int padding);

    /// <summary>
    /// y (batch × features) = of each sample of x (batch × steps × features) the first <paramref name="forward"/> features of its last own step (without lengths, the last) and the
    /// other features of its first step.
    /// </summary>
    static abstract void LastStep(FloatBuffer x, IntBuffer lengths, FloatBuffer y, int steps, int features, int forward, int batch);

    /// <summary>dx (batch × steps × features) = dy where <see cref="LastStep"/> took its values from, 0 elsewhere.</summary>
    static abstract void LastStepBackward(IntBuffer lengths, FloatBuffer dy, FloatBuffer dx, int steps, int features, int forward, int batch);

    /// <summary>y = x + shared for each sample of count floats; shared has as many.</summary>
    static abstract void AddToSamples(FloatBuffer x, FloatBuffer shared, FloatBuffer y, long count, int batch);

    /// <summary>sum = the sum of the samples of x, of count floats each, in their order.</summary>
    static abstract void SumOfSamples(FloatBuffer x, FloatBuffer sum, long count, int batch);

    /// <summary>table (steps × features) = sin(t / 10000^(i/features)) at even features i of step t, cos(t / 10000^((i-1)/features)) at odd ones.</summary>
    static abstract void SinusoidalTable(FloatBuffer table, int steps, int features);

    // ---- Recurrent ----

    /// <summary>Makes the forward weights of a recurrent layer and direction from PyTorch's Gates·Hidden × Inputs, Gates·Hidden × Hidden and two biases: <see cref="RecurrentShape.PreparedFloats"/>.</summary>
    static abstract void PrepareRecurrent(in RecurrentShape shape, FloatBuffer weightInput, FloatBuffer weightHidden, FloatBuffer biasInput, FloatBuffer biasHidden, FloatBuffer prepared);

    /// <summary>Makes the same weights for the gradients: <see cref="RecurrentShape.PreparedBackwardFloats"/>. weightInput is None where the gradient of x is not wanted.</summary>
    static abstract void PrepareRecurrentBackward(in RecurrentShape shape, FloatBuffer weightInput, FloatBuffer weightHidden, FloatBuffer prepared);

    /// <summary>
    /// One layer and direction over all steps of each sample, one after the other. With lengths it goes over a sample's own steps only: in reverse it
    /// starts at the last of them, and the results of the others are 0.
    /// </summary>
    /// <param name="shape">The layer.</param>
    /// <param name="prepared">From <see cref="PrepareRecurrent"/>.</param>
    /// <param name="x">batch × Steps × Inputs. What stands beyond a sample's length is not looked at.</param>
    /// <param name="lengths">How many steps of each sample are its own, 1 to Steps; None: all.</param>
    /// <param name="initial">The state before the first step, batch × <see cref="RecurrentShape.StateFloats"/>; None: zeros.</param>
    /// <param name="y">batch × Steps × <see cref="RecurrentShape.OutputFloats"/>; of two directions each sets its own half.</param>
    /// <param name="final">The state after the last own step, or None.</param>
    /// <param name="saved">What the gradients want, batch × <see cref="RecurrentShape.SavedFloats"/>, or None.</param>
    /// <param name="batch">Samples.</param>
    static abstract void Recurrent(in RecurrentShape shape, FloatBuffer prepared, FloatBuffer x, IntBuffer lengths, FloatBuffer initial, FloatBuffer y, FloatBuffer final, FloatBuffer saved, int batch);

    /// <summary>
    /// Gradients of <see cref="Recurrent"/>, through all steps; the initial state is taken as a constant, and nothing comes from the final one. saved is overwritten. dx (0 beyond a
    /// sample's length), dWeightInput, dWeightHidden, dBiasInput and dBiasHidden are each set, or None.
    /// </summary>
    static abstract void RecurrentBackward(in RecurrentShape shape, FloatBuffer preparedBackward, IntBuffer lengths, FloatBuffer saved, FloatBuffer dy, FloatBuffer dx, FloatBuffer dWeightInput, FloatBuffer dWeightHidden, FloatBuffer dBiasInput, FloatBuffer dBiasHidden, int batch);

    // ---- Windows over steps of unequal length ----

    /// <summary>y = x at the own steps of each sample, value at the others: batch × steps × features each. y may be x. Its gradient is the operation itself, of dy, with 0.</summary>
    static abstract void MaskSteps(FloatBuffer x, IntBuffer lengths, float value, FloatBuffer y, int steps, int features, int batch);

    /// <summary>How many outputs a window has over the own steps of each sample: mapped = map.Of(length).</summary>
    static abstract void WindowLengths(in LengthMap map, IntBuffer lengths, IntBuffer mapped, int batch);

    /// <summary>y (batch × features) = the mean over the own steps of each sample of x (batch × steps × features).</summary>
    static abstract void AverageSteps(FloatBuffer x, IntBuffer lengths, FloatBuffer y, int steps, int features, int batch);

    /// <summary>dx (batch × steps × features) = dy / length at the own steps of each sample, 0 at the others.</summary>
    static abstract void AverageStepsBackward(IntBuffer lengths, FloatBuffer dy, FloatBuffer dx, int steps, int features, int batch);

    // ---- Losses: the mean into loss[0], the gradient of that mean into dx (or None) ----

    /// <summary>
    /// Cross-entropy of logits (rows × classes) with a label each: mean over rows whose label is not <paramref name="ignore"/> (NaN if there is none, as PyTorch; dx is then unspecified) of
    /// (1 - smoothing)·-ln p[label] + smoothing·mean over classes of -ln p.
    /// </summary>
    static abstract void CrossEntropy(FloatBuffer logits, IntBuffer labels, FloatBuffer dx, FloatBuffer loss, long rows, int classes, float smoothing, int ignore);

    /// <summary>Mean over rows of max(0, 1 - label·score), label -1 or +1.</summary>
    static abstract void Hinge(FloatBuffer scores, IntBuffer labels, FloatBuffer dx, FloatBuffer loss, long rows);

    /// <summary>Mean over <paramref name="count"/> elements of an element loss; <paramref name="delta"/> is Huber's.</summary>
    static abstract void ElementLoss(ElementLoss kind, float delta, FloatBuffer x, FloatBuffer target, FloatBuffer dx, FloatBuffer loss, long count);

    /// <summary>Σ target·(ln target - x) over all elements, divided by <paramref name="rows"/>; x are log-probabilities; 0·ln 0 = 0.</summary>
    static abstract void KLDivergence(FloatBuffer x, FloatBuffer target, FloatBuffer dx, FloatBuffer loss, long rows, int length);

    /// <summary>
    /// correct[0] = how many rows have their largest score at their label, or for one column the label's sign (-1 below 0, else +1);
    /// rows whose label is <paramref name="ignore"/> are passed over.
    /// </summary>
    static abstract void CountCorrect(FloatBuffer scores, IntBuffer labels, FloatBuffer correct, long rows, int columns, int ignore);

    /// <summary>
    /// correct[0] = how many of <paramref name="count"/> logits are on their target's side: above 0 where the target is at least one half, not above 0
    /// (or not a number) where it is below. Exact up to 2²⁴.
    /// </summary>
    static abstract void CountTargetsMet(FloatBuffer logits, FloatBuffer targets, FloatBuffer correct, long count);

    // ---- Losses of samples of unequal length: batch × steps × features, of which only the first lengths[n] steps of sample n are looked at. dx is 0 at the others ----

    /// <summary>Mean of <see cref="ElementLoss"/> over the own elements of all samples together.</summary>
    static abstract void ElementLossOfSteps(ElementLoss kind, float delta, FloatBuffer x, FloatBuffer target, IntBuffer lengths, FloatBuffer dx, FloatBuffer loss, int steps, int features, int batch);

    /// <summary><see cref="KLDivergence"/> over the own elements of all samples, divided by their own steps.</summary>
    static abstract void KLDivergenceOfSteps(FloatBuffer x, FloatBuffer target, IntBuffer lengths, FloatBuffer dx, FloatBuffer loss, int steps, int features, int batch);

    /// <summary><see cref="CountTargetsMet"/> over the own elements of all samples.</summary>
    static abstract void CountTargetsMetOfSteps(FloatBuffer logits, FloatBuffer targets, IntBuffer lengths, FloatBuffer correct, int steps, int features, int batch);

    // ---- Optimizers: one pass over flat buffers. A step is applied whole or not at all: see CheckGradients ----

    /// <summary>
    /// Whether a step may change anything: verdict[0] = the largest magnitude of a gradient; or what is not finite, of loss[0] and the gradients. Where it is not finite,
    /// neither optimizer nor <see cref="UpdateRunningStatistics"/> changes anything. Called before them in each step. Where verdict[0] is not finite already, a step
    /// was refused that the host has not seen: the verdict stays as it is, so that none of those behind it changes anything either.
    /// </summary>
    /// <param name="gradients">All gradients.</param>
    /// <param name="count">How many.</param>
    /// <param name="loss">The step's loss.</param>
    /// <param name="verdict">
    /// Six floats that outlive the step, see <see cref="StepOutcome"/>; zero at first and when the host has seen a refusal. The second: where the verdict is not finite, the bits of
    /// an int32, the element of the flat parameter buffer whose gradient or next value is not finite; -1 for none (it was the loss). The third: the bits of an int32, the
    /// low half of the step's number. The last three are the backend's own, and zero whenever the host has changed parameters or state.
    /// </param>
    /// <param name="step">The step's number, from 1.</param>
    static abstract void CheckGradients(FloatBuffer gradients, long count, FloatBuffer loss, FloatBuffer verdict, long step);

    /// <summary>Makes the verdict NaN where <see cref="UpdateRunningStatistics"/> would leave a value that is not finite; <paramref name="place"/> is runningMean's in the flat parameter buffer.</summary>
    static abstract void CheckRunningStatistics(FloatBuffer mean, FloatBuffer variance, long count, float momentum, FloatBuffer runningMean, FloatBuffer runningVariance, int channels, long place, FloatBuffer verdict);

    // Each optimizer does nothing when verdict[0] is not finite; and where an update would leave a parameter or state that is not finite, it makes verdict[0] NaN and does nothing.

    /// <summary>norm[0] = √Σ g²</summary>
    static abstract void GradientNorm(FloatBuffer gradients, long count, FloatBuffer norm);

    /// <summary>PyTorch's SGD. <paramref name="velocity"/> is None without momentum; at step 1 it becomes the gradient itself. <paramref name="norm"/> is None without ClipNorm.</summary>
    static abstract void Sgd(FloatBuffer parameters, FloatBuffer gradients, FloatBuffer velocity, long count, float rate, float momentum, bool nesterov, in Regularization regularization, FloatBuffer norm, FloatBuffer verdict, long step);

    /// <summary>PyTorch's Adam, or AdamW where <paramref name="decoupled"/>; <paramref name="step"/> counts from 1. Moments never become denormal.</summary>
    static abstract void Adam(FloatBuffer parameters, FloatBuffer gradients, FloatBuffer mean, FloatBuffer variance, long count, float rate, float beta1, float beta2, float epsilon, bool decoupled, in Regularization regularization, FloatBuffer norm, FloatBuffer verdict, long step);

    /// <summary>PyTorch's RMSprop; <paramref name="velocity"/> is None without momentum.</summary>
    static abstract void RmsProp(FloatBuffer parameters, FloatBuffer gradients, FloatBuffer square, FloatBuffer velocity, long count, float rate, float alpha, float epsilon, float momentum, in Regularization regularization, FloatBuffer norm, FloatBuffer verdict, long step);

    /// <summary>PyTorch's Adagrad.</summary>
    static abstract void Adagrad(FloatBuffer parameters, FloatBuffer gradients, FloatBuffer sum, long count, float rate, float epsilon, in Regularization regularization, FloatBuffer norm, FloatBuffer verdict, long step);
}
