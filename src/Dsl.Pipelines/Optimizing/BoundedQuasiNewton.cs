using System;
using System.Collections.Generic;
using System.Linq;
using System.Threading;
using Dsl.Pipelines.Numerics;

namespace Dsl.Pipelines.Optimizing;

/// <summary>
/// L-BFGS-B (Byrd, Lu, Nocedal and Zhu, A Limited Memory Algorithm for Bound Constrained Optimization, 1995), for variables with lower bounds or none: the Cauchy point, the
/// least of the quadratic model over the variables that it leaves free, and a strong Wolfe search up to the nearest bound. Stops and tries are Breeze's.
/// </summary>
internal sealed class BoundedQuasiNewton : IAlongDirection
{
    private const int Memory = 10;
    private const int Tries = 64;
    private const double LeastProjectedGradient = 1e-5;
    private const double LeastCurvature = 2.2e-16;

    private readonly IObjective objective;
    private readonly double[] lower;
    private readonly int size;
    private readonly double[] direction;
    private QuadraticModel model;

    // Where a step of 1 leads.
    private double[] target = [];
    private double[] point;
    private double[] gradient;
    private double[] nextPoint;
    private double[] nextGradient;
    private double value;
    private double nextValue;
    private double tried = double.NaN;

    private BoundedQuasiNewton(IObjective objective, double[] start, double[] lower)
    {
        this.objective = objective;
        this.lower = lower;
        size = start.Length;
        point = [.. start];
        gradient = new double[size];
        nextPoint = new double[size];
        nextGradient = new double[size];
        direction = new double[size];
        model = new QuadraticModel(size, Memory);
    }

    /// <summary>Where the function is least within the bounds, from a start on.</summary>
    /// <param name="objective">The function.</param>
    /// <param name="start">Where to begin, within the bounds; not changed.</param>
    /// <param name="lower">The least value of each variable; minus infinity: none.</param>
    /// <param name="mostIterations">The most steps.</param>
    /// <param name="tolerance">Where to stop: by the change of the function's value beside its first value, and by the gradient beside the value.</param>
    /// <param name="progress">Told of each step; null for nobody.</param>
    /// <param name="cancellation">Stops between steps.</param>
    public static double[] Minimize(
        IObjective objective, double[] start, double[] lower, int mostIterations, double tolerance, IProgress<Iterate>? progress, CancellationToken cancellation)
    {
        BoundedQuasiNewton search = new(objective, start, lower);
        search.Run(mostIterations, tolerance, progress, cancellation);
        return search.point;
    }

    public Trial Here => new(0, value, Doubles.Dot(gradient, direction));

    public Trial Try(double step)
    {
        if (step != tried)
        {
            for (int i = 0; i < size; i++)
                nextPoint[i] = step == 1 ? target[i] : Math.Max(point[i] + (direction[i] * step), lower[i]);
            nextValue = objective.Evaluate(nextPoint, nextGradient);
            tried = step;
        }

        return new Trial(step, nextValue, Doubles.Dot(nextGradient, direction));
    }

    private void Run(int mostIterations, double tolerance, IProgress<Iterate>? progress, CancellationToken cancellation)
    {
        value = objective.Evaluate(point, gradient);
        StopRule stop = new(value, tolerance);
        bool failed = false;
        for (int iteration = 0; iteration < mostIterations && !IsAtBoundOrFlat() && !stop.IsMet(value, Doubles.Norm(gradient));)
        {
            cancellation.ThrowIfCancellationRequested();
            if (Step(iteration == 0))
            {
                failed = false;
                stop.Add(value);
                iteration++;
                progress?.Report(new Iterate(iteration, value));
                continue;
            }

            // Once without what was learnt of the function's curvature; then it is given up.
            if (failed)
                return;
            failed = true;
            model = new QuadraticModel(size, Memory);
        }
    }

    /// <summary>Nothing is left to gain but where a bound forbids it.</summary>
    private bool IsAtBoundOrFlat()
    {
        double most = 0;
        for (int i = 0; i < size; i++)
            most = Math.Max(most, Math.Abs(Math.Max(point[i] - gradient[i], lower[i]) - point[i]));
        return most < LeastProjectedGradient;
    }

    private bool Step(bool isFirst)
    {
        double[] cauchy = model.CauchyPoint(point, gradient, lower, out double[] along);
        target = isFirst ? cauchy : model.LeastOfFree(cauchy, along, point, gradient, lower);
        double most = double.PositiveInfinity;
        for (int i = 0; i < size; i++)
        {
            direction[i] = target[i] - point[i];
            if (direction[i] < 0)
                most = Math.Min(most, (lower[i] - point[i]) / direction[i]);
        }

        tried = double.NaN;
        double step = StrongWolfe.Step(this, 1, Math.Max(most, 1), Tries);
        if (double.IsNaN(step))
            return false;
        Try(step);
        model = model.After(nextPoint, point, nextGradient, gradient);
        (point, nextPoint) = (nextPoint, point);
        (gradient, nextGradient) = (nextGradient, gradient);
        value = nextValue;
        return true;
    }

    /// <summary>What is known of the curvature, in the compact form of the paper's 3.2: B = θI - W M Wᵀ, W = [Y, θS].</summary>
    private sealed class QuadraticModel
    {
        private readonly int size;
        private readonly int most;
        private readonly List<double[]> steps = [];
        private readonly List<double[]> changes = [];
        private double theta = 1;

        // Row by variable: first what steps changed of its derivative, then θ by the steps.
        private double[][] w;

        // The middle matrix, inverse of [-D, Lᵀ; L, θSᵀS].
        private double[][] m = [];

        public QuadraticModel(int size, int most)
        {
            this.size = size;
            this.most = most;
            w = Array.ConvertAll(new double[size][], _ => Array.Empty<double>());
        }

        /// <summary>The model with one more step, the oldest forgotten where there are too many; the same where the step says nothing of the curvature.</summary>
        public QuadraticModel After(double[] next, double[] before, double[] nextGradient, double[] gradientBefore)
        {
            double[] step = new double[size];
            double[] change = new double[size];
            for (int i = 0; i < size; i++)
            {
                step[i] = next[i] - before[i];
                change[i] = nextGradient[i] - gradientBefore[i];
            }

            double curvature = Doubles.Dot(step, change);
            if (!(LeastCurvature * Doubles.Norm(change) < Math.Abs(curvature)))
                return this;
            QuadraticModel after = new(size, most);
            after.steps.AddRange(steps);
            after.changes.AddRange(changes);
            after.steps.Add(step);
            after.changes.Add(change);
            if (after.steps.Count > most)
            {
                after.steps.RemoveAt(0);
                after.changes.RemoveAt(0);
            }

            after.theta = Doubles.Dot(change, change) / curvature;
            after.Complete();
            return after;
        }

        /// <summary>The least of the model along the way down the gradient, which bends at bounds (the paper's algorithm CP).</summary>
        /// <param name="point">Where the search stands.</param>
        /// <param name="gradient">The gradient there.</param>
        /// <param name="lower">The bounds.</param>
        /// <param name="along">Gets Wᵀ by the way.</param>
        public double[] CauchyPoint(double[] point, double[] gradient, double[] lower, out double[] along)
        {
            double[] way = new double[size];
            double[] ends = new double[size];
            int[] order = new int[size];
            for (int i = 0; i < size; i++)
            {
                order[i] = i;
                ends[i] = gradient[i] > 0 ? (point[i] - lower[i]) / gradient[i] : double.PositiveInfinity;
                way[i] = ends[i] == 0 ? 0 : -gradient[i];
            }

            Array.Sort(order, (a, b) => ends[a] != ends[b] ? ends[a].CompareTo(ends[b]) : a.CompareTo(b));
            double[] cauchy = [.. point];
            double[] p = WeightsBy(way);
            along = new double[p.Length];
            double slope = Doubles.Dot(gradient, way);
            double curvature = (-theta * slope) - Doubles.Dot(p, Middle(p));
            double least = -slope / curvature;
            double before = 0;
            int at = Array.FindIndex(order, i => ends[i] != 0);
            for (; at >= 0 && at < size && ends[order[at]] - before <= least; at++)
            {
                int b = order[at];
                double length = ends[b] - before;
                double g = gradient[b];
                cauchy[b] = lower[b];
                Doubles.AddScaled(along, length, p);
                slope += (length * curvature) + (g * g) + (theta * g * (cauchy[b] - point[b])) - (g * Doubles.Dot(w[b], Middle(along)));
                curvature -= (theta * g * g) + (2 * g * Doubles.Dot(w[b], Middle(p))) + (g * g * Doubles.Dot(w[b], Middle(w[b])));
                Doubles.AddScaled(p, g, w[b]);
                way[b] = 0;
                least = -slope / curvature;
                before = ends[b];
            }

            least = Math.Max(least, 0);
            for (int i = Math.Max(at, 0); i < size; i++)
                cauchy[order[i]] = point[order[i]] + ((before + least) * way[order[i]]);
            Doubles.AddScaled(along, least, p);
            return cauchy;
        }

        /// <summary>The least of the model over the variables that are at no bound at the Cauchy point (the paper's direct primal method), or as far that way as bounds allow.</summary>
        public double[] LeastOfFree(double[] cauchy, double[] along, double[] point, double[] gradient, double[] lower)
        {
            int[] free = [.. Enumerable.Range(0, size).Where(i => cauchy[i] != lower[i])];
            double[] mc = Middle(along);
            double[] rest = Array.ConvertAll(free, i => gradient[i] + (theta * (cauchy[i] - point[i])) - Doubles.Dot(w[i], mc));
            int width = mc.Length;
            double[] least = [.. cauchy];
            double[] sum = new double[width];
            double[][] products = Square(width);
            for (int k = 0; k < free.Length; k++)
            {
                double[] row = w[free[k]];
                Doubles.AddScaled(sum, rest[k], row);
                for (int i = 0; i < width; i++)
                    Doubles.AddScaled(products[i], row[i] / theta, row);
            }

            double[][] n = Square(width);
            for (int i = 0; i < width; i++)
            {
                for (int k = 0; k < width; k++)
                    Doubles.AddScaled(n[i], -m[i][k], products[k]);
                n[i][i] += 1;
            }

            double[] v = Elimination.Solve(n, Middle(sum));
            double[] further = new double[free.Length];
            double share = 1;
            int nearest = -1;
            for (int k = 0; k < free.Length; k++)
            {
                further[k] = -(rest[k] / theta) - (Doubles.Dot(w[free[k]], v) / (theta * theta));
                double most = further[k] < 0 ? (lower[free[k]] - cauchy[free[k]]) / further[k] : 1;
                if (most < share)
                    (share, nearest) = (most, k);
            }

            // What meets its bound is at it, and not as near as rounding leaves it: a variable at its bound is no longer free.
            for (int k = 0; k < free.Length; k++)
                least[free[k]] = k == nearest ? lower[free[k]] : Math.Max(least[free[k]] + (share * further[k]), lower[free[k]]);
            return least;
        }

        private void Complete()
        {
            int count = steps.Count;
            for (int i = 0; i < size; i++)
            {
                w[i] = new double[2 * count];
                for (int k = 0; k < count; k++)
                {
                    w[i][k] = changes[k][i];
                    w[i][count + k] = theta * steps[k][i];
                }
            }

            double[][] inverse = Square(2 * count);
            for (int i = 0; i < count; i++)
            {
                inverse[i][i] = -Doubles.Dot(steps[i], changes[i]);
                for (int k = 0; k < count; k++)
                {
                    inverse[count + i][count + k] = theta * Doubles.Dot(steps[i], steps[k]);
                    if (k < i)
                        inverse[count + i][k] = inverse[k][count + i] = Doubles.Dot(steps[i], changes[k]);
                }
            }

            m = Elimination.Invert(inverse);
        }

        private double[] WeightsBy(double[] way)
        {
            double[] product = new double[w[0].Length];
            for (int i = 0; i < size; i++)
                Doubles.AddScaled(product, way[i], w[i]);
            return product;
        }

        private double[] Middle(double[] vector) => Array.ConvertAll(m, row => Doubles.Dot(row, vector));

        private static double[][] Square(int width) => Array.ConvertAll(new double[width][], _ => new double[width]);
    }
}
