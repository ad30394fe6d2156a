using System;
using System.Collections.Generic;

namespace Names;

/// <summary>The plain baseline: how often each character followed which, one added to each count.</summary>
internal sealed class BigramCounts
{
    private readonly double[] counts = new double[NameText.Characters * NameText.Characters];

    /// <summary>Counts names.</summary>
    public BigramCounts(IEnumerable<string> names)
    {
        Array.Fill(counts, 1);
        foreach (string name in names)
            Visit(name, (before, after) => counts[(before * NameText.Characters) + after]++);
    }

    /// <summary>The mean over all characters, marks at the ends counted, of -ln of the next one's share.</summary>
    public double Loss(IEnumerable<string> names)
    {
        double loss = 0;
        long characters = 0;
        foreach (string name in names)
        {
            Visit(name, (before, after) =>
            {
                double[] row = counts[(before * NameText.Characters)..((before + 1) * NameText.Characters)];
                double all = 0;
                foreach (double count in row)
                    all += count;
                loss -= Math.Log(row[after] / all);
                characters++;
            });
        }

        return loss / characters;
    }

    private static void Visit(string name, Action<int, int> pair)
    {
        int before = NameText.Mark;
        foreach (char letter in name)
        {
            pair(before, NameText.IdOf(letter));
            before = NameText.IdOf(letter);
        }

        pair(before, NameText.Mark);
    }
}
