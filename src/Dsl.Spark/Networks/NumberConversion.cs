using System;
using System.Numerics;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace Dsl.Spark.Networks;

/// <summary>Columns' numbers as a network's: to the nearest float; to an id the number without its fraction, the nearest id where it is beyond.</summary>
internal static class NumberConversion
{
    /// <summary>Converts as many values as there are.</summary>
    public static void Convert<TFrom, TTo>(ReadOnlySpan<TFrom> from, Span<TTo> to)
        where TFrom : unmanaged
        where TTo : unmanaged
    {
        if (typeof(TFrom) == typeof(TTo))
            MemoryMarshal.Cast<TFrom, TTo>(from).CopyTo(to);
        else if (typeof(TTo) == typeof(int))
            Numbers(from, MemoryMarshal.Cast<TTo, int>(to));
        else if (typeof(TFrom) == typeof(double))
            Narrow(MemoryMarshal.Cast<TFrom, double>(from), MemoryMarshal.Cast<TTo, float>(to));
        else
            Numbers(from, MemoryMarshal.Cast<TTo, float>(to));
    }

    private static void Narrow(ReadOnlySpan<double> from, Span<float> to)
    {
        int i = 0;
        for (; i <= from.Length - 8; i += 8)
            Vector256.Narrow(Vector256.Create(from[i..]), Vector256.Create(from[(i + 4)..])).CopyTo(to[i..]);
        for (; i < from.Length; i++)
            to[i] = (float)from[i];
    }

    private static void Numbers<TFrom, TTo>(ReadOnlySpan<TFrom> from, Span<TTo> to)
        where TFrom : unmanaged
        where TTo : unmanaged, INumberBase<TTo>
    {
        if (typeof(TFrom) == typeof(byte))
            Each(MemoryMarshal.Cast<TFrom, byte>(from), to);
        else if (typeof(TFrom) == typeof(sbyte))
            Each(MemoryMarshal.Cast<TFrom, sbyte>(from), to);
        else if (typeof(TFrom) == typeof(short))
            Each(MemoryMarshal.Cast<TFrom, short>(from), to);
        else if (typeof(TFrom) == typeof(int))
            Each(MemoryMarshal.Cast<TFrom, int>(from), to);
        else if (typeof(TFrom) == typeof(long))
            Each(MemoryMarshal.Cast<TFrom, long>(from), to);
        else if (typeof(TFrom) == typeof(float))
            Each(MemoryMarshal.Cast<TFrom, float>(from), to);
        else if (typeof(TFrom) == typeof(double))
            Each(MemoryMarshal.Cast<TFrom, double>(from), to);
        else
            throw new NotSupportedException($"{typeof(TFrom).Name} is no number of a column.");
    }

    private static void Each<TFrom, TTo>(ReadOnlySpan<TFrom> from, Span<TTo> to)
        where TFrom : unmanaged, INumberBase<TFrom>
        where TTo : unmanaged, INumberBase<TTo>
    {
        for (int i = 0; i < from.Length; i++)
            to[i] = TTo.CreateSaturating(from[i]);
    }
}
