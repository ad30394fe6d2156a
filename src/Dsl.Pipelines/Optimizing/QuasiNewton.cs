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
internal sealed class QuasiNewton
{
    private const int Memory = 10;
    private const int ValueMemory = 20;
    private const double LeastGradient = 1e-8;
    private const double LeastStep = 1e-10;

    private readonly IObjective objective;
    private readonly double[]? penalties;
    private readonly int size;
    private readonly History history;
    private readonly double[] values = new double[ValueMemory];
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
        double first = adjustedValue;
        values.AsSpan().Fill(double.PositiveInfinity);
        bool failed = false;
        while (iteration < mostIterations)
        {
            cancellation.ThrowIfCancellationRequested();
            // The list of the last values begins with infinity, so that it says nothing before it is full.
            if (Math.Abs(adjustedValue - Doubles.Max(values)) <= tolerance * first)
                return;
            if (Doubles.Norm(adjusted) <= Math.Max(tolerance * adjustedValue, LeastGradient))
                return;
            if (Step())
            {
                failed = false;
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
                if (direction[i] * adjusted[i] >= 0)
                    direction[i] = 0;
            }
        }

        tried = double.NaN;
        double step = penalties is null ? StrongWolfe.Step(this, FirstTry(direction, 1)) : Backtracking.Step(this, value, FirstTry(gradient, 0.5), iteration == 0 ? 0.1 : 0.5);
        if (double.IsNaN(step) || (penalties is null && step * Doubles.Norm(gradient) < LeastStep))
            return false;
        Try(step);
        history.Add(nextPoint, point, nextGradient, gradient);
        (point, nextPoint) = (nextPoint, point);
        (gradient, nextGradient) = (nextGradient, gradient);
        (adjusted, nextAdjusted) = (nextAdjusted, adjusted);
        (value, adjustedValue) = (nextValue, nextAdjustedValue);
        values[iteration++ % ValueMemory] = adjustedValue;
        return true;
    }

    private double FirstTry(double[] measure, double share) => iteration == 0 ? share / Doubles.Norm(measure) : 1;

    /// <summary>The function along the direction: where the search stands.</summary>
    private Trial Here => new(0, adjustedValue, Doubles.Dot(adjusted, direction));

    /// <summary>The function so many directions further.</summary>
    private Trial Try(double step)
    {
        if (step != tried)
        {
            Move(step);
            nextValue = objective.Evaluate(nextPoint, nextGradient);
            nextAdjustedValue = Adjust(nextPoint, nextGradient, nextValue, nextAdjusted);
            tried = step;
        }

        return new Trial(step, nextAdjustedValue, Doubles.Dot(nextAdjusted, direction));
    }

    /// <summary>With penalties, what would change its sign stops at zero.</summary>
    private void Move(double step)
    {
        for (int i = 0; i < size; i++)
        {
            double moved = point[i] + (direction[i] * step);
            if (penalties is not null && Math.Sign(moved) != (point[i] != 0 ? Math.Sign(point[i]) : Math.Sign(-adjusted[i])))
                moved = 0;
            nextPoint[i] = moved;
        }
    }

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

    /// <summary>The function at a step along the direction.</summary>
    /// <param name="Step">How many directions from where the search stands.</param>
    /// <param name="Value">The function there.</param>
    /// <param name="Slope">Its derivative by the step.</param>
    private readonly record struct Trial(double Step, double Value, double Slope);

    /// <summary>The search of Nocedal and Wright, 3.5 and 3.6.</summary>
    private static class StrongWolfe
    {
        private const int Tries = 10;
        private const double Decrease = 1e-4;
        private const double Curvature = 0.9;
        private const double Growth = 1.5;

        /// <summary>A step that decreases the function enough and meets a slope that is small enough; NaN where none was found.</summary>
        public static double Step(QuasiNewton search, double first)
        {
            Trial start = search.Here;
            Trial low = start;
            double step = first;

            // Not a descent, NaN included.
            if (!(start.Slope <= 0))
                return double.NaN;
            for (int i = 0; i < Tries; i++)
            {
                Trial trial = search.Try(step);
                if (!double.IsFinite(trial.Value))
                {
                    step /= 2;
                    continue;
                }

                if (trial.Value > start.Value + (Decrease * step * start.Slope) || (trial.Value >= low.Value && i > 0))
                    return Zoom(search, start, low, trial);
                if (Math.Abs(trial.Slope) <= Curvature * Math.Abs(start.Slope))
                    return step;
                if (trial.Slope >= 0)
                    return Zoom(search, start, trial, low);
                low = trial;
                step *= Growth;
            }

            return double.NaN;
        }

        private static double Zoom(QuasiNewton search, Trial start, Trial low, Trial high)
        {
            for (int i = 0; i < Tries; i++)
            {
                Trial trial = search.Try(low.Step > high.Step ? Between(high, low) : Between(low, high));
                if (trial.Value > start.Value + (Decrease * trial.Step * start.Slope) || trial.Value >= low.Value)
                {
                    high = trial;
                    continue;
                }

                if (Math.Abs(trial.Slope) <= Curvature * Math.Abs(start.Slope))
                    return trial.Step;
                if (trial.Slope * (high.Step - low.Step) >= 0)
                    high = low;
                low = trial;
            }

            return double.NaN;
        }

        /// <summary>The least of the cubic through both, kept off the ends.</summary>
        private static double Between(Trial left, Trial right)
        {
            double d1 = left.Slope + right.Slope - (3 * (left.Value - right.Value) / (left.Step - right.Step));
            double d2 = Math.Sqrt((d1 * d1) - (left.Slope * right.Slope));
            double width = right.Step - left.Step;
            double step = right.Step - (width * (right.Slope + d2 - d1) / (right.Slope - left.Slope + (2 * d2)));
            double least = left.Step + (0.1 * width);
            double most = left.Step + (0.9 * width);
            return step < least ? least : step > most ? most : step;
        }
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
            for (int i = 0; i < size; i++)
            {
                steps[newest][i] = next[i] - before[i];
                changes[newest][i] = nextGradient[i] - gradientBefore[i];
            }
        }

        /// <summary>Minus the approximate inverse Hessian by the gradient, in two loops; false where it is none.</summary>
        public bool Direction(double[] gradient, double[] direction)
        {
            gradient.CopyTo(direction, 0);
            double scale = 1;
            if (count > 0)
            {
                double sy = Doubles.Dot(steps[newest], changes[newest]);
                if (!(sy >= 0))
                    return false;
                scale = sy / Doubles.Dot(changes[newest], changes[newest]);
            }

            for (int i = 0; i < count; i++)
            {
                int at = (newest - i + most) % most;
                products[i] = Doubles.Dot(steps[at], changes[at]);
                shares[i] = Doubles.Dot(steps[at], direction) / products[i];
                if (double.IsNaN(shares[i]))
                    return false;
                Doubles.AddScaled(direction, -shares[i], changes[at]);
            }

            Doubles.Scale(direction, scale);
            for (int i = count - 1; i >= 0; i--)
            {
                int at = (newest - i + most) % most;
                double share = shares[i] - (Doubles.Dot(changes[at], direction) / products[i]);
                Doubles.AddScaled(direction, share, steps[at]);
            }

            Doubles.Scale(direction, -1);
            return true;
        }

        private static double[][] NewRows(int size, int most)
        {
            double[][] rows = new double[most][];
            for (int i = 0; i < most; i++)
                rows[i] = new double[size];
            return rows;
        }
    }
}
