using System;
using System.Threading;
using Dsl.Pipelines.Numerics;

namespace Dsl.Pipelines.Optimizing;

/// <summary>How a minimisation went on.</summary>
/// <param name="Iteration">Steps made so far.</param>
/// <param name="Objective">The function's value, penalties on absolute values included.</param>
internal readonly record struct Iterate(int Iteration, double Objective);

/// <summary>
/// Limited-memory BFGS (Nocedal and Wright, Numerical Optimization, 7.4) with a strong Wolfe search, and with penalties on absolute values OWL-QN (Andrew and Gao, Scalable
/// Training of L1-Regularized Log-Linear Models, 2007). Where to stop and how far to try decide the last digits of a fit, so these are Breeze's, which Spark MLlib runs on: the same
/// bounds, the same tries, the same ends.
/// </summary>
internal sealed class QuasiNewton : IAlongDirection
{
    private const int Memory = 10;
    private const int Tries = 10;
    private const double LeastStep = 1e-10;

    private readonly IObjective objective;
    private readonly double[]? penalties;
    private readonly int size;
    private readonly History history;
    private readonly double[] direction;
    private double[] point;
    private double[] gradient;
    private double[] adjusted;
    private double[] nextPoint;
    private double[] nextGradient;
    private double[] nextAdjusted;
    private double value;
    private double adjustedValue;
    private double nextValue;
    private double nextAdjustedValue;
    private double tried = double.NaN;
    private int iteration;

    private QuasiNewton(IObjective objective, double[] start, double[]? penalties)
    {
        this.objective = objective;
        this.penalties = penalties;
        size = start.Length;
        point = [.. start];
        gradient = new double[size];
        adjusted = penalties is null ? gradient : new double[size];
        nextPoint = new double[size];
        nextGradient = new double[size];
        nextAdjusted = penalties is null ? nextGradient : new double[size];
        direction = new double[size];
        history = new History(size, Memory);
    }

    /// <summary>Where the function is least, from a start on.</summary>
    /// <param name="objective">The function, without the penalties on absolute values.</param>
    /// <param name="start">Where to begin; not changed.</param>
    /// <param name="penalties">The weight of each variable's absolute value, at least 0; null: plain L-BFGS. With zeros it is OWL-QN all the same, whose search differs.</param>
    /// <param name="mostIterations">The most steps.</param>
    /// <param name="tolerance">Where to stop: by the change of the function's value beside its first value, and by the gradient beside the value.</param>
    /// <param name="progress">Told of each step; null for nobody.</param>
    /// <param name="cancellation">Stops between steps.</param>
    public static double[] Minimize(
        IObjective objective, double[] start, double[]? penalties, int mostIterations, double tolerance, IProgress<Iterate>? progress, CancellationToken cancellation)
    {
        QuasiNewton search = new(objective, start, penalties);
        search.Run(mostIterations, tolerance, progress, cancellation);
        return search.point;
    }

    private void Run(int mostIterations, double tolerance, IProgress<Iterate>? progress, CancellationToken cancellation)
    {
        value = objective.Evaluate(point, gradient);
        adjustedValue = Adjust(point, gradient, value, adjusted);
        double norm = LongDoubles.Norm(adjusted);
        if (!double.IsFinite(adjustedValue) || double.IsNaN(norm))
        {
            // Whoever asked sees that there is nothing to find, and not a start that looks like a minimum.
            Array.Fill(point, double.NaN);
            return;
        }

        StopRule stop = new(adjustedValue, tolerance);
        bool failed = false;
        while (iteration < mostIterations && !stop.IsMet(adjustedValue, norm))
        {
            cancellation.ThrowIfCancellationRequested();
            if (Step())
            {
                norm = LongDoubles.Norm(adjusted);
                failed = false;
                stop.Add(adjustedValue);
                progress?.Report(new Iterate(iteration, adjustedValue));
                continue;
            }

            // Once without what was learnt of the function's curvature; then it is given up.
            if (failed)
                return;
            failed = true;
            history.Clear();
        }
    }

    private bool Step()
    {
        if (!history.Direction(adjusted, direction))
            return false;
        if (penalties is not null)
        {
            for (int i = 0; i < size; i++)
            {
                // A NaN too, as in Breeze: where the gradient stays as it is along a step, as on a plane of a hinge, the history says nothing, and the next try begins without it.
                if (!(direction[i] * adjusted[i] < 0))
                    direction[i] = 0;
            }
        }

        tried = double.NaN;
        double step = penalties is null ? StrongWolfe.Step(this, FirstTry(direction, 1), double.PositiveInfinity, Tries) : Backtracking.Step(this, value, FirstTry(gradient, 0.5), iteration == 0 ? 0.1 : 0.5);
        if (double.IsNaN(step) || (penalties is null && step * LongDoubles.Norm(gradient) < LeastStep))
            return false;
        Try(step);
        history.Add(nextPoint, point, nextGradient, gradient);
        (point, nextPoint) = (nextPoint, point);
        (gradient, nextGradient) = (nextGradient, gradient);
        (adjusted, nextAdjusted) = (nextAdjusted, adjusted);
        (value, adjustedValue) = (nextValue, nextAdjustedValue);
        iteration++;
        return true;
    }

    private double FirstTry(double[] measure, double share) => iteration == 0 ? share / LongDoubles.Norm(measure) : 1;

    public Trial Here => new(0, adjustedValue, LongDoubles.Dot(adjusted, direction));

    public Trial Try(double step)
    {
        if (step != tried)
        {
            Move(step);
            nextValue = objective.Evaluate(nextPoint, nextGradient);
            nextAdjustedValue = Adjust(nextPoint, nextGradient, nextValue, nextAdjusted);
            tried = step;
        }

        return new Trial(step, nextAdjustedValue, LongDoubles.Dot(nextAdjusted, direction));
    }

    /// <summary>With penalties, what would change its sign stops at zero.</summary>
    private void Move(double step) => LongDoubles.Run(size, (first, count) =>
    {
        for (int i = first; i < first + count; i++)
        {
            double moved = point[i] + (direction[i] * step);
            if (penalties is not null && Math.Sign(moved) != (point[i] != 0 ? Math.Sign(point[i]) : Math.Sign(-adjusted[i])))
                moved = 0;
            nextPoint[i] = moved;
        }
    });

    /// <summary>The value with its penalties, and of the gradients that the absolute values leave open the one that is nearest to zero.</summary>
    private double Adjust(double[] at, double[] plain, double plainValue, double[] result)
    {
        if (penalties is null)
            return plainValue;
        double sum = plainValue;
        for (int i = 0; i < size; i++)
        {
            double penalty = penalties[i];
            sum += Math.Abs(penalty * at[i]);
            result[i] = at[i] != 0 ? plain[i] + (Math.Sign(at[i]) * penalty)
                : plain[i] - penalty > 0 ? plain[i] - penalty
                : plain[i] + penalty < 0 ? plain[i] + penalty
                : penalty == 0 ? plain[i]
                : 0;
        }

        return sum;
    }

    /// <summary>The search of OWL-QN: both ways until function and slope are right.</summary>
    private static class Backtracking
    {
        private const int Tries = 20;
        private const double Decrease = 1e-4;
        private const double Curvature = 0.9;
        private const double Growth = 2.1;
        private const double Least = 1e-10;
        private const double Most = 1e10;

        /// <summary>The step; NaN where none was found.</summary>
        /// <param name="search">What searches.</param>
        /// <param name="firstValue">What counts as the function's value at the first try: Breeze takes the plain value at the start for it, and coefficients follow from that.</param>
        /// <param name="first">The first try.</param>
        /// <param name="shrinking">The factor where a step was too long.</param>
        public static double Step(QuasiNewton search, double firstValue, double first, double shrinking)
        {
            Trial start = search.Here;
            Trial trial = search.Try(first) with { Value = firstValue };
            for (int i = 0; ; i++)
            {
                double factor = trial.Value > start.Value + (trial.Step * start.Slope * Decrease) ? shrinking
                    : trial.Slope < Curvature * start.Slope ? Growth
                    : trial.Slope > -Curvature * start.Slope ? shrinking
                    : 1;
                if (factor == 1 || i == Tries - 1)
                    return trial.Step;
                double step = trial.Step * factor;
                if (!(step is >= Least and <= Most))
                    return double.NaN;
                trial = search.Try(step);
            }
        }
    }

    /// <summary>The last steps and what they changed of the gradient: all that is known of the curvature.</summary>
    private sealed class History(int size, int most)
    {
        private readonly double[][] steps = NewRows(size, most);
        private readonly double[][] changes = NewRows(size, most);
        private readonly double[] products = new double[most];
        private readonly double[] shares = new double[most];
        private int count;
        private int newest = -1;

        public void Clear() => count = 0;

        public void Add(double[] next, double[] before, double[] nextGradient, double[] gradientBefore)
        {
            newest = (newest + 1) % most;
            count = Math.Min(count + 1, most);
            double[] step = steps[newest];
            double[] change = changes[newest];
            products[newest] = LongDoubles.Sum(size, (first, length) =>
            {
                for (int i = first; i < first + length; i++)
                {
                    step[i] = next[i] - before[i];
                    change[i] = nextGradient[i] - gradientBefore[i];
                }

                return Doubles.Dot(step.AsSpan(first, length), change.AsSpan(first, length));
            });
        }

        /// <summary>Minus the approximate inverse Hessian by the gradient, in two loops; false where it is none.</summary>
        public bool Direction(double[] gradient, double[] direction)
        {
            gradient.CopyTo(direction, 0);
            if (count > 0 && !(products[newest] >= 0))
                return false;

            // A loop's step ends with the product that the next begins with.
            double product = count > 0 ? LongDoubles.Dot(steps[newest], direction) : 0;
            for (int i = 0; i < count; i++)
            {
                shares[i] = product / products[At(i)];
                if (double.IsNaN(shares[i]))
                    return false;
                if (i + 1 < count)
                    product = LongDoubles.AddScaledAndDot(direction, -shares[i], changes[At(i)], steps[At(i + 1)]);
                else
                    LongDoubles.AddScaled(direction, -shares[i], changes[At(i)]);
            }

            LongDoubles.Scale(direction, count > 0 ? products[newest] / LongDoubles.Dot(changes[newest], changes[newest]) : 1);
            product = count > 0 ? LongDoubles.Dot(changes[At(count - 1)], direction) : 0;
            for (int i = count - 1; i >= 0; i--)
            {
                double share = shares[i] - (product / products[At(i)]);
                if (i > 0)
                    product = LongDoubles.AddScaledAndDot(direction, share, steps[At(i)], changes[At(i - 1)]);
                else
                    LongDoubles.AddScaled(direction, share, steps[At(i)]);
            }

            LongDoubles.Scale(direction, -1);
            return true;
        }

        /// <summary>Where the step lies that was made so many before the newest.</summary>
        private int At(int before) => (newest - before + most) % most;

        private static double[][] NewRows(int size, int most)
        {
            double[][] rows = new double[most][];
            for (int i = 0; i < most; i++)
                rows[i] = new double[size];
            return rows;
        }
    }
}
