using System;
using System.ComponentModel;
using System.Threading;

namespace Dsl.Pipelines;

/// <summary>How options are tuned.</summary>
/// <param name="Metric">What is measured, as <c>Scores</c> would call it.</param>
/// <param name="LowerIsBetter">Of <c>LogLoss</c>, <c>Rmse</c> and <c>Mae</c>.</param>
/// <param name="Folds">Folds of a repeat, at least 2.</param>
/// <param name="Repeats">How often folds are drawn, at least 1.</param>
/// <param name="Seed">What they are drawn from: the attribute's seed and that of the options, added.</param>
[EditorBrowsable(EditorBrowsableState.Never)]
public sealed record TuningPlan(string Metric, bool LowerIsBetter, int Folds, int Repeats, ulong Seed);

/// <summary>One fit of a tuning: at one point, on all rows but those of one fold.</summary>
/// <param name="Point">The options that vary.</param>
/// <param name="Train">The rows to fit on, ascending.</param>
/// <param name="Held">The rows to score, ascending.</param>
/// <param name="Progress">Who is told of this fit; null for nobody.</param>
/// <param name="Cancellation">Stops between steps.</param>
[EditorBrowsable(EditorBrowsableState.Never)]
public sealed record TuningFold(GridPoint Point, int[] Train, int[] Held, IProgress<PipelineProgress>? Progress, CancellationToken Cancellation);
