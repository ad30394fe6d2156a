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
            var (value, derivative) = Element(kind, delta, input[i], targets[i]);
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
            total += Divergence(input[i], targets[i]);
            if (!dx.IsNone)
                result[i] = -(double)targets[i] / rows;
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
            met += IsMet(values[i], wanted[i]) ? 1 : 0;
        }

        Set(At(correct, 1), 0, met);
    }

    /// <inheritdoc/>
    public static void ElementLossOfSteps(ElementLoss kind, float delta, FloatBuffer x, FloatBuffer target, IntBuffer lengths, FloatBuffer dx, FloatBuffer loss, int steps, int features, int batch)
    {
        var input = At(x, (long)batch * steps * features);
        var targets = At(target, input.Count);
        var result = Result(dx, input);
        long count = OwnStepsOf(lengths, steps, batch) * features;
        double total = 0;
        for (long i = 0; i < input.Count; i++)
        {
            bool own = IsOwn(lengths, i, steps, features);
            var (value, derivative) = own ? Element(kind, delta, input[i], targets[i]) : (0, 0);
            total += value;
            if (!dx.IsNone)
                result[i] = derivative / count;
        }

        Set(At(loss, 1), 0, total / count);
    }

    /// <inheritdoc/>
    public static void KLDivergenceOfSteps(FloatBuffer x, FloatBuffer target, IntBuffer lengths, FloatBuffer dx, FloatBuffer loss, int steps, int features, int batch)
    {
        var input = At(x, (long)batch * steps * features);
        var targets = At(target, input.Count);
        var result = Result(dx, input);
        long rows = OwnStepsOf(lengths, steps, batch);
        double total = 0;
        for (long i = 0; i < input.Count; i++)
        {
            bool own = IsOwn(lengths, i, steps, features);
            total += own ? Divergence(input[i], targets[i]) : 0;
            if (!dx.IsNone)
                result[i] = own ? -(double)targets[i] / rows : 0;
        }

        Set(At(loss, 1), 0, total / rows);
    }

    /// <inheritdoc/>
    public static void CountTargetsMetOfSteps(FloatBuffer logits, FloatBuffer targets, IntBuffer lengths, FloatBuffer correct, int steps, int features, int batch)
    {
        var values = At(logits, (long)batch * steps * features);
        var wanted = At(targets, values.Count);
        long met = 0;
        for (long i = 0; i < values.Count; i++)
            met += IsOwn(lengths, i, steps, features) && IsMet(values[i], wanted[i]) ? 1 : 0;
        Set(At(correct, 1), 0, met);
    }

    private static (double Value, double Derivative) Element(ElementLoss kind, float delta, double x, double target)
    {
        double difference = x - target;
        double size = Math.Abs(difference);
        return kind switch
        {
            Runtime.ElementLoss.MeanSquaredError => (difference * difference, 2 * difference),
            Runtime.ElementLoss.MeanAbsoluteError => (size, Sign(difference)),
            Runtime.ElementLoss.Huber => size <= delta
                ? (difference * difference / 2, difference)
                : (delta * (size - (delta / 2.0)), delta * Sign(difference)),
            Runtime.ElementLoss.BinaryCrossEntropy =>
                (Math.Max(x, 0) - (x * target) + LogOnePlus(Math.Exp(-Math.Abs(x))), Sigmoid(x) - target),
            _ => throw new ArgumentOutOfRangeException(nameof(kind)),
        };
    }

    private static double Divergence(double x, double target) => (target == 0 ? 0 : target * Math.Log(target)) - (target * x);

    private static bool IsMet(double logit, double target) => logit > 0 == target >= 0.5;

    private static long OwnStepsOf(IntBuffer lengths, int steps, int batch)
    {
        long own = 0;
        for (int n = 0; n < batch; n++)
        {
            Require(Label(lengths, n) >= 1 && Label(lengths, n) <= steps);
            own += Label(lengths, n);
        }

        return own;
    }

    private static bool IsOwn(IntBuffer lengths, long element, int steps, int features) => element / features % steps < Label(lengths, element / features / steps);

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
