using System.Runtime.CompilerServices;

namespace Dsl.Runtime.Kernels;

/// <summary>The loops around the register tile, for one width of register.</summary>
internal static unsafe class GemmBlocks<T, W>
    where T : unmanaged
    where W : struct, ITileVector<T>
{
    // Packed B in L2 or L3; packed A beside it in L2.
    private const int ColumnBlock = 1024;

    // A span of addresses that the first-level TLB and L2 still cover well when it is read in strides.
    private const long StridedSpan = 256 * 1024;

    private static int RowBlock => 12 * W.TileRows;

    private static int Width => 2 * W.Count;

    [SkipLocalsInit]
    [MethodImpl(MethodImplOptions.AggressiveOptimization | MethodImplOptions.NoInlining)]
    public static void Run(GemmProduct* product, int firstRow, int rows, int firstColumn, int columns)
    {
        if (rows <= 0 || columns <= 0)
            return;

        float* scratch = stackalloc float[GemmTile.ScratchFloats];
        TileSegment start = default;
        TileCall call = default;
        call.Segments = &start;
        call.SegmentCount = 1;
        call.Scratch = scratch;
        call.CRow = product->CRow;
        for (int k = 0; k < product->Depth; k += Gemm.DepthBlock)
        {
            int depth = int.Min(Gemm.DepthBlock, product->Depth - k);
            call.Steps = depth;
            call.Adds = product->Adds || k > 0;
            call.Epilogue = k + depth == product->Depth ? product->Epilogue : default;
            if (rows <= 3 && product->BOrder == GemmOperand.Panels)
            {
                RunNarrowPanels(product, &call, firstRow, rows, k, firstColumn, columns);
                continue;
            }

            for (int column = 0; column < columns; column += ColumnBlock)
                RunBlock(product, &call, firstRow, rows, k, depth, firstColumn + column, int.Min(ColumnBlock, columns - column));
        }
    }

    /// <summary>Few rows and nothing to pack: the latency of a single prediction.</summary>
    private static void RunNarrowPanels(GemmProduct* product, TileCall* call, int firstRow, int rows, int k, int firstColumn, int columns)
    {
        nint panel = (nint)product->Depth * Width;
        call->BStep = Width * sizeof(float);
        call->SetRowStride(product->ARow * sizeof(float));
        call->AStep = product->AStep * sizeof(float);
        RunNarrow(
            call,
            product->A + firstRow * product->ARow + k * product->AStep,
            rows,
            product->B + firstColumn / Width * panel + k * Width,
            panel,
            product->C + firstRow * product->CRow + firstColumn,
            product->Bias == null || k > 0 ? null : product->Bias + firstColumn,
            columns);
    }

    private static void RunBlock(GemmProduct* product, TileCall* call, int firstRow, int rows, int k, int depth, int firstColumn, int columns)
    {
        using Workspace.Scope scope = Workspace.Open();
        float* c = product->C + firstRow * product->CRow + firstColumn;
        float* bias = product->Bias == null || k > 0 ? null : product->Bias + firstColumn;
        float* a = product->A + firstRow * product->ARow + k * product->AStep;
        float* b;
        nint panel;
        int whole = columns;
        if (product->BOrder == GemmOperand.Panels)
        {
            panel = (nint)product->Depth * Width;
            b = product->B + firstColumn / Width * panel + k * Width;
            call->BStep = Width * sizeof(float);
        }
        else if (product->BOrder == GemmOperand.Transposed || ShouldPackRows(product, rows, depth))
        {
            panel = (nint)depth * Width;
            b = scope.Take(panel * ((columns + Width - 1) / Width));
            call->BStep = Width * sizeof(float);
            if (product->BOrder == GemmOperand.Transposed)
                GemmPacking.PackTransposed(product->B + firstColumn * product->BRow + k, product->BRow, depth, columns, b, panel);
            else
                GemmPacking.PackRows(product->B + k * product->BRow + firstColumn, product->BRow, depth, columns, b, panel);
        }
        else
        {
            // In place; but nothing may be read behind the last column of the last row, so a last part of a vector (of a panel, for the narrow tile) is packed.
            panel = Width;
            b = product->B + k * product->BRow + firstColumn;
            call->BStep = product->BRow * sizeof(float);
            whole = rows <= 3 ? columns / Width * Width : columns / W.Count * W.Count;
        }

        RunPanels(product, call, a, rows, depth, b, panel, c, bias, whole);
        if (whole == columns)
            return;

        float* last = scope.Take((nint)depth * Width);
        GemmPacking.PackRows(b + whole, product->BRow, depth, columns - whole, last, 0);
        call->BStep = Width * sizeof(float);
        RunPanels(product, call, a, rows, depth, last, 0, c + whole, bias == null ? null : bias + whole, columns - whole);
    }

    private static void RunPanels(GemmProduct* product, TileCall* call, float* a, int rows, int depth, float* b, nint panel, float* c, float* bias, int columns)
    {
        if (columns <= 0)
            return;

        call->SetRowStride(product->ARow * sizeof(float));
        call->AStep = product->AStep * sizeof(float);
        if (rows <= 3)
        {
            RunNarrow(call, a, rows, b, panel, c, bias, columns);
            return;
        }

        bool packs = ShouldPackLeft(product, depth, columns);
        using Workspace.Scope scope = Workspace.Open();
        float* packed = packs ? scope.Take((nint)int.Min(RowBlock, rows) * depth) : null;
        bool asksAhead = product->BOrder == GemmOperand.Panels;
        while (rows > 0)
        {
            // The last block is not left with a few rows: they are spread over the last two.
            int block = rows <= RowBlock ? rows : rows < 2 * RowBlock ? (rows + 1) / 2 : RowBlock;
            if (packs)
                PackLeft(product, a, block, depth, packed);
            for (int column = 0; column < columns; column += Width)
            {
                call->B = (byte*)(b + column / Width * panel);
                if (asksAhead && column + Width < columns)
                    call->SetAhead(call->B + panel * sizeof(float), (nint)depth * Width * sizeof(float));
                call->Bias = bias == null ? null : bias + column;
                call->SetColumns<T, W>(int.Min(Width, columns - column));
                RunTiles(call, packed, packs ? depth : 0, a, block, c + column);
            }

            a += block * product->ARow;
            c += block * call->CRow;
            rows -= block;
            asksAhead = false;
        }
    }

    /// <summary>One panel of B under a block of rows, split as evenly as tiles allow: a tile of few rows cannot hide the latency of its sums.</summary>
    public static void RunTiles(TileCall* call, float* packed, int packedDepth, float* a, int rows, float* c)
    {
        // Packed rows lie in tiles of two vectors.
        int most = packed == null && call->Vectors<T, W>() == 1 ? W.NarrowTileRows : W.TileRows;
        int tiles = (rows + most - 1) / most;
        int small = rows / tiles;
        int large = rows - small * tiles;
        bool asksAhead = call->SpreadAhead(tiles);
        call->StartRun();
        for (int pass = 0; pass < 2; pass++)
        {
            int tileRows = pass == 0 ? small + 1 : small;
            int count = pass == 0 ? large : tiles - large;
            if (count == 0)
                continue;

            delegate*<TileCall*, void> tile = GemmTileRows.Tile<T, W>(tileRows, call->Vectors<T, W>(), asksAhead);
            nint aRow = call->ARow;
            nint aStep = call->AStep;
            if (packed != null)
            {
                call->SetRowStride(sizeof(float));
                call->AStep = tileRows * sizeof(float);
            }

            for (int i = 0; i < count; i++)
            {
                c = call->TakeRows(c, tileRows);
                call->A = packed != null ? (byte*)packed : (byte*)a;
                TileCall.Run<T, W>(call, tile, tileRows);
                a = (float*)((byte*)a + tileRows * aRow);
                if (packed != null)
                    packed += (nint)tileRows * packedDepth;
            }

            call->SetRowStride(aRow);
            call->AStep = aStep;
        }
    }

    private static void PackLeft(GemmProduct* product, float* a, int rows, int depth, float* packed)
    {
        int tiles = (rows + W.TileRows - 1) / W.TileRows;
        int small = rows / tiles;
        int large = rows - small * tiles;
        for (int i = 0; i < tiles; i++)
        {
            int tileRows = i < large ? small + 1 : small;
            GemmPacking.PackLeft(a, product->ARow, product->AStep, tileRows, depth, packed);
            a += tileRows * product->ARow;
            packed += (nint)tileRows * depth;
        }
    }

    private static void RunNarrow(TileCall* call, float* a, int rows, float* b, nint panel, float* c, float* bias, int columns)
    {
        int most = GemmNarrowTile.Panels(rows);
        call->A = (byte*)a;
        call->BPanel = panel * sizeof(float);
        call->TileCRow = most * Width;
        int panels = (columns + Width - 1) / Width;
        for (int first = 0; first < panels; first += most)
        {
            int count = int.Min(most, panels - first);
            call->B = (byte*)(b + first * panel);
            GemmNarrowTile.Tile<T, W>(rows, count)(call);
            call->C = c + first * Width;
            call->Bias = bias == null ? null : bias + first * Width;
            call->Columns = int.Min(count * Width, columns - first * Width);
            GemmTileFinish.Run<T, W>(call, rows);
        }
    }

    // Rows of B that lie a multiple of a page apart fall into the same sets of L1, and far apart they miss the TLB.
    private static bool ShouldPackRows(GemmProduct* product, int rows, int depth) =>
        rows > 2 * W.TileRows && (product->BRow * sizeof(float) * depth > StridedSpan || (depth > 64 && product->BRow % 1024 == 0));

    private static bool ShouldPackLeft(GemmProduct* product, int depth, int columns)
    {
        nint stride = product->AStep == 1 ? product->ARow : product->AStep;
        return columns > 2 * Width && depth >= 32 && (stride % 512 == 0 || (product->AStep != 1 && stride * sizeof(float) * depth > StridedSpan));
    }
}
