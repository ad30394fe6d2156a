using System.Runtime.CompilerServices;

namespace Dsl.Runtime.Kernels;

/// <summary>Sums of columns: the gradient of a bias.</summary>
internal static unsafe class GemmColumnSums
{
    // Columns that a thread takes at least: as many as the widest registers sum at once.
    private const int Group = 64;

    /// <summary>sums[column] (+)= Σ over rows of x[row·rowStride + column], row after row.</summary>
    public static void Run(float* x, nint rowStride, int rows, int columns, float* sums, bool adds)
        => Parts.Run((columns + Group - 1) / Group, (long)rows * Group, new Work(x, rowStride, rows, columns, sums, adds));

    /// <summary>total = the sum of what parts of a work have summed up, <paramref name="stride"/> floats apart, in the order of the parts; null: nobody wants it.</summary>
    public static void OfParts(float* sums, nint stride, int parts, int count, float* total)
    {
        if (total != null)
            Run(sums, stride, parts, count, total, adds: false);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization | MethodImplOptions.NoInlining)]
    private static void Run<V>(float* x, nint rowStride, int rows, int columns, float* sums, bool adds)
        where V : unmanaged, ISimd<V>
    {
        int column = 0;
        for (; column + 4 * V.Count <= columns; column += 4 * V.Count)
        {
            float* to = sums + column;
            V s0 = adds ? V.Load(to) : V.Zero;
            V s1 = adds ? V.Load(to + V.Count) : V.Zero;
            V s2 = adds ? V.Load(to + 2 * V.Count) : V.Zero;
            V s3 = adds ? V.Load(to + 3 * V.Count) : V.Zero;
            float* from = x + column;
            for (int row = 0; row < rows; row++, from += rowStride)
            {
                s0 += V.Load(from);
                s1 += V.Load(from + V.Count);
                s2 += V.Load(from + 2 * V.Count);
                s3 += V.Load(from + 3 * V.Count);
            }

            s0.Store(to);
            s1.Store(to + V.Count);
            s2.Store(to + 2 * V.Count);
            s3.Store(to + 3 * V.Count);
        }

        for (; column < columns; column += V.Count)
        {
            int count = int.Min(V.Count, columns - column);
            V sum = adds ? V.LoadFirst(sums + column, count) : V.Zero;
            float* from = x + column;
            for (int row = 0; row < rows; row++, from += rowStride)
                sum += V.LoadFirst(from, count);
            sum.StoreFirst(sums + column, count);
        }
    }

    private readonly struct Work(float* x, nint rowStride, int rows, int columns, float* sums, bool adds) : IRowWork
    {
        private readonly float* x = x;
        private readonly float* sums = sums;

        public void Run(int first, int end)
        {
            int column = first * Group;
            VectorWidth.Run(new Kernel(x + column, rowStride, rows, int.Min(end * Group, columns) - column, sums + column, adds));
        }
    }

    private readonly struct Kernel(float* x, nint rowStride, int rows, int columns, float* sums, bool adds) : IWidthKernel
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public void Run<V>()
            where V : unmanaged, ISimd<V>
            => GemmColumnSums.Run<V>(x, rowStride, rows, columns, sums, adds);
    }
}
