using System.Collections.Generic;
using System.Collections.ObjectModel;

namespace Dsl;

/// <summary>How far a pipeline's fit is.</summary>
/// <param name="Stage">The stage or model that is being fitted.</param>
/// <param name="Index">Its ordinal, from 0.</param>
/// <param name="Count">How many there are.</param>
/// <param name="Training">Of a network: how far its training is; else null.</param>
public sealed record PipelineProgress(string Stage, int Index, int Count, TrainingProgress? Training)
{
    /// <summary>Of a model that goes step by step: the step, pass, level or tree that is done, from 1; else null.</summary>
    public int? Iteration { get; init; }

    /// <summary>The value that such steps make small, as it is after this one; else null. NaN of one that does not know it.</summary>
    public double? Objective { get; init; }

    /// <summary>While options are tuned: which point and fold it is about; else null.</summary>
    public TuningProgress? Tuning { get; init; }
}

/// <summary>Which fit of a tuning is meant; <see cref="TuningTable"/> shows all of them.</summary>
/// <param name="Point">The point's ordinal, from 0.</param>
/// <param name="Fold">The fold's ordinal among those of all repeats, from 0.</param>
/// <param name="Score">What the fold has scored; null while it is being fitted.</param>
public sealed record TuningProgress(int Point, int Fold, double? Score)
{
    /// <summary>The point's options that vary, by path; empty without a grid.</summary>
    public IReadOnlyDictionary<string, object> Parameters { get; init; } = ReadOnlyDictionary<string, object>.Empty;

    /// <summary>How many folds there are for each point, all repeats counted.</summary>
    public int Folds { get; init; } = 1;
}
