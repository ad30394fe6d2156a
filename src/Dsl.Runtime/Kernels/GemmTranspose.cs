using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace Dsl.Runtime.Kernels;

/// <summary>Transposition through registers: under every packing of operands, and under the permutation of a flattened image.</summary>
internal static unsafe class GemmTranspose
{
    /// <summary>target[column·targetRow + row] = source[row·sourceRow + column] for all rows and columns.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Run(float* source, nint sourceRow, int rows, int columns, float* target, nint targetRow)
    {
        int row = 0;
        if (Avx.IsSupported)
        {
            for (; row + 8 <= rows; row += 8)
            {
                int column = 0;
                for (; column + 8 <= columns; column += 8)
                    Block8(source + row * sourceRow + column, sourceRow, target + column * targetRow + row, targetRow);
                Edge(source + row * sourceRow, sourceRow, 8, column, columns, target + row, targetRow);
            }
        }

        for (; row + 4 <= rows; row += 4)
        {
            int column = 0;
            for (; column + 4 <= columns; column += 4)
                Block4(source + row * sourceRow + column, sourceRow, target + column * targetRow + row, targetRow);
            Edge(source + row * sourceRow, sourceRow, 4, column, columns, target + row, targetRow);
        }

        Edge(source + row * sourceRow, sourceRow, rows - row, 0, columns, target + row, targetRow);
    }

    private static void Edge(float* source, nint sourceRow, int rows, int firstColumn, int columns, float* target, nint targetRow)
    {
        for (int row = 0; row < rows; row++)
        {
            for (int column = firstColumn; column < columns; column++)
                target[column * targetRow + row] = source[row * sourceRow + column];
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Block4(float* source, nint sourceRow, float* target, nint targetRow)
    {
        Vector128<float> r0 = Vector128.Load(source);
        Vector128<float> r1 = Vector128.Load(source + sourceRow);
        Vector128<float> r2 = Vector128.Load(source + 2 * sourceRow);
        Vector128<float> r3 = Vector128.Load(source + 3 * sourceRow);
        if (Sse.IsSupported)
        {
            Vector128<float> low01 = Sse.UnpackLow(r0, r1);
            Vector128<float> low23 = Sse.UnpackLow(r2, r3);
            Vector128<float> high01 = Sse.UnpackHigh(r0, r1);
            Vector128<float> high23 = Sse.UnpackHigh(r2, r3);
            Sse.MoveLowToHigh(low01, low23).Store(target);
            Sse.MoveHighToLow(low23, low01).Store(target + targetRow);
            Sse.MoveLowToHigh(high01, high23).Store(target + 2 * targetRow);
            Sse.MoveHighToLow(high23, high01).Store(target + 3 * targetRow);
        }
        else
        {
            Vector128.Create(r0.GetElement(0), r1.GetElement(0), r2.GetElement(0), r3.GetElement(0)).Store(target);
            Vector128.Create(r0.GetElement(1), r1.GetElement(1), r2.GetElement(1), r3.GetElement(1)).Store(target + targetRow);
            Vector128.Create(r0.GetElement(2), r1.GetElement(2), r2.GetElement(2), r3.GetElement(2)).Store(target + 2 * targetRow);
            Vector128.Create(r0.GetElement(3), r1.GetElement(3), r2.GetElement(3), r3.GetElement(3)).Store(target + 3 * targetRow);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Block8(float* source, nint sourceRow, float* target, nint targetRow)
    {
        Vector256<float> r0 = Vector256.Load(source);
        Vector256<float> r1 = Vector256.Load(source + sourceRow);
        Vector256<float> r2 = Vector256.Load(source + 2 * sourceRow);
        Vector256<float> r3 = Vector256.Load(source + 3 * sourceRow);
        Vector256<float> r4 = Vector256.Load(source + 4 * sourceRow);
        Vector256<float> r5 = Vector256.Load(source + 5 * sourceRow);
        Vector256<float> r6 = Vector256.Load(source + 6 * sourceRow);
        Vector256<float> r7 = Vector256.Load(source + 7 * sourceRow);
        Vector256<float> t0 = Avx.UnpackLow(r0, r1);
        Vector256<float> t1 = Avx.UnpackHigh(r0, r1);
        Vector256<float> t2 = Avx.UnpackLow(r2, r3);
        Vector256<float> t3 = Avx.UnpackHigh(r2, r3);
        Vector256<float> t4 = Avx.UnpackLow(r4, r5);
        Vector256<float> t5 = Avx.UnpackHigh(r4, r5);
        Vector256<float> t6 = Avx.UnpackLow(r6, r7);
        Vector256<float> t7 = Avx.UnpackHigh(r6, r7);
        r0 = Avx.Shuffle(t0, t2, 0x44);
        r1 = Avx.Shuffle(t0, t2, 0xEE);
        r2 = Avx.Shuffle(t1, t3, 0x44);
        r3 = Avx.Shuffle(t1, t3, 0xEE);
        r4 = Avx.Shuffle(t4, t6, 0x44);
        r5 = Avx.Shuffle(t4, t6, 0xEE);
        r6 = Avx.Shuffle(t5, t7, 0x44);
        r7 = Avx.Shuffle(t5, t7, 0xEE);
        Avx.Permute2x128(r0, r4, 0x20).Store(target);
        Avx.Permute2x128(r1, r5, 0x20).Store(target + targetRow);
        Avx.Permute2x128(r2, r6, 0x20).Store(target + 2 * targetRow);
        Avx.Permute2x128(r3, r7, 0x20).Store(target + 3 * targetRow);
        Avx.Permute2x128(r0, r4, 0x31).Store(target + 4 * targetRow);
        Avx.Permute2x128(r1, r5, 0x31).Store(target + 5 * targetRow);
        Avx.Permute2x128(r2, r6, 0x31).Store(target + 6 * targetRow);
        Avx.Permute2x128(r3, r7, 0x31).Store(target + 7 * targetRow);
    }
}
