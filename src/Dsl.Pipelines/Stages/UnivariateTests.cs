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
        (double, double)[] tests = new (double, double)[size];
        for (int element = 0; element < size; element++)
        {
            double ofMean = sums[element] * sums[element] / rows.Count;
            double between = -ofMean;
            for (int at = 0; at < counts.Length; at++)
                between += ofClasses[(at * size) + element] * ofClasses[(at * size) + element] / counts[at];
            double within = squares[element] - ofMean - between;
            tests[element] = FTest(between / above / (within / below), above, below);
        }

        return tests;
    }

    /// <summary>F of the correlation. Continuous elements, a continuous label.</summary>
    public static (double Statistic, double PValue)[] Correlation(FeatureRows rows, double[] labels)
    {
        int size = rows.Size;
        ColumnMoments features = ColumnMoments.Of(rows, null);
        ColumnMoments label = ColumnMoments.Of(labels, null);
        double[] sums = new double[size];
        double[] values = new double[size];
        foreach (FeatureBlock block in rows.Blocks)
        {
            for (int row = 0; row < block.Rows; row++)
            {
                block.CopyRow(row, values);
                double y = labels[block.First + row] - label.Mean[0];
                for (int element = 0; element < size; element++)
                    sums[element] += y * (values[element] - features.Mean[element]);
            }
        }

        double below = rows.Count - 2;
        (double, double)[] tests = new (double, double)[size];
        for (int element = 0; element < size; element++)
        {
            double correlation = sums[element] / (rows.Count - 1) / (label.Deviation[0] * features.Deviation[element]);
            // Rounding must not make more of a perfect correlation.
            double share = Math.Min(1, correlation * correlation);
            tests[element] = FTest(share / (1 - share) * below, 1, below);
        }

        return tests;
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
        Dictionary<double, int> classes = NumbersOf(labels);
        (double, double)[] tests = new (double, double)[rows.Size];
        double[][] columns = ColumnsOf(rows);
        tooMany = -1;
        for (int element = 0; element < rows.Size; element++)
        {
            Dictionary<double, int> categories = NumbersOf(columns[element]);
            if (categories.Count > MostCategories)
            {
                tooMany = element;
                return null;
            }

            double[] counts = new double[categories.Count * classes.Count];
            for (int row = 0; row < labels.Length; row++)
                counts[(categories[columns[element][row]] * classes.Count) + classes[labels[row]]]++;
            tests[element] = Independence(counts, categories.Count, classes.Count);
        }

        return tests;
    }

    private static (double Statistic, double PValue) FTest(double f, double above, double below) => (f, 1 - Distributions.F(f, above, below));

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
