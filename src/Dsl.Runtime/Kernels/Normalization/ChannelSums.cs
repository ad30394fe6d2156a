using System;
using System.Runtime.CompilerServices;

namespace Dsl.Runtime.Kernels;

/// <summary>
/// Two sums per channel over a run of pixels, added to accumulators of C floats each: first sum, its rounding error, second sum, its error.
/// </summary>
internal static unsafe class ChannelSums
{
    /// <summary>Accumulators of C floats each: two sums, and the errors of both.</summary>
    public const int Accumulators = 4;

    /// <summary>A channel's first (0) or second (1) sum over the accumulators of several parts, one after the other.</summary>
    public static double Total(float* sums, int parts, int channels, int c, int which)
    {
        double total = 0;
        for (int part = 0; part < parts; part++)
        {
            float* p = sums + ((long)part * Accumulators + 2 * which) * channels + c;
            total += (double)p[0] + p[channels];
        }

        return total;
    }

    /// <summary>Adds Σ (x - pivot) and Σ (x - pivot)².</summary>
    public static void Moments(float* x, float* pivot, float* sums, int pixels, int channels)
        => VectorWidth.Run(new MomentsKernel(x, pivot, sums, pixels, channels));

    /// <summary>dy becomes g = dy·F'(saved); adds Σ g and Σ g·(x - mean).</summary>
    public static void Gradients<F>(float* x, float* mean, float* saved, float* dy, float* sums, int pixels, int channels, float parameter)
        where F : struct, IActivation
        => VectorWidth.Run(new GradientsKernel<F>(x, mean, saved, dy, sums, pixels, channels, parameter));

    /// <summary>Adds Σ g and Σ g·(x - mean), with g as <see cref="ChannelMaps.LineGradient"/> forms it; dy stays.</summary>
    public static void LineGradients<F>(float* x, float* mean, float* scale, float* shift, float* dy, float* sums, int pixels, int channels, float parameter)
        where F : struct, IActivation
        => VectorWidth.Run(new LineGradientsKernel<F>(x, mean, scale, shift, dy, sums, pixels, channels, parameter));

    [MethodImpl(MethodImplOptions.AggressiveOptimization | MethodImplOptions.NoInlining)]
    private static void Moments<V>(float* x, float* pivot, float* sums, int pixels, int channels)
        where V : unmanaged, ISimd<V>
    {
        for (int c = 0; c < channels; c += V.Count)
        {
            int lanes = Math.Min(V.Count, channels - c);
            V p = Lanes.Load<V>(pivot + c, lanes);

            // Two chains of each sum hide the latency of the additions.
            V a0 = V.Zero, b0 = V.Zero, a1 = V.Zero, b1 = V.Zero;
            nint end = (nint)pixels * channels;
            nint i = c;
            if (lanes == V.Count)
            {
                for (; i < end - channels; i += 2 * (nint)channels)
                {
                    V d0 = V.Load(x + i) - p;
                    V d1 = V.Load(x + i + channels) - p;
                    a0 += d0;
                    b0 = V.MultiplyAdd(d0, d0, b0);
                    a1 += d1;
                    b1 = V.MultiplyAdd(d1, d1, b1);
                }
            }

            for (; i < end; i += channels)
            {
                V d = Lanes.Load<V>(x + i, lanes) - p;
                a0 += d;
                b0 = V.MultiplyAdd(d, d, b0);
            }

            AddExactly(sums + c, channels, a0 + a1, lanes);
            AddExactly(sums + 2 * channels + c, channels, b0 + b1, lanes);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization | MethodImplOptions.NoInlining)]
    private static void Gradients<F, V>(float* x, float* mean, float* saved, float* dy, float* sums, int pixels, int channels, float parameter)
        where F : struct, IActivation
        where V : unmanaged, ISimd<V>
    {
        bool isIdentity = typeof(F) == typeof(Activation.Identity);
        V p = V.Create(parameter);
        for (int c = 0; c < channels; c += V.Count)
        {
            int lanes = Math.Min(V.Count, channels - c);
            V m = Lanes.Load<V>(mean + c, lanes);
            V a = V.Zero, b = V.Zero;
            nint end = (nint)pixels * channels;
            for (nint i = c; i < end; i += channels)
            {
                V g = Lanes.Load<V>(dy + i, lanes);
                if (!isIdentity)
                {
                    g = F.Backward(Lanes.Load<V>(saved + i, lanes), g, p);
                    g.StoreLanes(dy + i, lanes);
                }

                a += g;
                b = V.MultiplyAdd(g, Lanes.Load<V>(x + i, lanes) - m, b);
            }

            AddExactly(sums + c, channels, a, lanes);
            AddExactly(sums + 2 * channels + c, channels, b, lanes);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization | MethodImplOptions.NoInlining)]
    private static void LineGradients<F, V>(float* x, float* mean, float* scale, float* shift, float* dy, float* sums, int pixels, int channels, float parameter)
        where F : struct, IActivation
        where V : unmanaged, ISimd<V>
    {
        V p = V.Create(parameter);
        for (int c = 0; c < channels; c += V.Count)
        {
            int lanes = Math.Min(V.Count, channels - c);
            V m = Lanes.Load<V>(mean + c, lanes);
            V factor = Lanes.Load<V>(scale + c, lanes);
            V offset = Lanes.Load<V>(shift + c, lanes);
            V a = V.Zero, b = V.Zero;
            nint end = (nint)pixels * channels;
            if (lanes == V.Count)
            {
                for (nint i = c; i < end; i += channels)
                {
                    V centred = V.Load(x + i) - m;
                    V g = ChannelMaps.LineGradient<F, V>(centred, factor, offset, V.Load(dy + i), p);
                    a += g;
                    b = V.MultiplyAdd(g, centred, b);
                }
            }
            else
            {
                for (nint i = c; i < end; i += channels)
                {
                    V centred = V.LoadFirst(x + i, lanes) - m;
                    V g = ChannelMaps.LineGradient<F, V>(centred, factor, offset, V.LoadFirst(dy + i, lanes), p);
                    a += g;
                    b = V.MultiplyAdd(g, centred, b);
                }
            }

            AddExactly(sums + c, channels, a, lanes);
            AddExactly(sums + 2 * channels + c, channels, b, lanes);
        }
    }

    // Knuth's two-sum: what rounding takes from the sum goes into the error.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void AddExactly<V>(float* sum, int toError, V value, int lanes)
        where V : unmanaged, ISimd<V>
    {
        V old = Lanes.Load<V>(sum, lanes);
        V next = old + value;
        V taken = next - old;
        V error = (old - (next - taken)) + (value - taken);
        next.StoreLanes(sum, lanes);
        (Lanes.Load<V>(sum + toError, lanes) + error).StoreLanes(sum + toError, lanes);
    }

    private readonly struct MomentsKernel(float* x, float* pivot, float* sums, int pixels, int channels) : IWidthKernel
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public void Run<V>()
            where V : unmanaged, ISimd<V>
            => Moments<V>(x, pivot, sums, pixels, channels);
    }

    private readonly struct GradientsKernel<F>(
        float* x, float* mean, float* saved, float* dy, float* sums, int pixels, int channels, float parameter)
        : IWidthKernel
        where F : struct, IActivation
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public void Run<V>()
            where V : unmanaged, ISimd<V>
            => Gradients<F, V>(x, mean, saved, dy, sums, pixels, channels, parameter);
    }

    private readonly struct LineGradientsKernel<F>(
        float* x, float* mean, float* scale, float* shift, float* dy, float* sums, int pixels, int channels, float parameter)
        : IWidthKernel
        where F : struct, IActivation
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public void Run<V>()
            where V : unmanaged, ISimd<V>
            => LineGradients<F, V>(x, mean, scale, shift, dy, sums, pixels, channels, parameter);
    }
}
