using System;
using Dsl.Pipelines.Rows;

namespace Dsl.Pipelines.Text;

/// <summary>How often elements of a vector were hit, gathered by sorting the hits: rows are short, and a table for each would cost more than they do.</summary>
internal static class TermCounts
{
    /// <summary>A sparse vector of counts.</summary>
    /// <param name="size">Its elements.</param>
    /// <param name="hits">The places, in any order; sorted here.</param>
    /// <param name="least">Counts below this are left out.</param>
    /// <param name="binary">1 stands in place of a count.</param>
    public static Vector ToVector(int size, Span<int> hits, double least, bool binary)
    {
        hits.Sort();
        int kept = 0;
        for (int at = 0; at < hits.Length;)
        {
            int end = RunEnd(hits, at);
            kept += end - at >= least ? 1 : 0;
            at = end;
        }

        int[] places = new int[kept];
        double[] counts = new double[kept];
        kept = 0;
        for (int at = 0; at < hits.Length;)
        {
            int end = RunEnd(hits, at);
            if (end - at >= least)
            {
                places[kept] = hits[at];
                counts[kept++] = binary ? 1 : end - at;
            }

            at = end;
        }

        return Vector.Sparse(size, places, counts);
    }

    private static int RunEnd(ReadOnlySpan<int> hits, int at)
    {
        int end = at + 1;
        while (end < hits.Length && hits[end] == hits[at])
            end++;
        return end;
    }
}
