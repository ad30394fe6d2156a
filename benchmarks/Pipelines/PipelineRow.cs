using System;

namespace Dsl.Benchmarks.Pipelines;

/// <summary>
/// A row of `pipelines`: one work, ours and scikit-learn's, in one file. The command finds every class that derives from this one; a new row is a file in Rows and nothing else.
/// </summary>
internal abstract class PipelineRow
{
    /// <summary>The name by which the command line selects it.</summary>
    public abstract string Name { get; }

    /// <summary>The data that both sides get.</summary>
    public abstract Func<BenchData> Data { get; }

    /// <summary>What <see cref="OwnFit.Figure"/> says: how good the fit is, so that a reader sees that both sides did the same work.</summary>
    public abstract string Figure { get; }

    /// <summary>
    /// scikit-learn's side: a Python module with a function `work(data, threads)` that prepares and returns two functions without parameters, the one that is timed, and one that
    /// returns the figure of the last fit. `data` has `x`, `value`, `label` as NumPy's arrays, or `texts`, a list, where the data has texts.
    /// </summary>
    public abstract string Python { get; }

    /// <summary>Our side.</summary>
    public abstract OwnFit Own(BenchData data);
}

/// <summary>Our side of a row, prepared.</summary>
/// <param name="Fit">What is timed.</param>
/// <param name="Figure">The figure of the last fit.</param>
internal sealed record OwnFit(Action Fit, Func<double> Figure);
