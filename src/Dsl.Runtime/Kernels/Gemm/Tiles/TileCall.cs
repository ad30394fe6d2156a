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

    /// <summary>First element of the tile in C; rows are <see cref="CRow"/> floats apart.</summary>
    public float* C;
    public nint CRow;

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
    public float* TileBias;
    public bool TileAdds;
    public bool TileClamps;
    private bool finishes;

    /// <summary>Rows of A this many bytes apart throughout.</summary>
    public void SetRowStride(nint bytes)
    {
        ARow = bytes;
        ARow3 = 3 * bytes;
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
        finishes = columns % W.Count != 0 || Epilogue.Function is not (UnaryFunction.Identity or UnaryFunction.ReLU);
        TileBias = finishes ? null : Bias;
        TileAdds = Adds && !finishes;
        TileClamps = Epilogue.Function == UnaryFunction.ReLU && !finishes;
        TileCRow = finishes ? 2 * W.Count : CRow;
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
}
