using System;
using System.Collections.Generic;
using System.ComponentModel;
using System.Threading;

namespace Dsl.Pipelines;

/// <summary>One fit of a whole pipeline: what generated <c>Fit</c> hands from stage to stage.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public sealed class FitRun
{
    private readonly int stages;
    private readonly IProgress<PipelineProgress>? progress;
    private readonly CancellationToken cancellation;

    /// <summary>Begins a fit.</summary>
    /// <param name="stages">How many stages and models there are.</param>
    /// <param name="options">What <c>Fit</c> was given; null: the defaults.</param>
    /// <param name="progress">Who is told; null for nobody.</param>
    /// <param name="cancellation">Stops between steps.</param>
    /// <param name="parameters">Options that tuning sets, by path; null: as declared.</param>
    public FitRun(int stages, PipelineOptions? options, IProgress<PipelineProgress>? progress, CancellationToken cancellation, IReadOnlyDictionary<string, object>? parameters = null)
    {
        this.stages = stages;
        this.progress = progress;
        this.cancellation = cancellation;
        Options = options;
        Parameters = parameters ?? new Dictionary<string, object>();
    }

    /// <summary>What <c>Fit</c> was given.</summary>
    public PipelineOptions? Options { get; }

    /// <summary>Options that tuning sets, by path.</summary>
    public IReadOnlyDictionary<string, object> Parameters { get; }

    /// <summary>What each stage and model is fitted on.</summary>
    public FittedRows Rows { get; } = new();

    /// <summary>Begins the fit of a stage.</summary>
    /// <param name="stage">Its name.</param>
    /// <param name="index">Its ordinal, from 0.</param>
    /// <param name="seed">Its own seed.</param>
    public FitStep Step(string stage, int index, ulong seed = 0) => new(stage, index, stages, unchecked(seed + (Options?.Seed ?? 0)), progress, cancellation);

    /// <summary>An option: as tuning sets it, else as declared.</summary>
    public T Option<T>(string path, T declared) => Parameters.TryGetValue(path, out object? value) ? (T)value : declared;
}
