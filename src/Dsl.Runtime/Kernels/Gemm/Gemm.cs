using System.Runtime.CompilerServices;

namespace Dsl.Runtime.Kernels;

/// <summary>
/// Single-precision matrix products. Blocked as in Goto and van de Geijn, "Anatomy of High-Performance Matrix Multiplication" (2008), but operands are
/// copied only where reading them in place would be slow.
/// </summary>
internal static unsafe class Gemm
{
    /// <summary>Depth is summed in blocks of this: it fixes the order of every sum, whatever the threads and the path.</summary>
    public const int DepthBlock = 512;

    // Below this many operations forking costs more than it gives.
    private const long ForkOperations = 400_000;

    /// <summary>Computes a product, on several threads where it is worth it.</summary>
    public static void Run(GemmProduct* product)
    {
        long operations = 2L * product->Rows * product->Columns * product->Depth;
        int parts = operations < ForkOperations ? 1 : Compute.Threads;
        if (parts == 1)
            RunPart(product, 0, product->Rows, 0, product->Columns);
        else
            GemmParts.Run(product, parts);
    }

    /// <summary>Computes rows and columns of a product on this thread. The first column is a multiple of <see cref="GemmPacking.PanelWidth"/>.</summary>
    public static void RunPart(GemmProduct* product, int firstRow, int rows, int firstColumn, int columns)
        => VectorWidth.RunTiles(new RunPartKernel(product, firstRow, rows, firstColumn, columns));

    private readonly struct RunPartKernel(GemmProduct* product, int firstRow, int rows, int firstColumn, int columns) : ITileKernel
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public void Run<T, W>()
            where T : unmanaged
            where W : struct, ITileVector<T>
            => GemmBlocks<T, W>.Run(product, firstRow, rows, firstColumn, columns);
    }
}
