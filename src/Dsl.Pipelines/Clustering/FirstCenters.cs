using System;
using System.Collections.Generic;
using System.Linq;
using Dsl.Pipelines.Numerics;
using Dsl.Pipelines.Randomness;
using Dsl.Pipelines.Rows;

namespace Dsl.Pipelines.Clustering;

/// <summary>
/// The centres that k-means begins with, drawn as Spark draws them: rows at random, or by k-means|| (Bahmani et al., Scalable K-Means++, 2012), whose candidates k-means++ (Arthur and
/// Vassilvitskii, 2007) and a few steps of their own make into as many as are wanted.
/// </summary>
internal sealed class FirstCenters
{
    // Of the candidates' own steps, and of the generator that begins them.
    private const int MostLocalSteps = 30;
    private const int LocalSeed = 0;

    // How often k-means|| takes a candidate, beside the number of centres.
    private const double Oversampling = 2.0;

    private readonly FeatureRows rows;
    private readonly double[] squares;
    private readonly KMeansOptions options;

    private FirstCenters(FeatureRows rows, double[] squares, KMeansOptions options)
    {
        this.rows = rows;
        this.squares = squares;
        this.options = options;
    }

    /// <summary>Centre behind centre; fewer than wanted where there are not as many different rows.</summary>
    /// <param name="rows">The rows.</param>
    /// <param name="squares">Their squared lengths.</param>
    /// <param name="options">How many, and how.</param>
    public static double[] Of(FeatureRows rows, double[] squares, KMeansOptions options)
    {
        FirstCenters first = new(rows, squares, options);
        int seed = new XorShiftRandom(options.Seed).NextInt();
        return options.InitMode == KMeansInit.Random
            ? Joined(first.Different(RowSample.Take(rows.Count, options.K, seed)))
            : first.Parallel(seed);
    }

    private double[] Parallel(int seed)
    {
        List<int> chosen = [RowSample.Take(rows.Count, 1, seed)[0]];
        List<int> latest = [.. chosen];
        double[] costs = new double[rows.Count];
        costs.AsSpan().Fill(double.PositiveInfinity);
        for (int step = 0; step < options.InitSteps; step++)
        {
            if (latest.Count > 0)
                LowerCosts(Joined(Different(latest)), costs);
            double sum = 0;
            foreach (double cost in costs)
                sum += cost;
            XorShiftRandom random = new(seed ^ (step << 16));
            latest.Clear();
            for (int row = 0; row < costs.Length; row++)
            {
                if (random.NextDouble() < Oversampling * costs[row] * options.K / sum)
                    latest.Add(row);
            }

            chosen.AddRange(latest);
        }

        List<double[]> candidates = Different(chosen);
        return candidates.Count <= options.K ? Joined(candidates) : Local(candidates, Counts(candidates));
    }

    // Rows as dense vectors, each once.
    private List<double[]> Different(IEnumerable<int> numbers)
    {
        List<double[]> different = [];
        HashSet<Vector> seen = [];
        foreach (int number in numbers)
        {
            Vector row = rows.At(number);
            if (seen.Add(row))
                different.Add(row.ToArray());
        }

        return different;
    }

    private void LowerCosts(double[] centers, double[] costs)
    {
        Centers those = new(centers, rows.Size, options.Cosine);
        int[] nearest = new int[rows.Count];
        IReadOnlyList<FeatureBlock> blocks = rows.Blocks;
        ParallelParts.Run(blocks.Count, part =>
        {
            FeatureBlock block = blocks[part];
            those.Nearest(block, squares, nearest);
            for (int row = block.First; row < block.First + block.Rows; row++)
                costs[row] = Math.Min(costs[row], those.Distance(RowElements.Of(block, row - block.First), squares[row], nearest[row]));
        });
    }

    private double[] Counts(List<double[]> candidates)
    {
        Centers those = new(Joined(candidates), rows.Size, options.Cosine);
        int[] nearest = new int[rows.Count];
        IReadOnlyList<FeatureBlock> blocks = rows.Blocks;
        ParallelParts.Run(blocks.Count, part => those.Nearest(blocks[part], squares, nearest));
        double[] counts = new double[candidates.Count];
        foreach (int candidate in nearest)
            counts[candidate]++;
        return counts;
    }

    /// <summary>k-means++ on weighted points, then steps until no point changes its centre; by Euclidean distances whatever the rows' are.</summary>
    private double[] Local(List<double[]> points, double[] weights)
    {
        JavaRandom random = new(LocalSeed);
        List<double[]> centers = [points[PickWeighted(random, weights)]];
        double[] costs = [.. points.Select(point => Centers.OrderedDistance(point, centers[0]))];
        while (centers.Count < options.K)
        {
            double sum = 0;
            for (int i = 0; i < costs.Length; i++)
                sum += costs[i] * weights[i];
            double wanted = random.NextDouble() * sum;
            double running = 0;
            int taken = 0;
            while (taken < costs.Length && running < wanted)
            {
                running += weights[taken] * costs[taken];
                taken++;
            }

            double[] center = points[Math.Max(0, taken - 1)];
            centers.Add(center);
            for (int i = 0; i < costs.Length; i++)
                costs[i] = Math.Min(Centers.OrderedDistance(points[i], center), costs[i]);
        }

        return Joined(LocalSteps(random, points, weights, centers));
    }

    private List<double[]> LocalSteps(JavaRandom random, List<double[]> points, double[] weights, List<double[]> centers)
    {
        int[] nearest = new int[points.Count];
        nearest.AsSpan().Fill(-1);
        bool moved = true;
        for (int step = 0; step < MostLocalSteps && moved; step++)
        {
            moved = false;
            Centers those = new(Joined(centers), rows.Size, cosine: false);
            double[] counts = new double[centers.Count];
            double[][] sums = [.. centers.Select(_ => new double[rows.Size])];
            for (int point = 0; point < points.Count; point++)
            {
                int center = those.Nearest(new RowElements(points[point]));
                for (int i = 0; i < rows.Size; i++)
                    sums[center][i] += weights[point] * points[point][i];
                counts[center] += weights[point];
                moved |= nearest[point] != center;
                nearest[point] = center;
            }

            for (int center = 0; center < sums.Length; center++)
            {
                if (counts[center] == 0)
                    sums[center] = points[random.NextInt(points.Count)];
                else
                    Doubles.Scale(sums[center], 1 / counts[center]);
            }

            centers = [.. sums];
        }

        return centers;
    }

    private static int PickWeighted(JavaRandom random, double[] weights)
    {
        double sum = 0;
        foreach (double weight in weights)
            sum += weight;
        double wanted = random.NextDouble() * sum;
        double running = 0;
        int taken = 0;
        while (taken < weights.Length && running < wanted)
            running += weights[taken++];
        return Math.Max(0, taken - 1);
    }

    private static double[] Joined(List<double[]> centers) => [.. centers.SelectMany(center => center)];
}
