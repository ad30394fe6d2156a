using System;
using System.Runtime.CompilerServices;

namespace Dsl.Runtime.Kernels;

/// <summary>
/// Maps over runs of pixels with factors of their own for each channel: a vector of channels keeps its factors in registers while it walks down the
/// pixels. Results may lie over operands.
/// </summary>
internal static unsafe class ChannelMaps
{
    /// <summary>y = F((x - mean)·scale + shift); mean null: F(x·scale + shift).</summary>
    public static void Line<F>(float* x, float* y, float* mean, float* scale, float* shift, int pixels, int channels, float parameter)
        where F : struct, IActivation
        => VectorWidth.Run(new LineKernel<F>(x, y, mean, scale, shift, pixels, channels, parameter));

    /// <summary>y = F((x - mean)·scale + shift + addend)</summary>
    public static void LineAdd<F>(float* x, float* addend, float* y, float* mean, float* scale, float* shift, int pixels, int channels, float parameter)
        where F : struct, IActivation
        => VectorWidth.Run(new LineAddKernel<F>(x, addend, y, mean, scale, shift, pixels, channels, parameter));

    /// <summary>dx = dy·F'(saved)·scale</summary>
    public static void ScaledGradient<F>(float* saved, float* dy, float* dx, float* scale, int pixels, int channels, float parameter)
        where F : struct, IActivation
        => VectorWidth.Run(new ScaledGradientKernel<F>(saved, dy, dx, scale, pixels, channels, parameter));

    /// <summary>dx = ofGradient·g + ofInput·(x - mean) + constant</summary>
    public static void InputGradient(float* x, float* g, float* dx, float* mean, float* ofGradient, float* ofInput, float* constant, int pixels, int channels)
        => InputGradient<Activation.Identity>(x, g, dx, mean, null, null, ofGradient, ofInput, constant, pixels, channels, 0);

    /// <summary>The same, with g as <see cref="LineGradient"/> forms it.</summary>
    public static void InputGradient<F>(
        float* x, float* dy, float* dx, float* mean, float* scale, float* shift, float* ofGradient, float* ofInput, float* constant, int pixels, int channels, float parameter)
        where F : struct, IActivation
        => VectorWidth.Run(new InputGradientKernel<F>(x, dy, dx, mean, scale, shift, ofGradient, ofInput, constant, pixels, channels, parameter));

    /// <summary>g = dy·F'(y), where y = F(centred·scale + shift) is formed again as <c>Line</c> formed it, to the bit; the identity needs no y.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static V LineGradient<F, V>(V centred, V scale, V shift, V dy, V parameter)
        where F : struct, IActivation
        where V : unmanaged, ISimd<V>
        => typeof(F) == typeof(Activation.Identity) ? dy : F.Backward(F.Apply(V.MultiplyAdd(centred, scale, shift), parameter), dy, parameter);

    [MethodImpl(MethodImplOptions.AggressiveOptimization | MethodImplOptions.NoInlining)]
    private static void Line<F, V>(float* x, float* y, float* mean, float* scale, float* shift, int pixels, int channels, float parameter)
        where F : struct, IActivation
        where V : unmanaged, ISimd<V>
    {
        V p = V.Create(parameter);
        for (int c = 0; c < channels; c += V.Count)
        {
            int lanes = Math.Min(V.Count, channels - c);
            V m = mean == null ? V.Zero : Lanes.Load<V>(mean + c, lanes);
            V factor = Lanes.Load<V>(scale + c, lanes);
            V offset = Lanes.Load<V>(shift + c, lanes);
            nint end = (nint)pixels * channels;
            if (lanes == V.Count)
            {
                for (nint i = c; i < end; i += channels)
                    F.Apply(V.MultiplyAdd(V.Load(x + i) - m, factor, offset), p).Store(y + i);
            }
            else
            {
                for (nint i = c; i < end; i += channels)
                    F.Apply(V.MultiplyAdd(V.LoadFirst(x + i, lanes) - m, factor, offset), p).StoreFirst(y + i, lanes);
            }
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization | MethodImplOptions.NoInlining)]
    private static void LineAdd<F, V>(float* x, float* addend, float* y, float* mean, float* scale, float* shift, int pixels, int channels, float parameter)
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
            nint end = (nint)pixels * channels;
            for (nint i = c; i < end; i += channels)
                F.Apply(V.MultiplyAdd(Lanes.Load<V>(x + i, lanes) - m, factor, offset) + Lanes.Load<V>(addend + i, lanes), p).StoreLanes(y + i, lanes);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization | MethodImplOptions.NoInlining)]
    private static void ScaledGradient<F, V>(float* saved, float* dy, float* dx, float* scale, int pixels, int channels, float parameter)
        where F : struct, IActivation
        where V : unmanaged, ISimd<V>
    {
        V p = V.Create(parameter);
        for (int c = 0; c < channels; c += V.Count)
        {
            int lanes = Math.Min(V.Count, channels - c);
            V factor = Lanes.Load<V>(scale + c, lanes);
            nint end = (nint)pixels * channels;
            for (nint i = c; i < end; i += channels)
                (F.Backward(Lanes.Load<V>(saved + i, lanes), Lanes.Load<V>(dy + i, lanes), p) * factor).StoreLanes(dx + i, lanes);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization | MethodImplOptions.NoInlining)]
    private static void InputGradient<F, V>(
        float* x, float* dy, float* dx, float* mean, float* scale, float* shift, float* ofGradient, float* ofInput, float* constant, int pixels, int channels, float parameter)
        where F : struct, IActivation
        where V : unmanaged, ISimd<V>
    {
        bool isIdentity = typeof(F) == typeof(Activation.Identity);
        V p = V.Create(parameter);
        for (int c = 0; c < channels; c += V.Count)
        {
            int lanes = Math.Min(V.Count, channels - c);
            V m = Lanes.Load<V>(mean + c, lanes);
            V factor = isIdentity ? V.Zero : Lanes.Load<V>(scale + c, lanes);
            V offset = isIdentity ? V.Zero : Lanes.Load<V>(shift + c, lanes);
            V a = Lanes.Load<V>(ofGradient + c, lanes);
            V b = Lanes.Load<V>(ofInput + c, lanes);
            V d = Lanes.Load<V>(constant + c, lanes);
            nint end = (nint)pixels * channels;
            if (lanes == V.Count)
            {
                for (nint i = c; i < end; i += channels)
                {
                    V centred = V.Load(x + i) - m;
                    V g = LineGradient<F, V>(centred, factor, offset, V.Load(dy + i), p);
                    V.MultiplyAdd(a, g, V.MultiplyAdd(b, centred, d)).Store(dx + i);
                }
            }
            else
            {
                for (nint i = c; i < end; i += channels)
                {
                    V centred = V.LoadFirst(x + i, lanes) - m;
                    V g = LineGradient<F, V>(centred, factor, offset, V.LoadFirst(dy + i, lanes), p);
                    V.MultiplyAdd(a, g, V.MultiplyAdd(b, centred, d)).StoreFirst(dx + i, lanes);
                }
            }
        }
    }

    private readonly struct LineKernel<F>(float* x, float* y, float* mean, float* scale, float* shift, int pixels, int channels, float parameter) : IWidthKernel
        where F : struct, IActivation
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public void Run<V>()
            where V : unmanaged, ISimd<V>
            => Line<F, V>(x, y, mean, scale, shift, pixels, channels, parameter);
    }

    private readonly struct LineAddKernel<F>(
        float* x, float* addend, float* y, float* mean, float* scale, float* shift, int pixels, int channels, float parameter)
        : IWidthKernel
        where F : struct, IActivation
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public void Run<V>()
            where V : unmanaged, ISimd<V>
            => LineAdd<F, V>(x, addend, y, mean, scale, shift, pixels, channels, parameter);
    }

    private readonly struct ScaledGradientKernel<F>(float* saved, float* dy, float* dx, float* scale, int pixels, int channels, float parameter) : IWidthKernel
        where F : struct, IActivation
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public void Run<V>()
            where V : unmanaged, ISimd<V>
            => ScaledGradient<F, V>(saved, dy, dx, scale, pixels, channels, parameter);
    }

    private readonly struct InputGradientKernel<F>(
        float* x, float* dy, float* dx, float* mean, float* scale, float* shift, float* ofGradient, float* ofInput, float* constant, int pixels, int channels, float parameter)
        : IWidthKernel
        where F : struct, IActivation
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public void Run<V>()
            where V : unmanaged, ISimd<V>
            => InputGradient<F, V>(x, dy, dx, mean, scale, shift, ofGradient, ofInput, constant, pixels, channels, parameter);
    }
}
