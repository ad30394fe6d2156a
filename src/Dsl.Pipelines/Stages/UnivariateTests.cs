using System;
using System.Collections.Generic;
using Dsl.Pipelines.Linear;
using Dsl.Pipelines.Numerics;
using Dsl.Pipelines.Rows;

namespace Dsl.Pipelines.Stages;

/// <summary>A test of each element of vectors against a label: its statistic and the probability of one as large by chance, in Spark MLlib's formulas, whose probability is exactly 0 where it is very small.</summary>
internal static class UnivariateTests
{
    /// <summary>As many different values an element may have that is taken as a category.</summary>
    public const int MostCategories = 10_000;

    /// <summary>Analysis of variance: F of the means by class. Continuous elements, classes.</summary>
    public static (double Statistic, double PValue)[] Anova(FeatureRows rows, double[] labels)
    {
        Dictionary<double, int> classes = NumbersOf(labels);
        int size = rows.Size;
        double[] sums = new double[size];
        double[] squares = new double[size];
        double[] ofClasses = new double[classes.Count * size];
        int[] counts = new int[classes.Count];
        foreach (FeatureBlock block in rows.Blocks)
        {
            for (int row = 0; row < block.Rows; row++)
            {
                int at = classes[labels[block.First + row]];
                counts[at]++;
                foreach ((int element, double value) in block.NonZeros(row))
                {
                    sums[element] += value;
                    squares[element] += value * value;
                    ofClasses[(at * size) + element] += value;
                }
            }
        }

        double above = classes.Count - 1;
        double below = rows.Count - classes.Count;
        IReadOnlyList<int> order = LabelOrder.Of([.. classes.Keys]);
        (double, double)[] tests = new (double, double)[size];
        for (int element = 0; element < size; element++)
        {
            double ofMean = sums[element] * sums[element] / rows.Count;
            double between = 0;
            foreach (int at in order)
                between += ofClasses[(at * size) + element] * ofClasses[(at * size) + element] / counts[at];
            between -= ofMean;
            double within = squares[element] - ofMean - between;
            tests[element] = FTest(between / above / (within / below), above, below);
        }

        return tests;
    }

    /// <summary>F of the correlation. Continuous elements, a continuous label.</summary>
    public static (double Statistic, double PValue)[] Correlation(FeatureRows rows, double[] labels)
    {
        int size = rows.Size;
        (double[] means, double[] deviations) = MomentsOf(rows);
        (double mean, double deviation) = MomentsOf(labels);
        double[] sums = new double[size];
        double[] values = new double[size];
        foreach (FeatureBlock block in rows.Blocks)
        {
            for (int row = 0; row < block.Rows; row++)
            {
                double y = labels[block.First + row] - mean;
                if (y == 0)
                    continue;
                block.CopyRow(row, values);
                for (int element = 0; element < size; element++)
                    sums[element] += y * (values[element] - means[element]);
            }
        }

        double below = rows.Count - 2;
        (double, double)[] tests = new (double, double)[size];
        for (int element = 0; element < size; element++)
        {
            double correlation = sums[element] / (rows.Count - 1) / (deviation * deviations[element]);
            // What squares have made infinite is no correlation of 0.
            tests[element] = FTest(double.IsInfinity(deviation * deviations[element]) ? double.NaN : correlation * correlation / (1 - (correlation * correlation)) * below, 1, below);
        }

        return tests;
    }

    /// <summary>Mean and sample deviation of each element, as Spark MLlib's summaries have them to the last digit: by Welford's update over what is not zero.</summary>
    private static (double[] Means, double[] Deviations) MomentsOf(FeatureRows rows)
    {
        double[] means = new double[rows.Size];
        double[] squares = new double[rows.Size];
        double[] seen = new double[rows.Size];
        foreach (FeatureBlock block in rows.Blocks)
        {
            for (int row = 0; row < block.Rows; row++)
            {
                foreach ((int element, double value) in block.NonZeros(row))
                {
                    double difference = value - means[element];
                    means[element] += difference / ++seen[element];
                    squares[element] += (value - means[element]) * difference;
                }
            }
        }

        double count = rows.Count;
        double[] deviations = new double[rows.Size];
        for (int element = 0; element < deviations.Length; element++)
        {
            double ofZeros = means[element] * means[element] * seen[element] * (count - seen[element]) / count;
            deviations[element] = Math.Sqrt(Math.Max(0, (squares[element] + ofZeros) / (count - 1)));
            means[element] *= seen[element] / count;
        }

        return (means, deviations);
    }

    /// <summary>Those of a label, as Spark's avg and stddev have them.</summary>
    private static (double Mean, double Deviation) MomentsOf(double[] labels)
    {
        double sum = 0;
        double mean = 0;
        double squares = 0;
        double seen = 0;
        foreach (double label in labels)
        {
            sum += label;
            double difference = label - mean;
            double share = difference / ++seen;
            mean += share;
            squares += difference * (difference - share);
        }

        return (sum / seen, Math.Sqrt(squares / (seen - 1)));
    }

    /// <summary>Whether the squares of all elements, added up, stay within a double's range.</summary>
    public static bool HaveSquares(FeatureRows rows)
    {
        double most = Math.Sqrt(double.MaxValue / rows.Count) / 2;
        foreach (FeatureBlock block in rows.Blocks)
        {
            if (Array.Exists(block.Values, value => Math.Abs(value) > most))
                return false;
        }

        return true;
    }

    /// <summary>Pearson's chi² of independence. Elements and labels are categories, each value one.</summary>
    /// <returns>Null where an element has too many values, and which.</returns>
    public static (double Statistic, double PValue)[]? ChiSquared(FeatureRows rows, double[] labels, out int tooMany)
    {
        Dictionary<double, int> classes = Ascending(labels);
        (double, double)[] tests = new (double, double)[rows.Size];
        double[][] columns = ColumnsOf(rows);
        tooMany = -1;
        for (int element = 0; element < rows.Size; element++)
        {
            Dictionary<double, int> categories = Ascending(columns[element]);
            if (categories.Count > MostCategories)
            {
                tooMany = element;
                return null;
            }

            double[] counts = new double[categories.Count * classes.Count];
            for (int row = 0; row < labels.Length; row++)
                counts[(classes[labels[row]] * categories.Count) + categories[columns[element][row]]]++;
            tests[element] = Independence(counts, classes.Count, categories.Count);
        }

        return tests;
    }

    private static (double Statistic, double PValue) FTest(double f, double above, double below) => (f, 1 - Distributions.F(f, above, below));

    /// <summary>Of a table of labels by values: summed label by label, as MLlib sums it.</summary>
    private static (double Statistic, double PValue) Independence(double[] counts, int rows, int columns)
    {
        double freedom = (rows - 1.0) * (columns - 1);
        // Nothing depends on what never changes.
        if (freedom == 0)
            return (0, 1);
        double[] rowSums = new double[rows];
        double[] columnSums = new double[columns];
        double total = 0;
        for (int i = 0; i < counts.Length; i++)
        {
            rowSums[i / columns] += counts[i];
            columnSums[i % columns] += counts[i];
            total += counts[i];
        }

        double statistic = 0;
        for (int i = 0; i < counts.Length; i++)
        {
            double expected = columnSums[i % columns] * rowSums[i / columns] / total;
            statistic += (counts[i] - expected) * (counts[i] - expected) / expected;
        }

        return (statistic, 1 - Distributions.ChiSquared(statistic, freedom));
    }

    /// <summary>The different values, numbered as they come.</summary>
    private static Dictionary<double, int> NumbersOf(double[] values)
    {
        Dictionary<double, int> numbers = [];
        foreach (double value in values)
            numbers.TryAdd(value, numbers.Count);
        return numbers;
    }

    /// <summary>The different values, numbered from the least.</summary>
    private static Dictionary<double, int> Ascending(double[] values)
    {
        double[] different = [.. new HashSet<double>(values)];
        Array.Sort(different);
        Dictionary<double, int> numbers = new(different.Length);
        for (int i = 0; i < different.Length; i++)
            numbers.Add(different[i], i);
        return numbers;
    }

    private static double[][] ColumnsOf(FeatureRows rows)
    {
        double[][] columns = new double[rows.Size][];
        for (int element = 0; element < columns.Length; element++)
            columns[element] = new double[rows.Count];
        foreach (FeatureBlock block in rows.Blocks)
        {
            for (int row = 0; row < block.Rows; row++)
            {
                foreach ((int element, double value) in block.NonZeros(row))
                    columns[element][block.First + row] = value;
            }
        }

        return columns;
    }
}
