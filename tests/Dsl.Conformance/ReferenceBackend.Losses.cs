using System;
using Dsl.Runtime;

namespace Dsl.Conformance;

/// <content>Losses.</content>
public readonly partial struct ReferenceBackend
{
    /// <inheritdoc/>
    public static void CrossEntropy(FloatBuffer logits, IntBuffer labels, FloatBuffer dx, FloatBuffer loss, long rows, int classes, float smoothing, int ignore)
    {
        var input = At(logits, rows * classes);
        var result = Result(dx, input);
        double total = 0;
        long counted = 0;
        for (long r = 0; r < rows; r++)
        {
            if (Label(labels, r) != ignore)
                counted++;
        }

        for (long r = 0; r < rows; r++)
        {
            int label = Label(labels, r);
            bool ignored = label == ignore;
            Require(ignored || (label >= 0 && label < classes));
            long start = r * classes;
            double logSum = LogSumExp(input, start, classes);
            for (int c = 0; c < classes; c++)
            {
                double target = ((c == label ? 1.0 - smoothing : 0) + ((double)smoothing / classes)) * (ignored ? 0 : 1);
                double logProbability = input[start + c] - logSum;
                if (!ignored)
                    total -= target * logProbability;
                if (!dx.IsNone)
                    result[start + c] = ignored ? 0 : (Math.Exp(logProbability) - target) / counted;
            }
        }

        Set(At(loss, 1), 0, total / counted);
    }

    /// <inheritdoc/>
    public static void Hinge(FloatBuffer scores, IntBuffer labels, FloatBuffer dx, FloatBuffer loss, long rows)
    {
        var input = At(scores, rows);
        var result = Result(dx, input);
        double total = 0;
        for (long r = 0; r < rows; r++)
        {
            int label = Label(labels, r);
            Require(label is -1 or 1);
            double margin = 1 - (label * input[r]);
            total += Math.Max(margin, 0);
            if (!dx.IsNone)
                result[r] = margin <= 0 ? 0 : -(double)label / rows;
        }

        Set(At(loss, 1), 0, total / rows);
    }

    /// <inheritdoc/>
    public static void ElementLoss(ElementLoss kind, float delta, FloatBuffer x, FloatBuffer target, FloatBuffer dx, FloatBuffer loss, long count)
    {
        var input = At(x, count);
        var targets = At(target, count);
        var result = Result(dx, input);
        double total = 0;
        for (long i = 0; i < count; i++)
        {
            double difference = input[i] - targets[i];
            double size = Math.Abs(difference);
            var (value, derivative) = kind switch
            {
                Runtime.ElementLoss.MeanSquaredError => (difference * difference, 2 * difference),
                Runtime.ElementLoss.MeanAbsoluteError => (size, Sign(difference)),
                Runtime.ElementLoss.Huber => size <= delta
                    ? (difference * difference / 2, difference)
                    : (delta * (size - (delta / 2.0)), delta * Sign(difference)),
                Runtime.ElementLoss.BinaryCrossEntropy =>
                    (Math.Max(input[i], 0) - (input[i] * targets[i]) + LogOnePlus(Math.Exp(-Math.Abs(input[i]))), Sigmoid(input[i]) - targets[i]),
                _ => throw new ArgumentOutOfRangeException(nameof(kind)),
            };
            total += value;
            if (!dx.IsNone)
                result[i] = derivative / count;
        }

        Set(At(loss, 1), 0, total / count);
    }

    /// <inheritdoc/>
    public static void KLDivergence(FloatBuffer x, FloatBuffer target, FloatBuffer dx, FloatBuffer loss, long rows, int length)
    {
        var input = At(x, rows * length);
        var targets = At(target, rows * length);
        var result = Result(dx, input);
        double total = 0;
        for (long i = 0; i < rows * length; i++)
        {
            double t = targets[i];
            total += (t == 0 ? 0 : t * Math.Log(t)) - (t * input[i]);
            if (!dx.IsNone)
                result[i] = -t / rows;
        }

        Set(At(loss, 1), 0, total / rows);
    }

    /// <inheritdoc/>
    public static void CountCorrect(FloatBuffer scores, IntBuffer labels, FloatBuffer correct, long rows, int columns, int ignore)
    {
        var values = At(scores, rows * columns);
        long count = 0;
        for (long r = 0; r < rows; r++)
        {
            long start = r * columns;
            int chosen = 0;
            for (int c = 1; c < columns; c++)
            {
                if (values[start + c] > values[start + chosen])
                    chosen = c;
            }

            if (columns == 1)
                chosen = values[start] < 0 ? -1 : 1;
            if (Label(labels, r) != ignore && chosen == Label(labels, r))
                count++;
        }

        Set(At(correct, 1), 0, count);
    }

    /// <inheritdoc/>
    public static void CountTargetsMet(FloatBuffer logits, FloatBuffer targets, FloatBuffer correct, long count)
    {
        var values = At(logits, count);
        var wanted = At(targets, count);
        long met = 0;
        for (long i = 0; i < count; i++)
        {
            bool says = values[i] > 0;
            bool should = wanted[i] >= 0.5f;
            met += says == should ? 1 : 0;
        }

        Set(At(correct, 1), 0, met);
    }

    private static Values Result(FloatBuffer dx, in Values input)
    {
        if (dx.IsNone)
            return default;
        var result = At(dx, input.Count);
        RequireDisjoint(result, input);
        return result;
    }

    private static int Label(IntBuffer labels, long row) => Memory(labels)[labels.Offset + row];

    private static double Sign(double value) => double.IsNaN(value) ? value : Math.Sign(value);
}
