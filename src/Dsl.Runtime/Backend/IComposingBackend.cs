using System;

namespace Dsl.Runtime;

/// <summary>A backend that lacks no operation of which nothing simpler is made. The rest is made of those here, where that is exact in meaning.</summary>
/// <remarks>
/// What is made of others is a beginning, not a goal: it may take memory at each call. A complete backend implements <see cref="IBackend"/> itself and
/// meets none of this. An operation that the backend has stands before the one here; that of others, if they use it, goes the same way.
/// </remarks>
/// <typeparam name="TSelf">The backend itself.</typeparam>
public interface IComposingBackend<TSelf> : IBackend
    where TSelf : struct, IComposingBackend<TSelf>
{
    // C# runs on the host: rows are brought there and back.
    static void IBackend.OwnRows(RowLayer layer, FloatBuffer parameters, FloatBuffer x, FloatBuffer y, long rows) =>
        HostRows<TSelf>.Forward(layer, parameters, x, y, rows);

    static void IBackend.OwnRowsBackward(RowLayer layer, FloatBuffer parameters, FloatBuffer x, FloatBuffer y, FloatBuffer dy, FloatBuffer dx, FloatBuffer dParameters, long rows) =>
        HostRows<TSelf>.Backward(layer, parameters, x, y, dy, dx, dParameters, rows);

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

    static void IBackend.BatchNormAdd(in TensorView x, in TensorView addend, FloatBuffer gamma, FloatBuffer beta, float epsilon, Epilogue epilogue, FloatBuffer mean, FloatBuffer variance, in TensorView y, int batch)
    {
        TSelf.BatchNorm(in x, gamma, beta, epsilon, default, mean, variance, in y, batch);
        TSelf.Accumulate(in addend, in y, batch);
        TSelf.Unary(epilogue, in y, in y, batch);
    }

    static void IBackend.BatchNormAddBackward(in TensorView x, FloatBuffer gamma, float epsilon, Epilogue epilogue, FloatBuffer mean, FloatBuffer variance, in TensorView y, in TensorView dy, in TensorView dx, FloatBuffer dGamma, FloatBuffer dBeta, int batch)
    {
        if (epilogue.Function != UnaryFunction.Identity)
            TSelf.UnaryBackward(epilogue, default, in y, in dy, in dy, batch);
        FloatBuffer copied = TSelf.Allocate(dy.Layout.Count * batch);
        try
        {
            // What a batch norm may overwrite is wanted afterwards.
            TensorView gradient = Contiguous(copied, dy.Layout);
            TSelf.Copy(in dy, in gradient, batch);
            TSelf.BatchNormBackward(in x, gamma, FloatBuffer.None, epsilon, default, mean, variance, default, in gradient, in dx, dGamma, dBeta, batch);
        }
        finally
        {
            TSelf.Free(copied);
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
