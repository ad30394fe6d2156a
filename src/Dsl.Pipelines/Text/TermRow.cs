using System;

namespace Dsl.Pipelines.Text;

/// <summary>The elements of the sparse row that a thread is at: hits of places, gathered into counts by sorting. Rows are short, and a table for each would cost more than they do.</summary>
internal sealed class TermRow
{
    [ThreadStatic]
    private static TermRow? own;

    private int[] places = new int[64];
    private double[] values = new double[64];

    /// <summary>This thread's; what was in it is of no more use.</summary>
    public static TermRow Own
    {
        get
        {
            own ??= new TermRow();
            own.Count = 0;
            return own;
        }
    }

    /// <summary>How many elements are held.</summary>
    public int Count { get; private set; }

    /// <summary>Their places.</summary>
    public ReadOnlySpan<int> Places => places.AsSpan(0, Count);

    /// <summary>What is there.</summary>
    public ReadOnlySpan<double> Values => values.AsSpan(0, Count);

    /// <summary>Begins anew, with room for so many elements.</summary>
    public void Begin(int most)
    {
        Count = 0;
        if (places.Length >= most)
            return;
        places = new int[2 * most];
        values = new double[2 * most];
    }

    /// <summary>Adds a hit of a place.</summary>
    public void Hit(int place) => places[Count++] = place;

    /// <summary>Makes of all hits their places, ascending, and how often each was hit.</summary>
    /// <param name="least">Counts below this are left out.</param>
    /// <param name="binary">1 stands in place of a count.</param>
    public void Gather(double least, bool binary)
    {
        Span<int> hits = places.AsSpan(0, Count);
        hits.Sort();
        Count = 0;
        for (int at = 0; at < hits.Length;)
        {
            int place = hits[at];
            int end = at + 1;
            while (end < hits.Length && hits[end] == place)
                end++;
            if (end - at >= least)
            {
                values[Count] = binary ? 1 : end - at;
                places[Count++] = place;
            }

            at = end;
        }
    }

    /// <summary>Takes the elements of a vector.</summary>
    public void Take(Vector vector)
    {
        Begin(vector.Indices.Length);
        Count = vector.Indices.Length;
        vector.Indices.CopyTo(places);
        vector.Values.CopyTo(values);
    }

    /// <summary>A vector of the elements.</summary>
    /// <param name="size">Its size.</param>
    public Vector ToVector(int size) => Vector.Sparse(size, Places.ToArray(), Values.ToArray());
}
