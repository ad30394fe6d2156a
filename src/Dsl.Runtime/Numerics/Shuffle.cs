using System;

namespace Dsl.Runtime;

/// <summary>Random orders that depend on a seed and a stream only.</summary>
internal static class Shuffle
{
    /// <summary>Puts values into a random order (Fisher-Yates; every order as likely as every other).</summary>
    /// <param name="values">What to shuffle, in place.</param>
    /// <param name="seed">The seed.</param>
    /// <param name="stream">The stream, from <see cref="Philox.Stream"/>.</param>
    public static void InPlace(Span<int> values, ulong seed, ulong stream)
    {
        for (int i = values.Length - 1; i > 0; i--)
        {
            int j = Philox.Below(i + 1, seed, stream, (ulong)i);
            (values[i], values[j]) = (values[j], values[i]);
        }
    }
}
