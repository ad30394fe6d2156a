using System;
using System.ComponentModel;
using System.Threading;
using Dsl.Pipelines.Optimizing;

namespace Dsl.Pipelines;

/// <summary>The fit of one stage or model: who it is, what it draws from and whom it tells.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public sealed class FitStep
{
    private readonly int index;
    private readonly int count;
    private readonly IProgress<PipelineProgress>? progress;

    /// <summary>Begins a stage; an interested listener is told.</summary>
    /// <param name="stage">Its name, for messages.</param>
    /// <param name="index">Its ordinal among all, from 0.</param>
    /// <param name="count">How many stages and models there are.</param>
    /// <param name="seed">Its own seed and that of the options, added.</param>
    /// <param name="progress">Who is told; null for nobody.</param>
    /// <param name="cancellation">Stops between steps.</param>
    public FitStep(string stage, int index, int count, ulong seed, IProgress<PipelineProgress>? progress, CancellationToken cancellation)
    {
        cancellation.ThrowIfCancellationRequested();
        Stage = stage;
        Seed = seed;
        Cancellation = cancellation;
        this.index = index;
        this.count = count;
        this.progress = progress;
        progress?.Report(new PipelineProgress(stage, index, count, null));
    }

    /// <summary>The stage's name.</summary>
    public string Stage { get; }

    /// <summary>What its random numbers come from.</summary>
    public ulong Seed { get; }

    /// <summary>Stops between steps.</summary>
    public CancellationToken Cancellation { get; }

    /// <summary>Where a model's step goes; null where nobody listens.</summary>
    internal IProgress<Iterate>? Iterates => progress is null ? null : new Steps(this, progress);

    /// <summary>Where a network's training tells how far it is; null where nobody listens.</summary>
    internal void Report(TrainingProgress training) => progress?.Report(new PipelineProgress(Stage, index, count, training));

    /// <summary>A flaw of this stage.</summary>
    internal PipelineException Wrong(string text) => new(Stage, text);

    /// <summary>There is no row at all.</summary>
    internal PipelineException NoRows() => Wrong("has no rows to learn from");

    /// <summary>No row says anything.</summary>
    /// <param name="why">Why none does.</param>
    internal PipelineException Nothing(string why) => Wrong("has nothing to learn from: " + why);

    /// <summary>What cannot be told apart any more: deviations, distances and products of it are infinite.</summary>
    internal PipelineException TooLarge() => TooLarge(Stage);

    /// <inheritdoc cref="TooLarge()"/>
    internal static PipelineException TooLarge(string stage) => new(stage, "cannot learn from features or labels as large as these: squares of them leave a double's range; scale them before it");

    private sealed class Steps(FitStep step, IProgress<PipelineProgress> progress) : IProgress<Iterate>
    {
        public void Report(Iterate value) =>
            progress.Report(new PipelineProgress(step.Stage, step.index, step.count, null) { Iteration = value.Iteration, Objective = value.Objective });
    }
}
