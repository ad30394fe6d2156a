using System;
using System.Collections.Generic;

namespace Dsl.Pipelines.Randomness;

/// <summary>Rows drawn without replacement as Spark draws them from one partition: <c>RDD.takeSample</c>.</summary>
internal static class RowSample
{
    // Up to here Spark's sampler draws how many rows it leaves out, and not whether it takes each.
    private const double MostByGaps = 0.4;

    // As small as a drawn number counts where its logarithm is taken.
    private const double LeastDraw = 5e-11;

    // How seldom a first sample may be too small.
    private const double Shortfall = 1e-4;
    private const double LeastFraction = 1e-10;

    /// <summary>Some rows, in the order in which they were drawn.</summary>
    /// <param name="rows">How many there are.</param>
    /// <param name="count">How many are wanted; fewer where there are fewer.</param>
    /// <param name="seed">Where the drawing starts.</param>
    public static int[] Take(int rows, int count, int seed)
    {
        JavaRandom random = new(seed);
        int[] drawn;
        if (count >= rows)
        {
            drawn = new int[rows];
            for (int row = 0; row < rows; row++)
                drawn[row] = row;
        }
        else
        {
            double share = (double)count / rows;
            double gamma = -Math.Log(Shortfall) / rows;
            double fraction = Math.Min(1, Math.Max(LeastFraction, share + gamma + Math.Sqrt((gamma * gamma) + (2 * gamma * share))));
            do
                drawn = Bernoulli(rows, fraction, random.NextInt());
            while (drawn.Length < count);
        }

        for (int i = drawn.Length - 1; i >= 1; i--)
        {
            int other = random.NextInt(i + 1);
            (drawn[i], drawn[other]) = (drawn[other], drawn[i]);
        }

        return drawn[..Math.Min(count, drawn.Length)];
    }

    /// <summary>Each row with the same probability, in their order.</summary>
    /// <param name="rows">How many there are.</param>
    /// <param name="fraction">The probability.</param>
    /// <param name="seed">Where the drawing starts.</param>
    public static int[] Bernoulli(int rows, double fraction, int seed)
    {
        XorShiftRandom random = new(new JavaRandom(seed).NextLong());
        List<int> drawn = [];
        if (fraction > MostByGaps)
        {
            for (int row = 0; row < rows; row++)
            {
                if (fraction >= 1 || random.NextDouble() <= fraction)
                    drawn.Add(row);
            }

            return [.. drawn];
        }

        double scale = LogOnePlus(-fraction);
        for (long row = Gap(random, scale); row < rows; row += 1 + Gap(random, scale))
            drawn.Add((int)row);
        return [.. drawn];
    }

    private static int Gap(XorShiftRandom random, double scale)
    {
        double gap = Math.Log(Math.Max(random.NextDouble(), LeastDraw)) / scale;
        return gap >= int.MaxValue ? int.MaxValue : (int)gap;
    }

    // Kahan's way: ln(1 + x) by ln of the rounded sum and what the rounding lost.
    private static double LogOnePlus(double x)
    {
        double sum = 1 + x;
        return sum == 1 ? x : Math.Log(sum) * (x / (sum - 1));
    }
}
