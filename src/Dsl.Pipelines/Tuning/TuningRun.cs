using System;
using System.Collections.Generic;
using System.ComponentModel;
using System.Globalization;
using System.Linq;
using System.Runtime.ExceptionServices;
using System.Threading;
using Dsl.Pipelines.Numerics;
using Dsl.Pipelines.Tuning;

namespace Dsl.Pipelines;

/// <summary>Cross-validation over a grid: what generated <c>Tune</c> calls.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public static class TuningRun
{
    internal const string Stage = "CrossValidate";

    /// <summary>Scores every point on every fold, several at a time, and fits a pipeline at the best one. The bits do not depend on the number of threads.</summary>
    /// <typeparam name="TPipeline">The pipeline's class.</typeparam>
    /// <param name="plan">Metric and folds.</param>
    /// <param name="points">The grid, by <see cref="GridPoint.All"/>.</param>
    /// <param name="rows">How many training rows there are.</param>
    /// <param name="strata">Each one's stratum, by <see cref="Strata"/>; null: all are one.</param>
    /// <param name="score">Fits at a point on some rows, and scores others; may be called on several threads at once.</param>
    /// <param name="fit">Fits at the best point on all of them.</param>
    /// <param name="progress">Is told of fits and their scores, one call at a time.</param>
    /// <param name="cancellation">Stops between fits and in them.</param>
    /// <exception cref="PipelineException">There are fewer rows than folds, or no point has a score; or what a fit has thrown: of several the first point's and fold's.</exception>
    public static PipelineTuning<TPipeline> Run<TPipeline>(
        TuningPlan plan,
        IReadOnlyList<GridPoint> points,
        int rows,
        int[]? strata,
        Func<TuningFold, double> score,
        Func<GridPoint, TPipeline> fit,
        IProgress<PipelineProgress>? progress,
        CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(plan);
        ArgumentNullException.ThrowIfNull(points);
        ArgumentNullException.ThrowIfNull(score);
        ArgumentNullException.ThrowIfNull(fit);
        int known = strata?.AsSpan().Count(Strata.None) is { } without ? rows - without : rows;
        if (known < plan.Folds)
            throw new PipelineException(Stage, string.Create(CultureInfo.InvariantCulture, $"needs a row for each of {plan.Folds} folds, and there are {known}{(known < rows ? $" that have what it stratifies by, of {rows}" : "")}"));
        int[][] folds = Folds.Of(rows, plan.Folds, plan.Repeats, plan.Seed, strata);
        double[][] scores = [.. points.Select(_ => new double[plan.Folds * plan.Repeats])];
        Progress? told = progress is null ? null : new Progress(progress, points, scores[0].Length);
        RunAll(points.Count * scores[0].Length, job =>
        {
            (int point, int fold) = Math.DivRem(job, scores[0].Length);
            int[] foldOf = folds[fold / plan.Folds];
            int held = fold % plan.Folds;
            told?.Begins(point, fold);
            scores[point][fold] = score(new TuningFold(points[point], RowsWhere(foldOf, other => other != held && other != Folds.None), RowsWhere(foldOf, other => other == held), told?.Of(point, fold), cancellation));
            told?.Ends(point, fold, scores[point][fold]);
        }, cancellation);
        TuningPoint[] scored = [.. points.Zip(scores, (point, all) => new TuningPoint(point.Parameters, Array.AsReadOnly(all)))];
        int best = BestOf(scored, plan);
        return new PipelineTuning<TPipeline>(plan.Metric, Array.AsReadOnly(scored), scored[best], fit(points[best]));
    }

    private static int BestOf(TuningPoint[] points, TuningPlan plan)
    {
        int best = -1;
        for (int i = 0; i < points.Length; i++)
        {
            if (!double.IsNaN(points[i].Mean) && (best < 0 || (plan.LowerIsBetter ? points[i].Mean < points[best].Mean : points[i].Mean > points[best].Mean)))
                best = i;
        }

        return best >= 0 ? best : throw new PipelineException(Stage, $"finds no best point: {plan.Metric} is not defined on every fold of any");
    }

    private static int[] RowsWhere(int[] foldOf, Func<int, bool> isWanted) => [.. Enumerable.Range(0, foldOf.Length).Where(row => isWanted(foldOf[row]))];

    /// <summary>Runs jobs over all threads; with fewer jobs than threads one after the other, each over all threads itself.</summary>
    private static void RunAll(int jobs, Action<int> run, CancellationToken cancellation)
    {
        ExceptionDispatchInfo?[] failures = new ExceptionDispatchInfo?[jobs];
        int firstFailure = int.MaxValue;
        if (jobs < Compute.Threads)
        {
            for (int job = 0; job < jobs; job++)
                RunOne(job);
        }
        else
        {
            ParallelParts.Run(jobs, RunOne);
        }

        if (firstFailure < jobs)
            failures[firstFailure]!.Throw();

        void RunOne(int job)
        {
            // Those before a failure still run, so that it is always the same one that is told.
            if (job > Volatile.Read(ref firstFailure))
                return;
            try
            {
                cancellation.ThrowIfCancellationRequested();
                run(job);
            }
#pragma warning disable CA1031 // The caller gets it, whatever it is.
            catch (Exception error)
#pragma warning restore CA1031
            {
                failures[job] = ExceptionDispatchInfo.Capture(error);
                int seen = Volatile.Read(ref firstFailure);
                while (job < seen && Interlocked.CompareExchange(ref firstFailure, job, seen) is int other && other != seen)
                    seen = other;
            }
        }
    }

    /// <summary>Tells a listener of one fit at a time, though several run.</summary>
    private sealed class Progress(IProgress<PipelineProgress> listener, IReadOnlyList<GridPoint> points, int folds)
    {
        private readonly Lock one = new();
        private int done;

        public void Begins(int point, int fold) => Report(point, fold, null, 0);

        public void Ends(int point, int fold, double score) => Report(point, fold, score, 1);

        public IProgress<PipelineProgress> Of(int point, int fold) => new Inner(this, point, fold);

        private void Report(int point, int fold, double? score, int ended)
        {
            lock (one)
            {
                done += ended;
                listener.Report(new PipelineProgress(Stage, done, points.Count * folds, null) { Tuning = Fit(point, fold, score) });
            }
        }

        private sealed class Inner(Progress all, int point, int fold) : IProgress<PipelineProgress>
        {
            public void Report(PipelineProgress value)
            {
                lock (all.one)
                    all.Listener.Report(value with { Tuning = all.Fit(point, fold, null) });
            }
        }

        private IProgress<PipelineProgress> Listener => listener;

        private TuningProgress Fit(int point, int fold, double? score) => new(point, fold, score) { Parameters = points[point].Parameters, Folds = folds };
    }
}
