using System;
using System.Runtime.CompilerServices;

namespace Dsl.Runtime.Kernels;

/// <summary>Work on rows that do not depend on each other.</summary>
internal interface IRowWork
{
    /// <summary>Does rows <paramref name="first"/> to before <paramref name="end"/>.</summary>
    void Run(int first, int end);
}

/// <summary>Spreads rows over the worker pool, in parts whose bounds depend on the sizes only.</summary>
internal static unsafe class Parts
{
    /// <summary>Elements below which a part is not worth handing out: some 5 to 10 us of work.</summary>
    private const long PartElements = 32 * 1024;

    /// <summary>Elements below which the caller does everything: a parked worker takes long to wake.</summary>
    private const long LeastElements = 4 * PartElements;

    private const int MostParts = 128;

    /// <summary>Into how many parts <paramref name="rows"/> rows of so many elements are split.</summary>
    public static int Count(int rows, long elementsPerRow)
    {
        long elements = rows * elementsPerRow;
        return elements < LeastElements ? 1 : (int)Math.Min(Math.Min(rows, MostParts), elements / PartElements);
    }

    /// <summary>First row of a part.</summary>
    public static int First(int part, int parts, int rows) => (int)((long)rows * part / parts);

    /// <summary>Does all rows, several at a time where that pays.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Run<TWork>(int rows, long elementsPerRow, TWork work)
        where TWork : struct, IRowWork
    {
        if (rows * elementsPerRow < LeastElements)
            work.Run(0, rows);
        else
            Spread(rows, elementsPerRow, work);
    }

    private static void Spread<TWork>(int rows, long elementsPerRow, TWork work)
        where TWork : struct, IRowWork
    {
        Call<TWork> call = new() { Work = work, Rows = rows, Count = Count(rows, elementsPerRow) };
        WorkerPool.Run(call.Count, &RunPart<TWork>, Unsafe.AsPointer(ref call));
    }

    private static void RunPart<TWork>(void* context, int part)
        where TWork : struct, IRowWork
    {
        ref Call<TWork> call = ref Unsafe.AsRef<Call<TWork>>(context);
        call.Work.Run(First(part, call.Count, call.Rows), First(part + 1, call.Count, call.Rows));
    }

    private struct Call<TWork>
    {
        public TWork Work;
        public int Rows;
        public int Count;
    }
}
