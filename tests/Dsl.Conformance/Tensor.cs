using System;
using Dsl.Runtime;

namespace Dsl.Conformance;

/// <summary>A batch of samples in the reference backend's memory, by element; see <see cref="TensorView"/>.</summary>
internal readonly struct Tensor
{
    public Tensor(in Values values, in TensorLayout layout, int batch)
    {
        Values = values;
        Layout = layout;
        Batch = batch;
    }

    public Values Values { get; }

    public TensorLayout Layout { get; }

    public int Batch { get; }

    public int Height => Layout.Height;

    public int Width => Layout.Width;

    public int Channels => Layout.Channels;

    public double this[int sample, int row, int column, int channel]
    {
        get => Values[At(sample, row, column, channel)];
        set
        {
            var values = Values;
            values[At(sample, row, column, channel)] = value;
        }
    }

    /// <summary>Sets every element of the interior, in contiguous order, and zeroes the halo.</summary>
    public void Set(Func<int, int, int, int, double> element)
    {
        ZeroHalo();
        var self = this;
        ForEach((n, h, w, c) => self[n, h, w, c] = element(n, h, w, c));
    }

    public void ForEach(Action<int, int, int, int> action)
    {
        for (int n = 0; n < Batch; n++)
        {
            for (int h = 0; h < Height; h++)
            {
                for (int w = 0; w < Width; w++)
                {
                    for (int c = 0; c < Channels; c++)
                        action(n, h, w, c);
                }
            }
        }
    }

    public void ZeroHalo()
    {
        var values = Values;
        ForEachHaloElement(index => values[index] = 0);
    }

    /// <summary>Throws when the ring is not zero: whoever wrote this tensor, or something after it, broke the convention.</summary>
    public void RequireZeroHalo(string name)
    {
        var values = Values;
        ForEachHaloElement(index =>
        {
            if (values[index] != 0)
                throw new InvalidOperationException($"The halo of {name} holds {values[index]} at float {index} of its view, not 0.");
        });
    }

    /// <summary>Fills the interior with NaN: what an operation may overwrite, this backend does overwrite.</summary>
    public void Destroy()
    {
        var self = this;
        ForEach((n, h, w, c) => self[n, h, w, c] = double.NaN);
    }

    private long At(int sample, int row, int column, int channel)
    {
        if ((uint)sample >= (uint)Batch || (uint)row >= (uint)Height || (uint)column >= (uint)Width || (uint)channel >= (uint)Channels)
            throw new ArgumentOutOfRangeException(nameof(sample), $"Element ({sample}, {row}, {column}, {channel}) is outside the tensor.");
        return (sample * Layout.SampleStride) + Layout.Origin + ((long)row * Layout.RowStride) + ((long)column * Channels) + channel;
    }

    private void ForEachHaloElement(Action<long> action)
    {
        if (Layout.IsContiguous)
            return;
        for (long index = 0; index < Batch * Layout.SampleStride; index++)
        {
            long within = index % Layout.SampleStride;
            long row = (within / Layout.RowStride) - Layout.Top;
            long column = (within % Layout.RowStride / Channels) - Layout.Left;
            if (row < 0 || row >= Height || column < 0 || column >= Width)
                action(index);
        }
    }
}
