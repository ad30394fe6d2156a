using System;

namespace Dsl.Pipelines.Rows;

/// <summary>A flag a row or column.</summary>
internal static class Flags
{
    /// <summary>The places of those that are set, ascending.</summary>
    public static int[] PlacesOf(ReadOnlySpan<bool> flags)
    {
        int[] places = new int[flags.Count(true)];
        int at = 0;
        for (int i = 0; i < places.Length; i++, at++)
        {
            at += flags[at..].IndexOf(true);
            places[i] = at;
        }

        return places;
    }
}
