using System.Runtime.CompilerServices;

namespace Dsl.Runtime.Kernels;

/// <content>Maps of two operands.</content>
internal static unsafe partial class Elementwise
{
    /// <summary>y = F(a, b)</summary>
    public static void Map<F>(in TensorView a, in TensorView b, in TensorView y, int batch, float parameter = 0)
        where F : struct, IMap2
    {
        long count = batch * y.Layout.Count;
        if (!(a.Layout.IsContiguous && b.Layout.IsContiguous && y.Layout.IsContiguous))
        {
            PixelRuns runs = new(y.Layout, batch, false);
            Parts.Run(runs.Count, runs.Elements, new Rows2<F>(in runs, in a, in b, in y, parameter));
        }
        else if (count <= Block)
        {
            Run<F>(a.Start.Pointer, b.Start.Pointer, y.Start.Pointer, (nint)count, parameter);
        }
        else
        {
            Parts.Run((int)((count + Block - 1) / Block), Block, new Flat2<F>(a.Start.Pointer, b.Start.Pointer, y.Start.Pointer, count, parameter));
        }
    }

    /// <summary>y[i] = F(a[i], b[i])</summary>
    public static void Run<F>(float* a, float* b, float* y, nint count, float parameter)
        where F : struct, IMap2
        => VectorWidth.Run(new Loop2<F>(a, b, y, count, parameter));

    [MethodImpl(MethodImplOptions.AggressiveOptimization | MethodImplOptions.NoInlining)]
    private static void Run<F, V>(float* a, float* b, float* y, nint count, float parameter)
        where F : struct, IMap2
        where V : unmanaged, ISimd<V>
    {
        V p = V.Create(parameter);
        nint i = 0;
        for (; i <= count - V.Count; i += V.Count)
            F.Apply(V.Load(a + i), V.Load(b + i), p).Store(y + i);

        if (i < count)
        {
            int rest = (int)(count - i);
            F.Apply(V.LoadFirst(a + i, rest), V.LoadFirst(b + i, rest), p).StoreFirst(y + i, rest);
        }
    }

    private readonly struct Flat2<F>(float* a, float* b, float* y, long count, float parameter) : IRowWork
        where F : struct, IMap2
    {
        private readonly float* a = a;
        private readonly float* b = b;
        private readonly float* y = y;
        private readonly long count = count;
        private readonly float parameter = parameter;

        public void Run(int first, int end)
        {
            long start = (long)first * Block;
            Elementwise.Run<F>(a + start, b + start, y + start, (nint)(System.Math.Min((long)end * Block, count) - start), parameter);
        }
    }

    private readonly struct Rows2<F>(in PixelRuns runs, in TensorView a, in TensorView b, in TensorView y, float parameter) : IRowWork
        where F : struct, IMap2
    {
        private readonly PixelRuns runs = runs;
        private readonly TensorView a = a;
        private readonly TensorView b = b;
        private readonly TensorView y = y;
        private readonly float parameter = parameter;

        public void Run(int first, int end)
        {
            for (int run = first; run < end; run++)
            {
                Elementwise.Run<F>(runs.Start(in a, run), runs.Start(in b, run), runs.Start(in y, run), (nint)runs.Elements, parameter);
                runs.ClearHaloAfter(in y, run);
            }
        }
    }

    private readonly struct Loop2<F>(float* a, float* b, float* y, nint count, float parameter) : IWidthKernel
        where F : struct, IMap2
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public void Run<V>()
            where V : unmanaged, ISimd<V>
            => Elementwise.Run<F, V>(a, b, y, count, parameter);
    }
}
