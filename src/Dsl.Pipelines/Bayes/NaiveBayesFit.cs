using System;
using System.Linq;
using Dsl.Pipelines.Numerics;
using Dsl.Pipelines.Rows;

namespace Dsl.Pipelines.Bayes;

/// <summary>What naive Bayes learns.</summary>
/// <param name="Type">How features are distributed.</param>
/// <param name="Size">How many features.</param>
/// <param name="Pi">ln of the share of each class, in the order of the labels seen.</param>
/// <param name="Theta">Class behind class, a figure a feature: ln of its probability, of Complement minus that of the other classes, of Gaussian its mean.</param>
/// <param name="Sigma">Of Gaussian the variances, else empty.</param>
internal sealed record NaiveBayesFitted(NaiveBayesType Type, int Size, double[] Pi, double[] Theta, double[] Sigma);

/// <summary>Counts and moments of each class, as Spark MLlib takes them (Complement: Rennie et al., Tackling the Poor Assumptions of Naive Bayes Text Classifiers, 2003).</summary>
internal static class NaiveBayesFit
{
    // A share of the largest variance is added to all of them, so that none is 0.
    private const double VarianceShare = 1e-9;

    /// <summary>Learns.</summary>
    /// <param name="rows">The rows.</param>
    /// <param name="classOf">The class of each, numbered without gaps.</param>
    /// <param name="classes">How many classes.</param>
    /// <param name="weights">A weight a row; null: 1 each. Every class has some.</param>
    /// <param name="type">How features are distributed.</param>
    /// <param name="smoothing">Added to every count; not of Gaussian.</param>
    public static NaiveBayesFitted Of(FeatureRows rows, int[] classOf, int classes, double[]? weights, NaiveBayesType type, double smoothing)
    {
        GroupSums sums = GroupSums.Of(rows, classOf, classes, weights);
        return type == NaiveBayesType.Gaussian
            ? Gaussian(rows.Size, sums, GroupSums.Of(rows, classOf, classes, weights, squares: true).Sums)
            : OfCounts(rows.Size, sums, type, smoothing);
    }

    private static NaiveBayesFitted OfCounts(int size, GroupSums sums, NaiveBayesType type, double smoothing)
    {
        int classes = sums.Weights.Length;
        double all = Math.Log(sums.Weights.Sum() + (classes * smoothing));
        double[] pi = [.. sums.Weights.Select(weight => Math.Log(weight + smoothing) - all)];
        double[] theta = new double[classes * size];
        for (int c = 0; c < classes; c++)
        {
            double[] counts = type == NaiveBayesType.Complement ? OfOthers(sums.Sums, c, classes, size) : sums.Sums.AsSpan(c * size, size).ToArray();
            double total = type == NaiveBayesType.Bernoulli ? Math.Log(sums.Weights[c] + (2 * smoothing)) : Math.Log(counts.Sum() + (size * smoothing));
            for (int i = 0; i < size; i++)
            {
                double part = Math.Log(counts[i] + smoothing);
                theta[(c * size) + i] = type == NaiveBayesType.Complement ? total - part : part - total;
            }
        }

        return new NaiveBayesFitted(type, size, pi, theta, []);
    }

    private static double[] OfOthers(double[] sums, int c, int classes, int size)
    {
        double[] others = new double[size];
        for (int other = 0; other < classes; other++)
        {
            for (int i = 0; other != c && i < size; i++)
                others[i] += sums[(other * size) + i];
        }

        return others;
    }

    private static NaiveBayesFitted Gaussian(int size, GroupSums sums, double[] squares)
    {
        int classes = sums.Weights.Length;
        double all = sums.Weights.Sum();
        double least = VarianceShare * Enumerable.Range(0, size).Max(i =>
        {
            double sum = 0;
            double square = 0;
            for (int c = 0; c < classes; c++)
            {
                sum += sums.Sums[(c * size) + i];
                square += squares[(c * size) + i];
            }

            return (square / all) - (sum * sum / all / all);
        });
        double[] means = new double[classes * size];
        double[] variances = new double[classes * size];
        for (int i = 0; i < means.Length; i++)
        {
            double weight = sums.Weights[i / size];
            means[i] = sums.Sums[i] / weight;
            variances[i] = least + (squares[i] / weight) - (means[i] * means[i]);
        }

        return new NaiveBayesFitted(NaiveBayesType.Gaussian, size, [.. sums.Weights.Select(weight => Math.Log(weight) - Math.Log(all))], means, variances);
    }
}
