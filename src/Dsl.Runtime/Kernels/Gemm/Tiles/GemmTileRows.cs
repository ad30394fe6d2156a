namespace Dsl.Runtime.Kernels;

/// <summary>Rows of a register tile, as a number that the JIT sees as a constant.</summary>
internal interface ITileRows
{
    static abstract int Count { get; }
}

internal readonly struct Rows1 : ITileRows
{
    public static int Count => 1;
}

internal readonly struct Rows2 : ITileRows
{
    public static int Count => 2;
}

internal readonly struct Rows3 : ITileRows
{
    public static int Count => 3;
}

internal readonly struct Rows4 : ITileRows
{
    public static int Count => 4;
}

internal readonly struct Rows5 : ITileRows
{
    public static int Count => 5;
}

internal readonly struct Rows6 : ITileRows
{
    public static int Count => 6;
}

internal readonly struct Rows7 : ITileRows
{
    public static int Count => 7;
}

internal readonly struct Rows8 : ITileRows
{
    public static int Count => 8;
}

internal readonly struct Rows9 : ITileRows
{
    public static int Count => 9;
}

internal readonly struct Rows10 : ITileRows
{
    public static int Count => 10;
}

internal readonly struct Rows11 : ITileRows
{
    public static int Count => 11;
}

internal readonly struct Rows12 : ITileRows
{
    public static int Count => 12;
}

internal readonly struct Rows13 : ITileRows
{
    public static int Count => 13;
}

internal readonly struct Rows14 : ITileRows
{
    public static int Count => 14;
}

/// <summary>Whether a register tile prefetches what <see cref="TileCall.Ahead"/> says: an instruction for each step, which tiles that have nothing to ask for are spared.</summary>
internal interface ITileAhead
{
    static abstract bool Asks { get; }
}

internal readonly struct NothingAhead : ITileAhead
{
    public static bool Asks => false;
}

internal readonly struct PanelAhead : ITileAhead
{
    public static bool Asks => true;
}

/// <summary>Finds the tile for a number of rows.</summary>
internal static unsafe class GemmTileRows
{
    /// <summary>The tile of 1 to <see cref="ITileVector{T}.TileRows"/> rows and one or two vectors of columns; of two, one that asks for what is read next.</summary>
    public static delegate*<TileCall*, void> Tile<T, W>(int rows, int vectors, bool asksAhead = false)
        where T : unmanaged
        where W : struct, ITileVector<T>
        => vectors == 1 ? Tile<T, W, Rows1, NothingAhead>(rows) : asksAhead ? Tile<T, W, Rows2, PanelAhead>(rows) : Tile<T, W, Rows2, NothingAhead>(rows);

    private static delegate*<TileCall*, void> Tile<T, W, TVectors, TAhead>(int rows)
        where T : unmanaged
        where W : struct, ITileVector<T>
        where TVectors : struct, ITileRows
        where TAhead : struct, ITileAhead
        => rows switch
        {
            1 => &GemmTile.Run<T, W, Rows1, TVectors, TAhead>,
            2 => &GemmTile.Run<T, W, Rows2, TVectors, TAhead>,
            3 => &GemmTile.Run<T, W, Rows3, TVectors, TAhead>,
            4 => &GemmTile.Run<T, W, Rows4, TVectors, TAhead>,
            5 => &GemmTile.Run<T, W, Rows5, TVectors, TAhead>,
            6 => &GemmTile.Run<T, W, Rows6, TVectors, TAhead>,
            7 => &GemmTile.Run<T, W, Rows7, TVectors, TAhead>,
            8 => &GemmTile.Run<T, W, Rows8, TVectors, TAhead>,
            9 => &GemmTile.Run<T, W, Rows9, TVectors, TAhead>,
            10 => &GemmTile.Run<T, W, Rows10, TVectors, TAhead>,
            11 => &GemmTile.Run<T, W, Rows11, TVectors, TAhead>,
            12 => &GemmTile.Run<T, W, Rows12, TVectors, TAhead>,
            13 => &GemmTile.Run<T, W, Rows13, TVectors, TAhead>,
            _ => &GemmTile.Run<T, W, Rows14, TVectors, TAhead>,
        };
}
