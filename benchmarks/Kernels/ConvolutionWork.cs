using System;
using Dsl.Runtime;

namespace Dsl.Benchmarks.Kernels;

/// <summary>
/// One 3×3 convolution that keeps its size, as generated code runs it: weights prepared before, input in a halo buffer, no epilogue.
/// </summary>
internal sealed class ConvolutionWork<TBackend> : IDisposable
    where TBackend : IBackend
{
    private readonly Conv2dShape shape;
    private readonly TensorView x;
    private readonly TensorView y;
    private readonly TensorView dy;
    private readonly TensorView dx;
    private readonly FloatBuffer prepared;
    private readonly FloatBuffer preparedBackward;
    private readonly FloatBuffer dWeight;
    private readonly FloatBuffer[] owned;
    private readonly int batch;

    public ConvolutionWork(int batch, int size, int channels, int filters, ConvAlgorithm algorithm)
    {
        this.batch = batch;
        shape = new Conv2dShape(channels, filters, 3, 3, 1, 1, 1, 1, 1, 1, 1, size, size, algorithm);
        var input = new TensorLayout(channels, size, size, 1, 1, 1, 1);
        var output = new TensorLayout(filters, size, size, 1, 1, 1, 1);
        FloatBuffer weight = TBackend.Allocate(9L * channels * filters);
        prepared = TBackend.Allocate(shape.PreparedFloats);
        preparedBackward = TBackend.Allocate(shape.PreparedBackwardFloats);
        dWeight = TBackend.Allocate(9L * channels * filters);
        x = new TensorView(TBackend.Allocate(input.SampleStride * batch), input);
        dx = new TensorView(TBackend.Allocate(input.SampleStride * batch), input);
        y = new TensorView(TBackend.Allocate(output.SampleStride * batch), output);
        dy = new TensorView(TBackend.Allocate(output.SampleStride * batch), output);
        owned = [weight, prepared, preparedBackward, dWeight, x.Start, dx.Start, y.Start, dy.Start];
        var random = new Random(1);
        Fill(random, weight, 9 * channels * filters);
        FillView(random, x);
        FillView(random, dy);
        TBackend.PrepareConv2d(shape, weight, FloatBuffer.None, prepared);
        TBackend.PrepareConv2dBackward(shape, weight, preparedBackward);
        TBackend.Conv2d(shape, prepared, FloatBuffer.None, x, y, FloatBuffer.None, batch);
    }

    public void Forward() => TBackend.Conv2d(shape, prepared, FloatBuffer.None, x, y, FloatBuffer.None, batch);

    public void InputGradient() =>
        TBackend.Conv2dBackward(shape, preparedBackward, x, y, FloatBuffer.None, dy, dx, FloatBuffer.None, FloatBuffer.None, batch);

    public void WeightGradient() =>
        TBackend.Conv2dBackward(shape, preparedBackward, x, y, FloatBuffer.None, dy, default, dWeight, FloatBuffer.None, batch);

    public void Dispose()
    {
        foreach (FloatBuffer buffer in owned)
        {
            if (!buffer.IsNone)
                TBackend.Free(buffer);
        }
    }

    private static void Fill(Random random, FloatBuffer buffer, int count)
    {
        var values = new float[count];
        for (int i = 0; i < count; i++)
            values[i] = random.NextSingle() - 0.5f;
        TBackend.Write(values, buffer);
    }

    /// <summary>Fills the interior; the halo stays the zeros of a fresh buffer.</summary>
    private void FillView(Random random, TensorView view)
    {
        TensorLayout layout = view.Layout;
        for (int n = 0; n < batch; n++)
        {
            for (int h = 0; h < layout.Height; h++)
                Fill(random, view.Start + (n * layout.SampleStride + layout.Origin + (long)h * layout.RowStride), layout.Width * layout.Channels);
        }
    }
}
