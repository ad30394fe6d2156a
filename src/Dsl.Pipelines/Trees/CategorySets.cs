using System;
using System.Collections.Generic;
using Dsl.Pipelines.Columns;

namespace Dsl.Pipelines.Trees;

/// <summary>
/// The categories that go left at nodes that part them, as bits. A value that is no category goes where the shorter list is not, as in MLlib, which keeps whichever of the two sides has
/// fewer categories.
/// </summary>
/// <param name="words">Set behind set, <paramref name="width"/> words each.</param>
/// <param name="width">Words of a set.</param>
/// <param name="others">Of each set whether what is no category goes left.</param>
internal sealed class CategorySets(ulong[] words, int width, bool[] others)
{
    private const int Bits = 64;

    /// <summary>How many sets.</summary>
    public int Count => others.Length;

    /// <summary>More than any category of any set.</summary>
    public int Size => width * Bits;

    /// <summary>Whether a value goes left.</summary>
    public bool Has(int set, double value)
    {
        int category = (int)value;
        return category == value && (uint)category < (uint)Size
            ? (words[(set * width) + (category / Bits)] >> (category % Bits) & 1) != 0
            : others[set];
    }

    /// <summary>The categories that go left, ascending.</summary>
    /// <param name="set">Which set.</param>
    /// <param name="categories">How many the feature has.</param>
    public int[] Of(int set, int categories)
    {
        List<int> left = [];
        for (int category = 0; category < categories; category++)
        {
            if (Has(set, category))
                left.Add(category);
        }

        return [.. left];
    }

    /// <summary>Collects sets.</summary>
    /// <param name="elements">How many categories each feature has.</param>
    public sealed class Builder(ElementNames elements)
    {
        private readonly List<(int Feature, int[] Left)> added = [];
        private int most;

        /// <summary>How many there are.</summary>
        public int Count => added.Count;

        /// <summary>Takes one and gives its number.</summary>
        /// <param name="feature">Whose categories.</param>
        /// <param name="left">Those that go left.</param>
        public int Add(int feature, int[] left)
        {
            added.Add((feature, left));
            most = Math.Max(most, elements.CategoriesOf(feature));
            return added.Count - 1;
        }

        /// <summary>All of them.</summary>
        public CategorySets Build()
        {
            int width = (most + Bits - 1) / Bits;
            ulong[] words = new ulong[added.Count * width];
            bool[] others = new bool[added.Count];
            for (int set = 0; set < others.Length; set++)
            {
                (int feature, int[] left) = added[set];
                int categories = elements.CategoriesOf(feature);
                others[set] = left.Length > categories / 2;
                foreach (int category in left)
                    words[(set * width) + (category / Bits)] |= 1UL << (category % Bits);
                for (int beyond = categories; others[set] && beyond < width * Bits; beyond++)
                    words[(set * width) + (beyond / Bits)] |= 1UL << (beyond % Bits);
            }

            return new CategorySets(words, width, others);
        }
    }
}
