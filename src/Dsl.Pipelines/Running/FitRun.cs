using System;
using System.ComponentModel;
using System.Threading;

namespace Dsl.Pipelines;

/// <summary>One fit of a whole pipeline: what generated <c>Fit</c> hands from stage to stage, and what the fitted pipeline remembers of it.</summary>
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
    /// <param name="point">Options that tuning sets; null: as declared.</param>
    public FitRun(int stages, PipelineOptions? options, IProgress<PipelineProgress>? progress, CancellationToken cancellation, GridPoint? point = null)
    {
        this.stages = stages;
        this.progress = progress;
        this.cancellation = cancellation;
        Options = options;
        Point = point ?? GridPoint.Declared;
    }

    /// <summary>What <c>Fit</c> was given.</summary>
    public PipelineOptions? Options { get; private init; }

    /// <summary>Options that tuning sets.</summary>
    public GridPoint Point { get; }

    /// <summary>What each stage and model is fitted on.</summary>
    public FittedRows Rows { get; private init; } = new();

    /// <summary>The sizes of vectors that nothing declares.</summary>
    public VectorSizes Sizes { get; private init; } = new();

    /// <summary>Begins the fit of a stage.</summary>
    /// <param name="stage">Its name.</param>
    /// <param name="index">Its ordinal, from 0.</param>
    /// <param name="seed">Its own seed.</param>
    public FitStep Step(string stage, int index, ulong seed = 0) => new(stage, index, stages, unchecked(seed + (Options?.Seed ?? 0)), progress, cancellation);

    /// <summary>The same fit told to others, at a point of a grid.</summary>
    public FitRun At(GridPoint point, IProgress<PipelineProgress>? told) => new(stages, Options, told, cancellation, point) { Sizes = new VectorSizes(Sizes) };

    /// <summary>Writes what it was given and counted.</summary>
    public void Write(PipelineWriter writer)
    {
        writer.Options(Options);
        foreach ((string path, object value) in Point.Parameters)
            writer.Parameter(path, value);
        Rows.Write(writer);
    }

    /// <summary>Reads what <see cref="Write"/> wrote.</summary>
    /// <param name="reader">From where.</param>
    /// <param name="stages">How many stages and models there are.</param>
    /// <param name="options">What <c>Load</c> was given: the masking key.</param>
    /// <param name="learners">The stages that learn.</param>
    public static FitRun Read(PipelineReader reader, int stages, PipelineOptions? options, params ReadOnlySpan<string> learners) =>
        new(stages, new PipelineOptions { Seed = reader.Seed, MaskingKey = options?.MaskingKey }, null, default, GridPoint.Of(reader.Parameters)) { Rows = FittedRows.Read(reader, learners) };
}
