using System;

namespace Dsl.Runtime.Kernels;

/// <summary>A Winograd convolution over a batch with its epilogue and pool, on several threads.</summary>
internal unsafe struct WinogradForward
{
    private const long ForkOperations = 400_000;

    private Conv2dShape shape;
    private WinogradTiles tiles;
    private float* prepared;
    private float* bias;
    private TensorView x;
    private TensorView y;
    private byte* indices;
    private int batch;
    private int rowParts;

    /// <summary>True where bias, epilogue and pool (if any) happen in the output's transform.</summary>
    public static bool PoolsInRegisters(in Conv2dShape shape) =>
        shape.Pool == new PoolShape(2, 2, 2, 2) && GemmEpilogue.IsClamp(shape.Epilogue, out _, out _);

    /// <summary>y = pool(epilogue(x ∗ W + bias)); indices may be null.</summary>
    public static void Run(in Conv2dShape shape, float* prepared, float* bias, in TensorView x, in TensorView y, byte* indices, int batch)
    {
        var work = new WinogradForward { shape = shape, tiles = new WinogradTiles(shape), prepared = prepared, bias = bias, x = x, y = y, indices = indices, batch = batch };
        int parts = work.CutForThreads(ConvForward.Operations(shape) * batch < ForkOperations ? 1 : Compute.Threads);
        if (parts > 1)
            WorkerPool.Run(parts, &RunPart, &work);
        else
            RunPart(&work, 0);
    }

    // A pool that is not just the tile needs its image whole.
    private static bool NeedsImage(in Conv2dShape shape) => shape.Pool.IsGiven && !PoolsInRegisters(shape);

    private int CutForThreads(int threads)
    {
        int groups = (batch + tiles.Images - 1) / tiles.Images;
        if (groups < threads && !NeedsImage(shape) && tiles.Images == 1)
            tiles = tiles with { RowsAtOnce = Math.Max(1, Math.Min(tiles.RowsAtOnce, tiles.Rows * batch / threads)) };
        rowParts = NeedsImage(shape) ? 1 : (tiles.Rows + tiles.RowsAtOnce - 1) / tiles.RowsAtOnce;
        return groups * rowParts;
    }

    private static void RunPart(void* context, int part)
    {
        var work = (WinogradForward*)context;
        int first = part / work->rowParts * work->tiles.Images;
        int images = Math.Min(work->tiles.Images, work->batch - first);
        if (NeedsImage(work->shape))
        {
            work->Pooled(first, images);
            return;
        }

        int row = part % work->rowParts * work->tiles.RowsAtOnce;
        work->Rows(work->y, first, images, row, Math.Min(work->tiles.RowsAtOnce, work->tiles.Rows - row));
        for (int n = first; n < first + images && row == 0; n++)
            Halo.Clear(work->y, n);
    }

    /// <summary>Some images into the workspace, and pooled from there.</summary>
    private readonly void Pooled(int first, int images)
    {
        for (int n = first; n < first + images; n++)
        {
            using Workspace.Scope scope = Workspace.Open();
            TensorView image = ConvImage.Take(new TensorLayout(shape.OutputChannels, shape.ConvHeight, shape.ConvWidth), scope);
            for (int row = 0; row < tiles.Rows; row += tiles.RowsAtOnce)
                Rows(new TensorView(image.Start + -n * image.Layout.SampleStride, image.Layout), n, 1, row, Math.Min(tiles.RowsAtOnce, tiles.Rows - row));
            MaxPooling.Forward(shape.Pool, image, ConvImage.Sample(y, n), indices == null ? null : indices + n * MaxPooling.IndexStride(shape.Pool, y.Layout), 1);
        }
    }

    /// <summary>Rows of tiles of some images, to a view of the convolution's output or, pooled in registers, of the pooled one.</summary>
    private readonly void Rows(in TensorView y, int first, int images, int row, int rows)
    {
        int tiles = images * rows * this.tiles.Columns;
        int inputs = shape.InputChannels;
        int outputs = shape.OutputChannels;
        using Workspace.Scope scope = Workspace.Open();
        nint inputPlane = WinogradTiles.Plane(tiles, inputs);
        nint outputPlane = WinogradTiles.Plane(tiles, outputs);
        float* input = scope.Take(16 * inputPlane);
        float* output = scope.Take(16 * outputPlane);
        for (int i = 0; i < images; i++)
            TransformInput(shape, this.tiles, x, first + i, row, rows, input + (nint)i * rows * this.tiles.Columns * inputs, inputPlane);
        WinogradProducts.Run(input, inputPlane, inputs, prepared, outputs, output, outputPlane, tiles);
        for (int i = 0; i < images; i++)
            TransformOutput(y, first + i, row, rows, output + (nint)i * rows * this.tiles.Columns * outputs, outputPlane);
    }

    /// <summary>Rows of patches of image <paramref name="n"/> to planes.</summary>
    public static void TransformInput(in Conv2dShape shape, in WinogradTiles tiles, in TensorView x, int n, int row, int rows, float* planes, nint plane)
    {
        using Workspace.Scope scope = Workspace.Open();
        TensorLayout layout = x.Layout;
        var halo = new ConvHalo(
            shape.PaddingTop, shape.PaddingLeft, Math.Max(0, 2 * tiles.Rows + 2 - shape.PaddingTop - layout.Height), Math.Max(0, 2 * tiles.Columns + 2 - shape.PaddingLeft - layout.Width));
        ConvImage image = ConvImage.Padded(x, n, halo, scope);
        float* corner = image.Interior - shape.PaddingTop * image.Row - shape.PaddingLeft * shape.InputChannels;
        for (int i = 0; i < rows; i++)
            WinogradRows.Input(corner + 2 * (row + i) * image.Row, image.Row, shape.InputChannels, tiles.Columns, planes + (nint)i * tiles.Columns * shape.InputChannels, plane);
    }

    private readonly void TransformOutput(in TensorView y, int n, int row, int rows, float* planes, nint plane)
    {
        bool isClamp = GemmEpilogue.IsClamp(shape.Epilogue, out float low, out float high);
        (float Low, float High) clamp = (low, high);
        bool pools = PoolsInRegisters(shape);
        int channels = shape.OutputChannels;
        for (int i = row; i < row + rows; i++, planes += (nint)tiles.Columns * channels)
        {
            if (pools)
            {
                if (i < y.Layout.Height)
                    WinogradRows.OutputPooled(planes, plane, channels, bias, clamp, y.Row(n, i), IndexRow(n, i), y.Layout.Width);
                continue;
            }

            bool hasSecond = 2 * i + 1 < shape.ConvHeight;
            WinogradRows.Output(planes, plane, channels, bias, clamp, y.Row(n, 2 * i), y.Layout.RowStride, shape.ConvWidth, hasSecond);
            if (isClamp)
                continue;

            // The clamp was open.
            GemmEpilogue.Apply(shape.Epilogue, y.Row(n, 2 * i), (long)shape.ConvWidth * channels);
            if (hasSecond)
                GemmEpilogue.Apply(shape.Epilogue, y.Row(n, 2 * i + 1), (long)shape.ConvWidth * channels);
        }
    }

    private readonly byte* IndexRow(int n, int row) =>
        indices == null ? null : indices + n * MaxPooling.IndexStride(shape.Pool, y.Layout) + (long)row * y.Layout.Width * y.Layout.Channels;
}
