using System;

namespace Dsl;

/// <summary>Figures of how good predictions are; sums are taken in double precision.</summary>
public static class Metrics
{
    /// <summary>The share of samples whose class was predicted.</summary>
    /// <param name="predicted">The predicted class of each sample.</param>
    /// <param name="actual">The true class of each sample.</param>
    /// <exception cref="ArgumentException">The lengths differ, or there are no samples.</exception>
    public static double Accuracy(ReadOnlySpan<int> predicted, ReadOnlySpan<int> actual)
    {
        CheckLengths(predicted.Length, actual.Length);
        CheckNotEmpty(actual.Length);
        int correct = 0;
        for (int i = 0; i < actual.Length; i++)
            correct += predicted[i] == actual[i] ? 1 : 0;
        return (double)correct / actual.Length;
    }

    /// <summary>The share of samples whose class is among the k with the highest scores. Of equal scores the lower class comes first, as in a prediction.</summary>
    /// <param name="scores">Samples × classes: logits or probabilities. A class whose score is NaN is never counted as found.</param>
    /// <param name="actual">The true class of each sample.</param>
    /// <param name="k">How many classes may be named, 1 to the number of classes.</param>
    /// <exception cref="ArgumentException">The scores do not divide into the samples, or a class is out of range.</exception>
    public static double TopKAccuracy(ReadOnlySpan<float> scores, ReadOnlySpan<int> actual, int k)
    {
        CheckNotEmpty(actual.Length);
        if (scores.IsEmpty || scores.Length % actual.Length != 0)
            throw new ArgumentException($"{scores.Length} scores do not divide into {actual.Length} samples.", nameof(scores));
        int classes = scores.Length / actual.Length;
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(k);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(k, classes);
        int found = 0;
        for (int sample = 0; sample < actual.Length; sample++)
        {
            int label = actual[sample];
            if ((uint)label >= (uint)classes)
                throw new ArgumentException($"Label {label} of sample {sample} is outside 0 to {classes - 1}.", nameof(actual));
            if (Rank(scores.Slice(sample * classes, classes), label) < k)
                found++;
        }

        return (double)found / actual.Length;
    }

    /// <summary>
    /// The area under the ROC curve: the chance that a positive sample has a higher score than a negative one, equal scores counting half. Exact:
    /// ranks and their sum are whole numbers (equal scores share their mean rank), and one division is rounded.
    /// </summary>
    /// <param name="scores">The score of each sample, higher for the positive class; infinite ones are allowed.</param>
    /// <param name="actual">1 for a positive sample; 0 or -1 for a negative one.</param>
    /// <exception cref="ArgumentException">The lengths differ, a label or a score is none, or a class has no sample.</exception>
    public static double RocAuc(ReadOnlySpan<float> scores, ReadOnlySpan<int> actual)
    {
        CheckLengths(scores.Length, actual.Length);
        float[] ordered = scores.ToArray();
        bool[] positive = new bool[ordered.Length];
        for (int i = 0; i < ordered.Length; i++)
        {
            if (float.IsNaN(ordered[i]))
                throw new ArgumentException($"The score of sample {i} is NaN.", nameof(scores));
            if (actual[i] is not (1 or 0 or -1))
                throw new ArgumentException($"Label {actual[i]} of sample {i} is none of 1 (positive), 0 or -1 (negative).", nameof(actual));
            positive[i] = actual[i] == 1;
        }

        Array.Sort(ordered, positive);
        long positives = 0;
        Int128 doubledRanks = 0;
        for (int start = 0; start < ordered.Length;)
        {
            int end = start;
            long tied = 0;
            for (; end < ordered.Length && ordered[end] == ordered[start]; end++)
                tied += positive[end] ? 1 : 0;

            // The ranks start+1 to end share their mean, (start + 1 + end) / 2.
            doubledRanks += (Int128)tied * (start + 1L + end);
            positives += tied;
            start = end;
        }

        long negatives = ordered.Length - positives;
        if (positives == 0 || negatives == 0)
            throw new ArgumentException($"ROC AUC needs samples of both classes, but {positives} are positive and {negatives} negative.", nameof(actual));
        return (double)(doubledRanks - ((Int128)positives * (positives + 1))) / (double)((Int128)positives * negatives * 2);
    }

    /// <summary>The mean of |prediction - target|.</summary>
    /// <param name="predicted">The predictions.</param>
    /// <param name="targets">The targets, as many.</param>
    /// <exception cref="ArgumentException">The lengths differ, or there are no values.</exception>
    public static double MeanAbsoluteError(ReadOnlySpan<float> predicted, ReadOnlySpan<float> targets)
    {
        CheckLengths(predicted.Length, targets.Length);
        CheckNotEmpty(targets.Length);
        double sum = 0;
        for (int i = 0; i < targets.Length; i++)
            sum += Math.Abs((double)predicted[i] - targets[i]);
        return sum / targets.Length;
    }

    /// <summary>The root of the mean of (prediction - target)².</summary>
    /// <param name="predicted">The predictions.</param>
    /// <param name="targets">The targets, as many.</param>
    /// <exception cref="ArgumentException">The lengths differ, or there are no values.</exception>
    public static double RootMeanSquaredError(ReadOnlySpan<float> predicted, ReadOnlySpan<float> targets)
    {
        CheckLengths(predicted.Length, targets.Length);
        CheckNotEmpty(targets.Length);
        return Math.Sqrt(SquaredErrors(predicted, targets) / targets.Length);
    }

    /// <summary>
    /// R²: 1 - Σ(prediction - target)² / Σ(target - mean target)². 1 is perfect, 0 is as good as always predicting the mean. Where all targets are equal,
    /// 1 for perfect predictions and 0 for others, as scikit-learn has it.
    /// </summary>
    /// <param name="predicted">The predictions of one output.</param>
    /// <param name="targets">The targets, as many; at least 2.</param>
    /// <exception cref="ArgumentException">The lengths differ, or there are fewer than 2 values.</exception>
    public static double R2(ReadOnlySpan<float> predicted, ReadOnlySpan<float> targets)
    {
        CheckLengths(predicted.Length, targets.Length);
        if (targets.Length < 2)
            throw new ArgumentException($"R² needs at least 2 values, not {targets.Length}.", nameof(targets));
        double mean = 0;
        foreach (float target in targets)
            mean += target;
        mean /= targets.Length;
        double spread = 0;
        foreach (float target in targets)
            spread += (target - mean) * (target - mean);
        return R2(SquaredErrors(predicted, targets), spread);
    }

    /// <summary>R² of sums of squares; without a spread 1 where there are no errors, else 0.</summary>
    /// <param name="errors">Σ(prediction - target)².</param>
    /// <param name="spread">Σ(target - mean target)².</param>
    internal static double R2(double errors, double spread)
    {
        if (spread > 0 || double.IsNaN(spread))
            return 1 - (errors / spread);
        return errors == 0 ? 1 : 0;
    }

    /// <summary>The class with the highest score; of equal ones the lowest. NaN is never chosen unless it comes first.</summary>
    /// <param name="scores">One score a class.</param>
    internal static int ArgMax(ReadOnlySpan<float> scores)
    {
        int best = 0;
        for (int i = 1; i < scores.Length; i++)
        {
            if (scores[i] > scores[best])
                best = i;
        }

        return best;
    }

    internal static void CheckLengths(int predicted, int actual)
    {
        if (predicted != actual)
            throw new ArgumentException($"There are {predicted} predictions, but {actual} true values; as many are wanted.");
    }

    private static void CheckNotEmpty(int count)
    {
        if (count == 0)
            throw new ArgumentException("There are no samples.");
    }

    /// <summary>How many classes come before one when they are ordered by falling score; all of them for NaN.</summary>
    private static int Rank(ReadOnlySpan<float> scores, int label)
    {
        float own = scores[label];
        if (float.IsNaN(own))
            return scores.Length;
        int before = 0;
        for (int c = 0; c < scores.Length; c++)
        {
            // A NaN elsewhere counts as before: it must not make a network look better.
            if (!(scores[c] < own) && (scores[c] != own || c < label))
                before++;
        }

        return before;
    }

    private static double SquaredErrors(ReadOnlySpan<float> predicted, ReadOnlySpan<float> targets)
    {
        double sum = 0;
        for (int i = 0; i < targets.Length; i++)
        {
            double error = (double)predicted[i] - targets[i];
            sum += error * error;
        }

        return sum;
    }
}
