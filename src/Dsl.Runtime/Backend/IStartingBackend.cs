using System;

namespace Dsl.Runtime;

/// <summary>
/// A backend that starts small and grows. It must have its memory; of the operations it has those that it wants to run, best the ones that networks spend
/// their time in. The rest is made of others here where that is exact in meaning, and refused with an error that names it where it is not.
/// </summary>
/// <remarks>
/// What is made of others is a beginning, not a goal: it may take memory at each call. A complete backend implements <see cref="IBackend"/> itself and
/// meets none of this. An operation that the backend has stands before the one here; that of others, if they use it, goes the same way.
/// </remarks>
/// <typeparam name="TSelf">The backend itself.</typeparam>
public interface IStartingBackend<TSelf> : IBackend
    where TSelf : struct, IStartingBackend<TSelf>
{
    // ---- Made of other operations ----

    static void IBackend.AvgPool2d(in PoolShape shape, in TensorView x, in TensorView y, int batch)
    {
        // A depthwise convolution whose taps are all the same.
        Conv2dShape convolution = Averaging(in shape, y.Layout);
        FloatBuffer prepared = PrepareAveraging(in convolution);
        try
        {
            TSelf.DepthwiseConv2d(in convolution, prepared, FloatBuffer.None, in x, in y, batch);
        }
        finally
        {
            TSelf.Free(prepared);
        }
    }

    static void IBackend.AvgPool2dBackward(in PoolShape shape, in TensorView dy, in TensorView dx, int batch)
    {
        Conv2dShape convolution = Averaging(in shape, dy.Layout);
        FloatBuffer prepared = PrepareAveraging(in convolution);
        FloatBuffer copied = TSelf.Allocate(dy.Layout.Count * batch);
        try
        {
            // What a convolution may overwrite, a pool may not.
            TensorView gradient = Contiguous(copied, dy.Layout);
            TSelf.Copy(in dy, in gradient, batch);
            TSelf.DepthwiseConv2dBackward(in convolution, prepared, default, default, in gradient, in dx, FloatBuffer.None, FloatBuffer.None, batch);
        }
        finally
        {
            TSelf.Free(copied);
            TSelf.Free(prepared);
        }
    }

    static void IBackend.FoldBatchNorm(FloatBuffer gamma, FloatBuffer beta, FloatBuffer runningMean, FloatBuffer runningVariance, float epsilon, FloatBuffer bias, FloatBuffer scale, FloatBuffer shift, int channels)
    {
        // Outside of steps, and few: on the host.
        float[] factors = Values(gamma, channels);
        float[] added = Values(beta, channels);
        float[] mean = Values(runningMean, channels);
        float[] variance = Values(runningVariance, channels);
        float[] before = bias.IsNone ? new float[channels] : Values(bias, channels);
        for (int c = 0; c < channels; c++)
        {
            double factor = factors[c] / Math.Sqrt((double)variance[c] + epsilon);
            factors[c] = (float)factor;
            added[c] = (float)(added[c] + (((double)before[c] - mean[c]) * factor));
        }

        TSelf.Write(factors, scale);
        TSelf.Write(added, shift);
    }

    static void IBackend.ScaleShift(in TensorView x, FloatBuffer scale, FloatBuffer shift, Epilogue epilogue, in TensorView y, int batch)
    {
        // A depthwise convolution of one pixel; it does not work in place.
        Conv2dShape shape = OnePixel(x.Layout.Channels, x.Layout.Height, x.Layout.Width, epilogue);
        FloatBuffer prepared = TSelf.Allocate(shape.DepthwisePreparedFloats);
        FloatBuffer copied = TSelf.Allocate(x.Layout.Count * batch);
        try
        {
            TensorView contiguous = Contiguous(copied, x.Layout);
            TSelf.Copy(in x, in contiguous, batch);
            TSelf.PrepareDepthwiseConv2d(in shape, scale, FloatBuffer.None, prepared);
            TSelf.DepthwiseConv2d(in shape, prepared, shift, in contiguous, in y, batch);
        }
        finally
        {
            TSelf.Free(copied);
            TSelf.Free(prepared);
        }
    }

    static void IBackend.ScaleShiftBackward(FloatBuffer scale, Epilogue epilogue, in TensorView y, in TensorView dy, in TensorView dx, int batch)
    {
        Conv2dShape shape = OnePixel(dy.Layout.Channels, dy.Layout.Height, dy.Layout.Width, epilogue);
        FloatBuffer prepared = TSelf.Allocate(shape.DepthwisePreparedFloats);
        FloatBuffer copied = TSelf.Allocate(dy.Layout.Count * batch);
        try
        {
            TensorView gradient = Contiguous(copied, dy.Layout);
            TSelf.Copy(in dy, in gradient, batch);
            TSelf.PrepareDepthwiseConv2d(in shape, scale, FloatBuffer.None, prepared);
            TSelf.DepthwiseConv2dBackward(in shape, prepared, default, in y, in gradient, in dx, FloatBuffer.None, FloatBuffer.None, batch);
        }
        finally
        {
            TSelf.Free(copied);
            TSelf.Free(prepared);
        }
    }

    static void IBackend.Add(in TensorView a, in TensorView b, in TensorView y, int batch)
    {
        if (IsSame(in b, in y))
        {
            TSelf.Accumulate(in a, in y, batch);
            return;
        }

        if (!IsSame(in a, in y))
            TSelf.Copy(in a, in y, batch);
        TSelf.Accumulate(in b, in y, batch);
    }

    static void IBackend.Copy(in TensorView x, in TensorView y, int batch) => TSelf.Unary(default, in x, in y, batch);

    static void IBackend.ToChannelsLast(FloatBuffer x, in TensorView y, int batch)
    {
        TensorLayout layout = y.Layout;
        Permutation order = new(layout.Channels, layout.Height, layout.Width, 1, 1, 2, 0, 3);
        if (layout.IsContiguous)
        {
            TSelf.Permute(in order, x, y.Start, batch);
            return;
        }

        FloatBuffer permuted = TSelf.Allocate(layout.Count * batch);
        try
        {
            TSelf.Permute(in order, x, permuted, batch);
            TSelf.Copy(Contiguous(permuted, layout), in y, batch);
        }
        finally
        {
            TSelf.Free(permuted);
        }
    }

    static void IBackend.ToChannelsFirst(in TensorView x, FloatBuffer y, int batch)
    {
        TensorLayout layout = x.Layout;
        Permutation order = new(layout.Height, layout.Width, layout.Channels, 1, 2, 0, 1, 3);
        if (layout.IsContiguous)
        {
            TSelf.Permute(in order, x.Start, y, batch);
            return;
        }

        FloatBuffer copied = TSelf.Allocate(layout.Count * batch);
        try
        {
            TSelf.Copy(in x, Contiguous(copied, layout), batch);
            TSelf.Permute(in order, copied, y, batch);
        }
        finally
        {
            TSelf.Free(copied);
        }
    }

    static void IBackend.CopyBlocks(FloatBuffer x, long xSampleStride, long xStride, FloatBuffer y, long ySampleStride, long yStride, int blocks, int length, int batch)
    {
        TensorLayout run = new(length);
        for (int sample = 0; sample < batch; sample++)
        {
            for (int block = 0; block < blocks; block++)
            {
                TensorView from = new(x + ((sample * xSampleStride) + (block * xStride)), in run);
                TensorView to = new(y + ((sample * ySampleStride) + (block * yStride)), in run);
                TSelf.Copy(in from, in to, 1);
            }
        }
    }

    static void IBackend.Upsample2d(int scale, in TensorView x, in TensorView y, int batch) =>

        // Each average is then of one pixel.
        TSelf.AdaptiveAvgPool2d(in x, in y, batch);

    static void IBackend.Upsample2dBackward(int scale, in TensorView dy, in TensorView dx, int batch) => TSelf.AdaptiveAvgPool2dBackward(in dy, in dx, batch);

    static void IBackend.ZeroPad2d(int padding, in TensorView x, in TensorView y, int batch) => TSelf.Copy(in x, Inner(in y, padding), batch);

    static void IBackend.ZeroPad2dBackward(int padding, in TensorView dy, in TensorView dx, int batch) => TSelf.Copy(Inner(in dy, padding), in dx, batch);

    // ---- Nothing simpler does these ----

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

    static void IBackend.BatchNormBackward(in TensorView x, FloatBuffer gamma, float epsilon, Epilogue epilogue, FloatBuffer mean, FloatBuffer variance, in TensorView y, in TensorView dy, in TensorView dx, FloatBuffer dGamma, FloatBuffer dBeta, int batch) => throw Missing(nameof(IBackend.BatchNormBackward));

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

    static void IBackend.Dropout(in DropoutKey key, float probability, in TensorView x, in TensorView y, int batch) => throw Missing(nameof(IBackend.Dropout));

    static void IBackend.CrossEntropy(FloatBuffer logits, IntBuffer labels, FloatBuffer dx, FloatBuffer loss, long rows, int classes, float smoothing, int ignore) => throw Missing(nameof(IBackend.CrossEntropy));

    static void IBackend.Hinge(FloatBuffer scores, IntBuffer labels, FloatBuffer dx, FloatBuffer loss, long rows) => throw Missing(nameof(IBackend.Hinge));

    static void IBackend.ElementLoss(ElementLoss kind, float delta, FloatBuffer x, FloatBuffer target, FloatBuffer dx, FloatBuffer loss, long count) => throw Missing(nameof(IBackend.ElementLoss));

    static void IBackend.KLDivergence(FloatBuffer x, FloatBuffer target, FloatBuffer dx, FloatBuffer loss, long rows, int length) => throw Missing(nameof(IBackend.KLDivergence));

    static void IBackend.CountCorrect(FloatBuffer scores, IntBuffer labels, FloatBuffer correct, long rows, int columns, int ignore) => throw Missing(nameof(IBackend.CountCorrect));

    static void IBackend.CountTargetsMet(FloatBuffer logits, FloatBuffer targets, FloatBuffer correct, long count) => throw Missing(nameof(IBackend.CountTargetsMet));

    static void IBackend.CheckGradients(FloatBuffer gradients, long count, FloatBuffer loss, FloatBuffer verdict, long step) => throw Missing(nameof(IBackend.CheckGradients));

    static void IBackend.CheckRunningStatistics(FloatBuffer mean, FloatBuffer variance, long count, float momentum, FloatBuffer runningMean, FloatBuffer runningVariance, int channels, long place, FloatBuffer verdict) => throw Missing(nameof(IBackend.CheckRunningStatistics));

    static void IBackend.GradientNorm(FloatBuffer gradients, long count, FloatBuffer norm) => throw Missing(nameof(IBackend.GradientNorm));

    static void IBackend.Sgd(FloatBuffer parameters, FloatBuffer gradients, FloatBuffer velocity, long count, float rate, float momentum, bool nesterov, in Regularization regularization, FloatBuffer norm, FloatBuffer verdict, long step) => throw Missing(nameof(IBackend.Sgd));

    static void IBackend.Adam(FloatBuffer parameters, FloatBuffer gradients, FloatBuffer mean, FloatBuffer variance, long count, float rate, float beta1, float beta2, float epsilon, bool decoupled, in Regularization regularization, FloatBuffer norm, FloatBuffer verdict, long step) => throw Missing(nameof(IBackend.Adam));

    static void IBackend.RmsProp(FloatBuffer parameters, FloatBuffer gradients, FloatBuffer square, FloatBuffer velocity, long count, float rate, float alpha, float epsilon, float momentum, in Regularization regularization, FloatBuffer norm, FloatBuffer verdict, long step) => throw Missing(nameof(IBackend.RmsProp));

    static void IBackend.Adagrad(FloatBuffer parameters, FloatBuffer gradients, FloatBuffer sum, long count, float rate, float epsilon, in Regularization regularization, FloatBuffer norm, FloatBuffer verdict, long step) => throw Missing(nameof(IBackend.Adagrad));

    private static NotSupportedException Missing(string operation) =>
        new($"{typeof(TSelf).Name} does not have the operation {operation} yet, and none that it could be made of; this network needs it.");

    private static float[] Values(FloatBuffer buffer, int count)
    {
        float[] values = new float[count];
        TSelf.Read(buffer, values);
        return values;
    }

    private static bool IsSame(in TensorView a, in TensorView b) => a.Start.Handle == b.Start.Handle && a.Start.Offset == b.Start.Offset;

    private static TensorView Contiguous(FloatBuffer start, in TensorLayout layout) =>
        new(start, new TensorLayout(layout.Channels, layout.Height, layout.Width));

    /// <summary>The same memory, with a frame of the interior counted to the halo.</summary>
    private static TensorView Inner(in TensorView view, int frame)
    {
        TensorLayout all = view.Layout;
        TensorLayout inner = new(
            all.Channels, all.Height - (2 * frame), all.Width - (2 * frame), all.Top + frame, all.Left + frame, all.Bottom + frame, all.Right + frame);
        return new TensorView(view.Start, in inner);
    }

    private static Conv2dShape OnePixel(int channels, int height, int width, Epilogue epilogue) =>
        new(channels, channels, 1, 1, 1, 1, 0, 0, 1, 1, channels, height, width, ConvAlgorithm.Direct, epilogue);

    private static Conv2dShape Averaging(in PoolShape pool, in TensorLayout output) => new(
        output.Channels,
        output.Channels,
        pool.KernelHeight,
        pool.KernelWidth,
        pool.StrideHeight,
        pool.StrideWidth,
        pool.PaddingHeight,
        pool.PaddingWidth,
        1,
        1,
        output.Channels,
        output.Height,
        output.Width,
        ConvAlgorithm.Direct);

    private static FloatBuffer PrepareAveraging(in Conv2dShape shape)
    {
        float[] taps = new float[(long)shape.OutputChannels * shape.KernelHeight * shape.KernelWidth];
        Array.Fill(taps, 1f / ((long)shape.KernelHeight * shape.KernelWidth));
        FloatBuffer weight = TSelf.Allocate(taps.Length);
        FloatBuffer prepared = TSelf.Allocate(shape.DepthwisePreparedFloats);
        TSelf.Write(taps, weight);
        TSelf.PrepareDepthwiseConv2d(in shape, weight, FloatBuffer.None, prepared);
        TSelf.Free(weight);
        return prepared;
    }
}
