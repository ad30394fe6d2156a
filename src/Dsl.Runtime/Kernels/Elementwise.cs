using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace Dsl.Runtime.Kernels;

/// <summary>A function of one value.</summary>
internal interface IMap1
{
    static abstract V Apply<V>(V x, V parameter)
        where V : unmanaged, ISimd<V>;
}

/// <summary>A function of two values.</summary>
internal interface IMap2
{
    static abstract V Apply<V>(V a, V b, V parameter)
        where V : unmanaged, ISimd<V>;
}

/// <summary>
/// Element-wise passes over views. Views without halos take one flat run over the whole batch, others a run a row; results may lie over operands.
/// </summary>
internal static unsafe class Elementwise
{
    /// <summary>y = F(x)</summary>
    public static void Map<F>(in TensorView x, in TensorView y, int batch, float parameter = 0)
        where F : struct, IMap1
    {
        if (x.Layout.IsContiguous && y.Layout.IsContiguous)
        {
            Run<F>(x.Start.Pointer, y.Start.Pointer, (nint)(batch * y.Layout.Count), parameter);
            return;
        }

        nint row = y.Layout.Width * y.Layout.Channels;
        for (int n = 0; n < batch; n++)
        {
            for (int h = 0; h < y.Layout.Height; h++)
            {
                Run<F>(x.Row(n, h), y.Row(n, h), row, parameter);
            }

            Halo.Clear(y, n);
        }
    }

    /// <summary>y = F(a, b)</summary>
    public static void Map<F>(in TensorView a, in TensorView b, in TensorView y, int batch, float parameter = 0)
        where F : struct, IMap2
    {
        if (a.Layout.IsContiguous && b.Layout.IsContiguous && y.Layout.IsContiguous)
        {
            Run<F>(a.Start.Pointer, b.Start.Pointer, y.Start.Pointer, (nint)(batch * y.Layout.Count), parameter);
            return;
        }

        nint row = y.Layout.Width * y.Layout.Channels;
        for (int n = 0; n < batch; n++)
        {
            for (int h = 0; h < y.Layout.Height; h++)
            {
                Run<F>(a.Row(n, h), b.Row(n, h), y.Row(n, h), row, parameter);
            }

            Halo.Clear(y, n);
        }
    }

    /// <summary>y[i] = F(x[i])</summary>
    public static void Run<F>(float* x, float* y, nint count, float parameter)
        where F : struct, IMap1
    {
        if (Vector512.IsHardwareAccelerated)
        {
            Run<F, Simd512>(x, y, count, parameter);
        }
        else if (Vector256.IsHardwareAccelerated)
        {
            Run<F, Simd256>(x, y, count, parameter);
        }
        else
        {
            Run<F, Simd128>(x, y, count, parameter);
        }
    }

    /// <summary>y[i] = F(a[i], b[i])</summary>
    public static void Run<F>(float* a, float* b, float* y, nint count, float parameter)
        where F : struct, IMap2
    {
        if (Vector512.IsHardwareAccelerated)
        {
            Run<F, Simd512>(a, b, y, count, parameter);
        }
        else if (Vector256.IsHardwareAccelerated)
        {
            Run<F, Simd256>(a, b, y, count, parameter);
        }
        else
        {
            Run<F, Simd128>(a, b, y, count, parameter);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    internal static void Run<F, V>(float* x, float* y, nint count, float parameter)
        where F : struct, IMap1
        where V : unmanaged, ISimd<V>
    {
        V p = V.Create(parameter);
        nint i = 0;
        for (; i <= count - V.Count; i += V.Count)
        {
            F.Apply(V.Load(x + i), p).Store(y + i);
        }

        if (i < count)
        {
            int rest = (int)(count - i);
            F.Apply(V.LoadFirst(x + i, rest), p).StoreFirst(y + i, rest);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Run<F, V>(float* a, float* b, float* y, nint count, float parameter)
        where F : struct, IMap2
        where V : unmanaged, ISimd<V>
    {
        V p = V.Create(parameter);
        nint i = 0;
        for (; i <= count - V.Count; i += V.Count)
        {
            F.Apply(V.Load(a + i), V.Load(b + i), p).Store(y + i);
        }

        if (i < count)
        {
            int rest = (int)(count - i);
            F.Apply(V.LoadFirst(a + i, rest), V.LoadFirst(b + i, rest), p).StoreFirst(y + i, rest);
        }
    }

    internal readonly struct Identity : IMap1
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public static V Apply<V>(V x, V parameter)
            where V : unmanaged, ISimd<V>
            => x;
    }

    internal readonly struct Sum : IMap2
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public static V Apply<V>(V a, V b, V parameter)
            where V : unmanaged, ISimd<V>
            => a + b;
    }

    internal readonly struct Product : IMap2
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public static V Apply<V>(V a, V b, V parameter)
            where V : unmanaged, ISimd<V>
            => a * b;
    }
}
