using System;

namespace Dsl.Runtime.Kernels;

/// <summary>
/// A convolution over a batch with its epilogue and pool, on several threads: parts are images or, for few images, bands of their rows. Where a pool follows,
/// some rows are convolved into the workspace and pooled from there while they are hot.
/// </summary>
internal unsafe struct ConvForward
{
    // Rows before the pool are kept to about what L1 and a little of L2 hold.
    private const int BandFloats = 24 * 1024;

    // As for a product: below this many operations an image is not cut, nor a batch spread.
    private const long ForkOperations = 400_000;

    private Conv2dShape shape;
    private float* prepared;
    private float* bias;
    private TensorView x;
    private TensorView y;
    private byte* indices;
    private int bands;
    private bool isDepthwise;

    /// <summary>y = pool(epilogue(x ∗ W + bias)); indices may be null.</summary>
    public static void Run(in Conv2dShape shape, float* prepared, float* bias, in TensorView x, in TensorView y, byte* indices, int batch, bool isDepthwise = false)
    {
        if (WinogradChoice.Takes(shape))
        {
            WinogradForward.Run(shape, prepared, bias, x, y, indices, batch);
            return;
        }

        var work = new ConvForward { shape = shape, prepared = prepared, bias = bias, x = x, y = y, indices = indices, bands = 1, isDepthwise = isDepthwise };
        int threads = Operations(shape, isDepthwise) * batch < ForkOperations ? 1 : Compute.Threads;
        if (threads > batch && CutsRows(shape))
            work.bands = Math.Min(threads, y.Layout.Height);
        if (threads == 1)
        {
            for (int part = 0; part < batch; part++)
                RunPart(&work, part);
        }
        else
        {
            WorkerPool.Run(batch * work.bands, &RunPart, &work);
        }
    }

    /// <summary>Multiplications and additions for one image.</summary>
    public static long Operations(in Conv2dShape shape, bool isDepthwise = false) =>
        2L * shape.ConvHeight * shape.ConvWidth * shape.OutputChannels * (isDepthwise ? shape.KernelHeight * shape.KernelWidth : ConvWeights.ForwardDepth(shape));

    // Windows that neither overlap nor reach outside: pooled rows then need only rows of their own.
    private static bool CutsRows(in Conv2dShape shape) =>
        !shape.Pool.IsGiven || (shape.Pool is { PaddingHeight: 0 } && shape.Pool.StrideHeight >= shape.Pool.KernelHeight);

    private static void RunPart(void* context, int part)
    {
        var work = (ConvForward*)context;
        int n = part / work->bands;
        int band = part % work->bands;
        int height = work->y.Layout.Height;
        using Workspace.Scope scope = Workspace.Open();
        ConvImage x = ConvImage.Padded(work->x, n, ConvHalo.Forward(work->shape, work->x.Layout.Height, work->x.Layout.Width), scope);
        int first = height * band / work->bands;
        int end = height * (band + 1) / work->bands;
        if (work->shape.Pool.IsGiven)
            work->Pooled(x, n, first, end);
        else
            work->Rows(x, n, first, end);
        if (band == 0)
            Halo.Clear(work->y, n);
    }

    private readonly void Rows(in ConvImage x, int n, int first, int end)
    {
        TensorLayout layout = this.y.Layout;
        float* y = this.y.Interior + n * layout.SampleStride;
        if (isDepthwise)
            DepthwiseConv.Forward(shape, prepared, bias, x, y, layout.RowStride, first, end);
        else
            ConvDirect.Forward(shape, prepared, bias, x, y, layout.RowStride, first, end);
        if (isDepthwise ? GemmEpilogue.IsClamp(shape.Epilogue, out _, out _) : GemmEpilogue.IsInTile(shape.Epilogue))
            return;

        for (int row = first; row < end; row++)
            GemmEpilogue.Apply(shape.Epilogue, y + (nint)row * layout.RowStride, (long)layout.Width * layout.Channels);
    }

    private readonly void Pooled(in ConvImage x, int n, int first, int end)
    {
        PoolShape pool = shape.Pool;
        nint convRow = (nint)shape.ConvWidth * shape.OutputChannels;
        int step = CutsRows(shape) ? (int)Math.Clamp(BandFloats / (convRow * pool.StrideHeight), 1, end - first) : end - first;
        for (int row = first; row < end; row += step)
        {
            int last = Math.Min(row + step, end);
            int convFirst = CutsRows(shape) ? row * pool.StrideHeight : 0;
            int convEnd = CutsRows(shape) ? (last - 1) * pool.StrideHeight + pool.KernelHeight : shape.ConvHeight;
            using Workspace.Scope scope = Workspace.Open();
            TensorView rows = ConvImage.Take(new TensorLayout(shape.OutputChannels, convEnd - convFirst, shape.ConvWidth), scope);
            float* values = rows.Interior;
            ConvDirect.Forward(shape, prepared, bias, x, values - convFirst * convRow, convRow, convFirst, convEnd);
            GemmEpilogue.Finish(shape.Epilogue, values, (convEnd - convFirst) * convRow);
            MaxPooling.Forward(pool, rows, PooledRows(n, row, last), IndexRows(n, row), 1);
        }
    }

    /// <summary>Rows of an image of y as an image without rows of zeros above and below: clearing its halo leaves what lies around it alone.</summary>
    private readonly TensorView PooledRows(int n, int first, int end)
    {
        TensorLayout all = y.Layout;
        var layout = new TensorLayout(all.Channels, end - first, all.Width, 0, all.Left, 0, all.Right);
        return new TensorView(y.Start + (n * all.SampleStride + (long)(all.Top + first) * all.RowStride), layout);
    }

    private readonly byte* IndexRows(int n, int first)
    {
        if (indices == null)
            return null;

        return indices + n * MaxPooling.IndexStride(shape.Pool, y.Layout) + (long)first * y.Layout.Width * y.Layout.Channels * shape.Pool.IndexBytes;
    }
}
