using System;
using System.Collections.Generic;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace Dsl.Runtime.Kernels;

/// <summary>
/// What a product of two floats does not say about one of them: fl(fl(w·s) / s) is w, or a neighbour of it, for each of both roundings is off by half a unit in the last place at most. Two bits a value
/// say which; what lies farther off (products that overflowed, underflowed or were scaled by 0) is kept as it is. So a matrix whose rows were scaled comes back with its very bits.
/// </summary>
internal sealed unsafe class ScaleRemainder
{
    private const int Lanes = 8;

    // Where more than so many of a matrix's values are no neighbours, two bits a value are no longer all that is kept.
    private const int ShareOfOthers = 64;

    private readonly int rows;
    private readonly int columns;

    // For each row of the matrix, a byte for each eight columns: whose value stands one above the quotient, and whose one below.
    private readonly byte[] above;
    private readonly byte[] below;
    private readonly List<(long Place, float Value)> others = [];

    private ScaleRemainder(int rows, int columns)
    {
        this.rows = rows;
        this.columns = columns;
        above = new byte[BytesOfRow * rows];
        below = new byte[BytesOfRow * rows];
    }

    private int BytesOfRow => (columns + Lanes - 1) / Lanes;

    /// <summary>What is to be kept of a matrix beside its rows' products with their scales; null where that would be too much.</summary>
    /// <param name="values">rows × columns.</param>
    /// <param name="scale">One of each row.</param>
    /// <param name="rows">Its rows.</param>
    /// <param name="columns">Its columns.</param>
    public static ScaleRemainder? Of(float* values, float* scale, int rows, int columns)
    {
        ScaleRemainder remainder = new(rows, columns);
        return remainder.Fill(values, scale) ? remainder : null;
    }

    /// <summary>Makes the values of their products again, in place.</summary>
    /// <param name="products">What <see cref="Of"/> was given, each row multiplied by its scale.</param>
    /// <param name="scale">The same scales.</param>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public void Restore(float* products, float* scale)
    {
        for (int row = 0; row < rows; row++)
        {
            float* values = products + (nint)row * columns;
            int bits = row * BytesOfRow;
            for (int column = 0; column < columns; column++)
            {
                int place = bits + column / Lanes;
                int lane = column % Lanes;
                int step = (above[place] >> lane & 1) - (below[place] >> lane & 1);
                values[column] = BitConverter.Int32BitsToSingle(BitConverter.SingleToInt32Bits(values[column] / scale[row]) + step);
            }
        }

        foreach ((long place, float value) in others)
            products[place] = value;
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private bool Fill(float* values, float* scale)
    {
        long most = (long)rows * columns / ShareOfOthers;
        for (int row = 0; row < rows; row++)
        {
            float* start = values + (nint)row * columns;
            int bits = row * BytesOfRow;
            int column = 0;
            for (; column <= columns - Lanes; column += Lanes, bits++)
            {
                Vector256<int> distance = Distance(Vector256.Load(start + column), Vector256.Create(scale[row]));
                Vector256<int> isAbove = Vector256.Equals(distance, Vector256<int>.One);
                Vector256<int> isBelow = Vector256.Equals(distance, Vector256<int>.AllBitsSet);
                above[bits] = (byte)isAbove.ExtractMostSignificantBits();
                below[bits] = (byte)isBelow.ExtractMostSignificantBits();
                if ((isAbove | isBelow | Vector256.Equals(distance, Vector256<int>.Zero)) == Vector256<int>.AllBitsSet)
                    continue;
                for (int lane = 0; lane < Lanes; lane++)
                    KeepOther(values, (nint)row * columns + column + lane, distance[lane]);
                if (others.Count > most)
                    return false;
            }

            for (; column < columns; column++)
            {
                int distance = Distance(Vector256.Create(start[column]), Vector256.Create(scale[row]))[0];
                above[bits] |= (byte)(distance == 1 ? 1 << column % Lanes : 0);
                below[bits] |= (byte)(distance == -1 ? 1 << column % Lanes : 0);
                KeepOther(values, (nint)row * columns + column, distance);
            }
        }

        return others.Count <= most;
    }

    private void KeepOther(float* values, nint place, int distance)
    {
        if (distance is < -1 or > 1)
            others.Add((place, values[place]));
    }

    /// <summary>From the product's quotient to the value, in floats.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector256<int> Distance(Vector256<float> value, Vector256<float> scale) => value.AsInt32() - (value * scale / scale).AsInt32();
}
