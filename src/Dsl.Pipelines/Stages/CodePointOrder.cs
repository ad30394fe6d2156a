using System;
using System.Collections.Generic;

namespace Dsl.Pipelines.Stages;

/// <summary>The order of texts by code points, which is that of their UTF-8 bytes: how Spark compares strings. .NET's ordinal order compares UTF-16 units, where what needs two comes too early.</summary>
internal sealed class CodePointOrder : IComparer<string>
{
    private const char FirstSurrogate = '\uD800';
    private const char BehindSurrogates = '\uE000';

    private CodePointOrder()
    {
    }

    /// <summary>The order.</summary>
    public static CodePointOrder Instance { get; } = new();

    /// <inheritdoc/>
    public int Compare(string? x, string? y)
    {
        int same = x.AsSpan().CommonPrefixLength(y);
        if (x is null || y is null || same == x.Length || same == y.Length)
            return string.CompareOrdinal(x, y);
        return Rank(x[same]) - Rank(y[same]);
    }

    // Two units together stand behind everything that is one.
    private static int Rank(char unit) => unit is >= FirstSurrogate and < BehindSurrogates ? unit + char.MaxValue : unit;
}
