using System.Runtime.CompilerServices;

namespace Dsl.Runtime.Kernels;

/// <content>Maps of one operand.</content>
internal static unsafe partial class Elementwise
{
    /// <summary>y = F(x)</summary>
    public static void Map<F>(in TensorView x, in TensorView y, int batch, float parameter = 0)
        where F : struct, IMap1
    {
        long count = batch * y.Layout.Count;
        if (!(x.Layout.IsContiguous && y.Layout.IsContiguous))
        {
            PixelRuns runs = new(y.Layout, batch, false);
            Parts.Run(runs.Count, runs.Elements, new Rows1<F>(in runs, in x, in y, parameter));
        }
        else if (count <= Block)
        {
            Run<F>(x.Start.Pointer, y.Start.Pointer, (nint)count, parameter);
        }
        else
        {
            Parts.Run((int)((count + Block - 1) / Block), Block, new Flat1<F>(x.Start.Pointer, y.Start.Pointer, count, parameter));
        }
    }

    /// <summary>y[i] = F(x[i])</summary>
    public static void Run<F>(float* x, float* y, nint count, float parameter)
        where F : struct, IMap1
        => VectorWidth.Run(new Loop1<F>(x, y, count, parameter));

    [MethodImpl(MethodImplOptions.AggressiveOptimization | MethodImplOptions.NoInlining)]
    internal static void Run<F, V>(float* x, float* y, nint count, float parameter)
        where F : struct, IMap1
        where V : unmanaged, ISimd<V>
    {
        V p = V.Create(parameter);
        nint i = 0;
        for (; i <= count - V.Count; i += V.Count)
            F.Apply(V.Load(x + i), p).Store(y + i);

        if (i < count)
        {
            int rest = (int)(count - i);
            F.Apply(V.LoadFirst(x + i, rest), p).StoreFirst(y + i, rest);
        }
    }

    private readonly struct Flat1<F>(float* x, float* y, long count, float parameter) : IRowWork
        where F : struct, IMap1
    {
        private readonly float* x = x;
        private readonly float* y = y;
        private readonly long count = count;
        private readonly float parameter = parameter;

        public void Run(int first, int end)
        {
            long start = (long)first * Block;
            Elementwise.Run<F>(x + start, y + start, (nint)(System.Math.Min((long)end * Block, count) - start), parameter);
        }
    }

    private readonly struct Rows1<F>(in PixelRuns runs, in TensorView x, in TensorView y, float parameter) : IRowWork
        where F : struct, IMap1
    {
        private readonly PixelRuns runs = runs;
        private readonly TensorView x = x;
        private readonly TensorView y = y;
        private readonly float parameter = parameter;

        public void Run(int first, int end)
        {
            for (int run = first; run < end; run++)
            {
                Elementwise.Run<F>(runs.Start(in x, run), runs.Start(in y, run), (nint)runs.Elements, parameter);
                runs.ClearHaloAfter(in y, run);
            }
        }
    }

    private readonly struct Loop1<F>(float* x, float* y, nint count, float parameter) : IWidthKernel
        where F : struct, IMap1
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public void Run<V>()
            where V : unmanaged, ISimd<V>
            => Elementwise.Run<F, V>(x, y, count, parameter);
    }
}
