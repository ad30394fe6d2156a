using System;

namespace Dsl.Runtime.Kernels;

/// <summary>
/// A product on several threads: each takes some rows or some columns. Which, and how many, does not change a bit, because every sum is formed in one
/// order.
/// </summary>
internal unsafe struct GemmParts
{
    // Parts of columns start at whole panels of any width.
    private const int ColumnUnit = 32;

    private GemmProduct* product;
    private int parts;
    private bool byColumns;

    /// <summary>Computes a product in about that many parts for each thread.</summary>
    public static void Run(GemmProduct* product, int threads)
    {
        GemmParts split = default;
        split.product = product;
        int columnUnits = (product->Columns + ColumnUnit - 1) / ColumnUnit;

        // By columns where there are enough: then B, which is packed where it needs to be, is packed once.
        split.byColumns = columnUnits >= 2 * threads || columnUnits * ColumnUnit >= product->Rows;
        int most = split.byColumns ? columnUnits : Math.Max(1, product->Rows / 16);
        split.parts = Math.Min(most, threads);
        WorkerPool.Run(split.parts, &RunPart, &split);
    }

    private static void RunPart(void* context, int part)
    {
        var split = (GemmParts*)context;
        GemmProduct* product = split->product;
        int total = split->byColumns ? (product->Columns + ColumnUnit - 1) / ColumnUnit : product->Rows;
        int unit = split->byColumns ? ColumnUnit : 1;
        int first = (int)((long)total * part / split->parts) * unit;
        int end = (int)((long)total * (part + 1) / split->parts) * unit;
        if (split->byColumns)
            Gemm.RunPart(product, 0, product->Rows, first, Math.Min(end, product->Columns) - first);
        else
            Gemm.RunPart(product, first, end - first, 0, product->Columns);
    }
}
