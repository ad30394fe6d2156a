namespace Dsl.Runtime.Kernels;

/// <summary>A transposed convolution over a batch, an image a part: the direct gradient of a convolution's input, with bias and epilogue behind it.</summary>
internal unsafe struct ConvTranspose
{
    // As for a convolution: below this many operations a batch is not spread.
    private const long ForkOperations = 400_000;

    private Conv2dShape shape;
    private float* prepared;
    private float* bias;
    private TensorView x;
    private TensorView y;

    /// <summary>y = epilogue(the gradient of the input of the convolution, where that of its output is x, + bias).</summary>
    public static void Run(in Conv2dShape shape, float* prepared, float* bias, in TensorView x, in TensorView y, int batch)
    {
        var work = new ConvTranspose { shape = shape, prepared = prepared, bias = bias, x = x, y = y };
        if (ConvForward.Operations(shape) * batch >= ForkOperations)
        {
            WorkerPool.Run(batch, &RunImage, &work);
            return;
        }

        for (int n = 0; n < batch; n++)
            RunImage(&work, n);
    }

    private static void RunImage(void* context, int n)
    {
        var work = (ConvTranspose*)context;
        Conv2dShape shape = work->shape;
        TensorLayout layout = work->y.Layout;
        using Workspace.Scope scope = Workspace.Open();
        ConvImage x = ConvImage.Padded(work->x, n, ConvHalo.Backward(shape, layout.Height, layout.Width), scope);
        float* y = work->y.Interior + n * layout.SampleStride;
        ConvDirect.Backward(shape, work->prepared, x, y, layout.RowStride, layout.Height, layout.Width, work->bias, GemmEpilogue.InTile(shape.Epilogue));
        for (int row = 0; row < layout.Height; row++)
            GemmEpilogue.Finish(shape.Epilogue, y + (nint)row * layout.RowStride, (long)layout.Width * layout.Channels);
        Halo.Clear(work->y, n);
    }
}
