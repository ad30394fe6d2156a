using System;
using System.Buffers;

namespace Dsl.Pipelines.Numerics;

/// <summary>Sorts many doubles by their bits (least digit first; Knuth, The Art of Computer Programming 5.2.5): as many passes as their bits differ in, each of them linear.</summary>
internal static unsafe class RadixSort
{
    private const int Digits = 8;
    private const int DigitBits = 8;
    private const int Values = 1 << DigitBits;

    // Comparisons are cheaper for fewer.
    private const int Fewest = 2048;

    /// <summary>Puts values in ascending order, -0 before 0; none may be NaN.</summary>
    public static void Sort(Span<double> values)
    {
        if (values.Length < Fewest)
        {
            values.Sort();
            return;
        }

        ulong[] scratch = ArrayPool<ulong>.Shared.Rent(values.Length);
        int[] counts = new int[Digits * Values];
        fixed (double* all = values)
        fixed (ulong* other = scratch)
        fixed (int* count = counts)
        {
            ulong* from = (ulong*)all;
            ulong* to = other;
            for (int i = 0; i < values.Length; i++)
            {
                ulong key = Ascending(from[i]);
                from[i] = key;
                for (int digit = 0; digit < Digits; digit++)
                    count[(digit * Values) + (byte)(key >> (digit * DigitBits))]++;
            }

            for (int digit = 0; digit < Digits; digit++)
            {
                int* own = count + (digit * Values);
                if (own[(byte)(from[0] >> (digit * DigitBits))] == values.Length)
                    continue;
                int before = 0;
                for (int value = 0; value < Values; value++)
                    (own[value], before) = (before, before + own[value]);
                for (int i = 0; i < values.Length; i++)
                {
                    ulong key = from[i];
                    to[own[(byte)(key >> (digit * DigitBits))]++] = key;
                }

                ulong* written = to;
                to = from;
                from = written;
            }

            ulong* sorted = (ulong*)all;
            for (int i = 0; i < values.Length; i++)
                sorted[i] = Original(from[i]);
        }

        ArrayPool<ulong>.Shared.Return(scratch);
    }

    // Of negative numbers all bits are turned, of others the sign: then whole numbers are in the doubles' order.
    private static ulong Ascending(ulong bits) => bits ^ ((ulong)((long)bits >> 63) | 0x8000000000000000);

    private static ulong Original(ulong key) => key ^ (~(ulong)((long)key >> 63) | 0x8000000000000000);
}
