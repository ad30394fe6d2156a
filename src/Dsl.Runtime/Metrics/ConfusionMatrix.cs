using System;
using System.Globalization;
using System.Text;

namespace Dsl;

/// <summary>How figures of single classes become one.</summary>
public enum Average
{
    /// <summary>The mean over all classes.</summary>
    Macro,

    /// <summary>The mean over all classes, each weighted by how many samples it has.</summary>
    Weighted,
}

/// <summary>
/// Counts which class was predicted for samples of which class. Its figures are scikit-learn's with <c>labels = 0..Classes-1</c> and
/// <c>zero_division = 0</c>: what has nothing to divide by is 0, and classes without samples count in macro averages.
/// </summary>
public sealed class ConfusionMatrix
{
    /// <summary>The most classes of a matrix: its counts are one array, which would be 17 GB.</summary>
    public const int MaxClasses = 46_340;

    private readonly long[] counts;

    /// <summary>Creates an empty matrix.</summary>
    /// <param name="classes">How many classes there are, 2 to <see cref="MaxClasses"/>; the matrix takes 8 bytes for each pair of them.</param>
    /// <exception cref="ArgumentOutOfRangeException">There are fewer or more.</exception>
    public ConfusionMatrix(int classes)
    {
        if (classes is < 2 or > MaxClasses)
            throw new ArgumentOutOfRangeException(nameof(classes), classes, $"A confusion matrix has 2 to {MaxClasses} classes, not {classes}.");
        Classes = classes;
        counts = new long[classes * classes];
    }

    /// <summary>Counts predictions.</summary>
    /// <param name="predicted">The predicted class of each sample, 0 to <paramref name="classes"/>-1.</param>
    /// <param name="actual">The true class of each sample.</param>
    /// <param name="classes">How many classes there are, 2 to <see cref="MaxClasses"/>.</param>
    /// <exception cref="ArgumentException">The lengths differ, or a class is out of range.</exception>
    public ConfusionMatrix(ReadOnlySpan<int> predicted, ReadOnlySpan<int> actual, int classes)
        : this(classes) => Add(predicted, actual);

    /// <summary>How many classes there are.</summary>
    public int Classes { get; }

    /// <summary>How many samples were counted.</summary>
    public long Count { get; private set; }

    /// <summary>The share of samples whose class was predicted; 0 without samples.</summary>
    public double Accuracy
    {
        get
        {
            long correct = 0;
            for (int c = 0; c < Classes; c++)
                correct += this[c, c];
            return Share(correct, Count);
        }
    }

    /// <summary>How many samples of a class were predicted as a class.</summary>
    /// <param name="actual">The true class.</param>
    /// <param name="predicted">The predicted class.</param>
    public long this[int actual, int predicted] => counts[(Check(actual, nameof(actual)) * Classes) + Check(predicted, nameof(predicted))];

    /// <summary>Counts one sample.</summary>
    /// <param name="predicted">The predicted class.</param>
    /// <param name="actual">The true class.</param>
    /// <exception cref="ArgumentOutOfRangeException">A class is out of range.</exception>
    public void Add(int predicted, int actual)
    {
        counts[(Check(actual, nameof(actual)) * Classes) + Check(predicted, nameof(predicted))]++;
        Count++;
    }

    /// <summary>Counts samples.</summary>
    /// <param name="predicted">The predicted class of each sample.</param>
    /// <param name="actual">The true class of each sample.</param>
    /// <exception cref="ArgumentException">The lengths differ, or a class is out of range.</exception>
    public void Add(ReadOnlySpan<int> predicted, ReadOnlySpan<int> actual)
    {
        Metrics.CheckLengths(predicted.Length, actual.Length);
        for (int i = 0; i < predicted.Length; i++)
            Add(predicted[i], actual[i]);
    }

    /// <summary>How many samples of a class there are.</summary>
    /// <param name="class">The class.</param>
    public long Support(int @class)
    {
        long sum = 0;
        for (int c = 0; c < Classes; c++)
            sum += this[@class, c];
        return sum;
    }

    /// <summary>How many samples were predicted as a class.</summary>
    /// <param name="class">The class.</param>
    public long Predicted(int @class)
    {
        long sum = 0;
        for (int c = 0; c < Classes; c++)
            sum += this[c, @class];
        return sum;
    }

    /// <summary>Of the samples predicted as a class, the share that are of it.</summary>
    /// <param name="class">The class.</param>
    public double Precision(int @class) => Share(this[@class, @class], Predicted(@class));

    /// <summary>Of the samples of a class, the share predicted as it.</summary>
    /// <param name="class">The class.</param>
    public double Recall(int @class) => Share(this[@class, @class], Support(@class));

    /// <summary>The harmonic mean of a class's precision and recall.</summary>
    /// <param name="class">The class.</param>
    public double F1(int @class) => Share(2 * this[@class, @class], Predicted(@class) + Support(@class));

    /// <summary>The mean precision.</summary>
    /// <param name="average">How classes are weighted.</param>
    public double Precision(Average average) => Mean(average, Precision);

    /// <summary>The mean recall; weighted, it is the accuracy.</summary>
    /// <param name="average">How classes are weighted.</param>
    public double Recall(Average average) => Mean(average, Recall);

    /// <summary>The mean F1.</summary>
    /// <param name="average">How classes are weighted.</param>
    public double F1(Average average) => Mean(average, F1);

    /// <summary>A table: a row for each true class, a column for each predicted one, then the row's precision, recall and F1.</summary>
    public override string ToString()
    {
        long most = Classes;
        foreach (long count in counts)
            most = Math.Max(most, count);
        int width = Math.Max(3, most.ToString(CultureInfo.InvariantCulture).Length) + 1;
        StringBuilder text = new();
        text.Append("actual".PadRight(width + 3));
        for (int c = 0; c < Classes; c++)
            text.Append(c.ToString(CultureInfo.InvariantCulture).PadLeft(width));
        text.Append("  precision  recall      F1\n");
        for (int actual = 0; actual < Classes; actual++)
        {
            text.Append(actual.ToString(CultureInfo.InvariantCulture).PadLeft(6).PadRight(width + 3));
            for (int predicted = 0; predicted < Classes; predicted++)
            {
                long count = this[actual, predicted];
                text.Append((count == 0 ? "." : count.ToString(CultureInfo.InvariantCulture)).PadLeft(width));
            }

            text.Append(CultureInfo.InvariantCulture, $"{Precision(actual),11:F4}{Recall(actual),8:F4}{F1(actual),8:F4}\n");
        }

        return text.ToString();
    }

    private static double Share(long part, long whole) => whole == 0 ? 0 : (double)part / whole;

    private double Mean(Average average, Func<int, double> figure)
    {
        double sum = 0;
        double weights = 0;
        for (int c = 0; c < Classes; c++)
        {
            double weight = average == Average.Weighted ? Support(c) : 1;
            sum += weight * figure(c);
            weights += weight;
        }

        return weights == 0 ? 0 : sum / weights;
    }

    private int Check(int @class, string parameter)
    {
        if ((uint)@class >= (uint)Classes)
            throw new ArgumentOutOfRangeException(parameter, @class, $"Class {@class} is outside 0 to {Classes - 1}.");
        return @class;
    }
}
