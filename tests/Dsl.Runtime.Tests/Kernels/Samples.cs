using System;
using System.Collections.Generic;
using System.Runtime.InteropServices;

namespace Dsl.Runtime.Tests.Kernels;

/// <summary>
/// Native memory for kernel tests: views with random halos full of garbage, and guard values around everything, so that a kernel that leaves
/// a halo dirty or touches its neighbours is found.
/// </summary>
internal sealed unsafe class Samples(int seed) : IDisposable
{
    private const int Guard = 64;
    private const float GuardValue = 12345.678f;
    private readonly List<(nint Memory, long Count)> blocks = [];

    public Random Random { get; } = new(seed);

    public FloatBuffer Floats(long count, Func<int, float>? value = null)
    {
        float* memory = (float*)NativeMemory.AlignedAlloc((nuint)(count + 2 * Guard) * sizeof(float), 64);
        new Span<float>(memory, (int)count + 2 * Guard).Fill(GuardValue);
        blocks.Add(((nint)memory, count));
        for (int i = 0; i < count; i++)
        {
            memory[Guard + i] = value == null ? float.NaN : value(i);
        }

        return new FloatBuffer((nint)(memory + Guard));
    }

    public FloatBuffer Normal(long count, float scale = 1) => Floats(count, _ => scale * Normal());

    public IntBuffer Ints(int count, Func<int, int> value)
    {
        int* p = (int*)Floats(count).Pointer;
        for (int i = 0; i < count; i++)
        {
            p[i] = value(i);
        }

        return new IntBuffer((nint)p);
    }

    /// <summary>A view of uninitialised (NaN) memory; with a random halo where <paramref name="halo"/>.</summary>
    public TensorView View(int batch, int channels, int height, int width, bool halo)
    {
        TensorLayout layout = halo
            ? new(channels, height, width, Random.Next(3), Random.Next(3), Random.Next(3), Random.Next(3))
            : new(channels, height, width);
        return new TensorView(Floats(batch * layout.SampleStride), layout);
    }

    /// <summary>A view with normally distributed values, and zeros in its halo.</summary>
    public TensorView NormalView(int batch, int channels, int height, int width, bool halo, float scale = 1)
    {
        TensorView view = View(batch, channels, height, width, halo);
        long total = batch * view.Layout.SampleStride;
        new Span<float>(view.Start.Pointer, (int)total).Clear();
        ForEach(view, batch, (ref float v, int _) => v = scale * Normal());
        return view;
    }

    public delegate void Visit(ref float value, int index);

    /// <summary>Visits the interior in N×H×W×C order.</summary>
    public static void ForEach(in TensorView view, int batch, Visit visit)
    {
        int index = 0;
        for (int n = 0; n < batch; n++)
        {
            for (int h = 0; h < view.Layout.Height; h++)
            {
                for (int i = 0; i < view.Layout.Width * view.Layout.Channels; i++)
                {
                    visit(ref view.Interior[n * view.Layout.SampleStride + h * view.Layout.RowStride + i], index++);
                }
            }
        }
    }

    /// <summary>The interior in N×H×W×C order.</summary>
    public static float[] Values(in TensorView view, int batch)
    {
        float[] values = new float[batch * view.Layout.Count];
        ForEach(view, batch, (ref float v, int i) => values[i] = v);
        return values;
    }

    /// <summary>Throws unless everything outside the interior is zero.</summary>
    public static void HaloIsZero(in TensorView view, int batch)
    {
        TensorLayout layout = view.Layout;
        int columns = layout.Left + layout.Width + layout.Right;
        for (long i = 0; i < batch * layout.SampleStride; i++)
        {
            long inSample = i % layout.SampleStride;
            int h = (int)(inSample / layout.RowStride) - layout.Top;
            int w = (int)(inSample % layout.RowStride / layout.Channels) - layout.Left;
            bool inside = h >= 0 && h < layout.Height && w >= 0 && w < layout.Width;
            Xunit.Assert.True(inside || view.Start.Pointer[i] == 0, $"halo is {view.Start.Pointer[i]} at row {h}, column {w} of {layout.Height}×{layout.Width} ({columns} columns)");
        }
    }

    public static float[] Values(FloatBuffer buffer, long count) => new Span<float>(buffer.Pointer, (int)count).ToArray();

    /// <summary>Throws unless |actual - expected| ≤ tolerance·(1 + |expected|) everywhere; NaN and infinities must agree.</summary>
    public static void Close(ReadOnlySpan<float> actual, Func<int, double> expected, double tolerance = 2e-6)
    {
        for (int i = 0; i < actual.Length; i++)
        {
            double e = expected(i);
            bool same = double.IsFinite(e) ? Math.Abs(actual[i] - e) <= tolerance * (1 + Math.Abs(e)) : actual[i].Equals((float)e);
            Xunit.Assert.True(same, $"element {i} of {actual.Length}: got {actual[i]:G9}, want {e:G9}");
        }
    }

    public float Normal() => (float)(Math.Sqrt(-2 * Math.Log(1 - Random.NextDouble())) * Math.Cos(2 * Math.PI * Random.NextDouble()));

    public void Dispose()
    {
        bool intact = true;
        foreach ((nint memory, long count) in blocks)
        {
            float* p = (float*)memory;
            for (int i = 0; i < Guard; i++)
            {
                intact &= p[i] == GuardValue && p[Guard + count + i] == GuardValue;
            }

            NativeMemory.AlignedFree(p);
        }

        Xunit.Assert.True(intact, "a kernel wrote outside its buffers");
    }
}
