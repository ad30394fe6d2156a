using System.Runtime.CompilerServices;

namespace Dsl.Runtime.Kernels;

/// <summary>Offsets in bytes that one segment of a tile's inner dimension adds to A and B.</summary>
internal struct TileSegment
{
    public nint A;
    public nint B;
}

/// <summary>One call of a register tile: C[rows, columns] (+)= epilogue(bias + Σ over segments and steps of A[row, step] · B[step, column]).</summary>
internal unsafe struct TileCall
{
    /// <summary>Element (row, step) of segment s is at A + (row / 3)·ARow3 + (row mod 3)·ARow + step·AStep + Segments[s].A, in bytes.</summary>
    public byte* A;
    public nint ARow;
    public nint ARow3;
    public nint AStep;

    /// <summary>Columns of step k of segment s start at B + k·BStep + Segments[s].B, in bytes. The whole tile's columns are read.</summary>
    public byte* B;
    public nint BStep;

    /// <summary>At least one segment.</summary>
    public TileSegment* Segments;
    public int SegmentCount;

    /// <summary>Bytes from one panel of B to the next, for the narrow tile, which takes several.</summary>
    public nint BPanel;

    /// <summary>Steps of each segment; at least one.</summary>
    public int Steps;

    /// <summary>First element of the tile in C; rows are <see cref="CRow"/> floats apart, and a <see cref="Gap"/> more before those whose bit is set in <see cref="Gaps"/>.</summary>
    public float* C;
    public nint CRow;
    public int Gaps;
    public nint Gap;

    /// <summary>A value for each column, or null.</summary>
    public float* Bias;

    public Epilogue Epilogue;

    /// <summary>Added to what C holds, or set.</summary>
    public bool Adds;

    /// <summary>Columns that C has here: the whole tile's or fewer. Set by <see cref="SetColumns{T, W}"/>.</summary>
    public int Columns;

    /// <summary>Room for a whole tile (<see cref="GemmTile.ScratchFloats"/>).</summary>
    public float* Scratch;

    // What the tile itself sees. Where it cannot finish by itself, its sums go to the scratch tile.
    public float* TileC;
    public nint TileCRow;
    public nint TileGap;
    public float* TileBias;
    public float* TileLastBias;
    public bool TileAdds;
    public bool TileClamps;
    public bool TileCaps;
    public bool TileIsPlain;

    // Where the tile's next step prefetches, and how many bytes it is from there to the one of the step behind it.
    public byte* Ahead;
    public nint AheadStep;
    private nint aheadBytes;
    private bool finishes;
    private int rowsOfRun;
    private int rowsToGap;

    /// <summary>Rows of A this many bytes apart throughout.</summary>
    public void SetRowStride(nint bytes)
    {
        ARow = bytes;
        ARow3 = 3 * bytes;
    }

    /// <summary>Rows of C come in runs of so many, as the pixels of an image that has a halo; between two runs lie that many floats.</summary>
    public void SetRuns(int rows, nint gap)
    {
        rowsOfRun = rows;
        Gap = gap;
    }

    /// <summary>C is at the start of a run.</summary>
    public void StartRun() => rowsToGap = rowsOfRun;

    /// <summary>Takes rows of C from <paramref name="c"/> on as the tile's; returns where the next tile's begin.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public float* TakeRows(float* c, int rows)
    {
        C = c;
        c += rows * CRow;
        return Gap == 0 ? c : c + FindGaps(rows) * Gap;
    }

    /// <summary>Floats from row <paramref name="row"/> - 1 of C to the next.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public readonly nint ToRow(int row) => CRow + ((Gaps >> row) & 1) * Gap;

    /// <summary>What of B later calls read first: the next tiles ask for it while they run, because weights that a network reads once a pass come from far away.</summary>
    public void SetAhead(byte* b, nint bytes)
    {
        Ahead = b;
        aheadBytes = bytes;
    }

    /// <summary>
    /// Those next tiles are so many. All at once the requests would stand in the way of what the tile itself reads from L2. False where there is nothing to ask for.
    /// </summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public bool SpreadAhead(int tiles)
    {
        if (aheadBytes == 0)
            return false;

        nint steps = (nint)tiles * SegmentCount * Steps;
        AheadStep = (aheadBytes + steps - 1) / steps;
        aheadBytes = 0;
        return true;
    }

    /// <summary>Vectors of columns that the tile forms: one where C has no more.</summary>
    public readonly int Vectors<T, W>()
        where T : unmanaged
        where W : struct, ITileVector<T>
        => Columns <= W.Count ? 1 : 2;

    /// <summary>Decides, for C, bias and columns as they now are, what the tile does itself.</summary>
    public void SetColumns<T, W>(int columns)
        where T : unmanaged
        where W : struct, ITileVector<T>
    {
        Columns = columns;
        bool isReLU6 = Epilogue.Function == UnaryFunction.ReLU6;
        finishes = columns % W.Count != 0 || !(isReLU6 || Epilogue.Function is UnaryFunction.Identity or UnaryFunction.ReLU);
        TileBias = finishes || isReLU6 ? null : Bias;
        TileLastBias = isReLU6 && !finishes ? Bias : null;
        TileAdds = Adds && !finishes;
        TileCaps = isReLU6 && !finishes;
        TileClamps = (Epilogue.Function == UnaryFunction.ReLU || isReLU6) && !finishes;
        TileCRow = finishes ? 2 * W.Count : CRow;
        TileGap = finishes ? 0 : Gap;
        TileIsPlain = TileLastBias == null && !TileAdds && !TileClamps && TileGap == 0;
    }

    /// <summary>Runs a tile of that many rows at C.</summary>
    public static void Run<T, W>(TileCall* call, delegate*<TileCall*, void> tile, int rows)
        where T : unmanaged
        where W : struct, ITileVector<T>
    {
        call->TileC = call->finishes ? call->Scratch : call->C;
        tile(call);
        if (call->finishes)
            GemmTileFinish.Run<T, W>(call, rows);
    }

    /// <summary>The gaps before rows of the tile, and how many there are up to the row behind them.</summary>
    private int FindGaps(int rows)
    {
        int count = 0;
        Gaps = 0;
        for (; rowsToGap <= rows; rowsToGap += rowsOfRun, count++)
            Gaps |= 1 << rowsToGap;
        rowsToGap -= rows;
        return count;
    }
}
