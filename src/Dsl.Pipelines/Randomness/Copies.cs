using System;

namespace Dsl.Pipelines.Randomness;

/// <summary>How often each row is in each tree of a forest, drawn as Spark draws it.</summary>
internal static class Copies
{
    /// <summary>Drawn with replacement: by Poisson's distribution, row by row and for each tree.</summary>
    /// <param name="rows">How many rows.</param>
    /// <param name="trees">How many trees.</param>
    /// <param name="rate">The mean, above 0.</param>
    /// <param name="seed">The forest's seed.</param>
    public static byte[][] Bootstrap(int rows, int trees, double rate, long seed)
    {
        Well19937c random = new(unchecked(seed + 1));
        double none = Math.Exp(-rate);
        byte[][] copies = None(rows, trees);
        for (int row = 0; row < rows; row++)
        {
            for (int tree = 0; tree < trees; tree++)
                copies[tree][row] = (byte)Math.Min(byte.MaxValue, Poisson(random, none, rate));
        }

        return copies;
    }

    /// <summary>Drawn without replacement: each row with that probability; null where all are in.</summary>
    /// <inheritdoc cref="Bootstrap"/>
    public static byte[][]? Sample(int rows, int trees, double rate, long seed)
    {
        if (rate >= 1)
            return null;
        XorShiftRandom random = new(unchecked(seed + 1));
        byte[][] copies = None(rows, trees);
        for (int row = 0; row < rows; row++)
        {
            for (int tree = 0; tree < trees; tree++)
                copies[tree][row] = random.NextDouble() < rate ? (byte)1 : (byte)0;
        }

        return copies;
    }

    private static byte[][] None(int rows, int trees)
    {
        byte[][] copies = new byte[trees][];
        for (int tree = 0; tree < trees; tree++)
            copies[tree] = new byte[rows];
        return copies;
    }

    /// <summary>Knuth's way, The Art of Computer Programming 3.4.1, with commons-math's end: beyond 1,000 times the mean it is given up.</summary>
    private static int Poisson(Well19937c random, double none, double mean)
    {
        double product = 1;
        int count = 0;
        while (count < 1000 * mean)
        {
            product *= random.NextDouble();
            if (product < none)
                return count;
            count++;
        }

        return count;
    }
}
