using System;
using System.Collections.Generic;

namespace Dsl.Generator.Declaring;

/// <summary>Products and sums of non-negative counts that stop at 2^63-1 instead of wrapping: a typing error may be any number.</summary>
internal static class Counting
{
    public static long Multiply(long left, long right)
    {
        if (left == 0 || right == 0)
            return 0;
        return left > long.MaxValue / right ? long.MaxValue : left * right;
    }

    public static long Add(long left, long right) => left > long.MaxValue - right ? long.MaxValue : left + right;

    /// <summary>The sum over all items of what is counted of each.</summary>
    public static long Sum<T>(IEnumerable<T> items, Func<T, long> count)
    {
        long sum = 0;
        foreach (T item in items)
            sum = Add(sum, count(item));
        return sum;
    }
}
