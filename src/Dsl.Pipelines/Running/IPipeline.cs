using System;
using System.Collections.Generic;

namespace Dsl;

/// <summary>A fitted pipeline, whatever its rows: what it is made of, what it learnt, and its files.</summary>
public interface IPipeline : IDisposable
{
    /// <summary>The class's name.</summary>
    string Name { get; }

    /// <summary>The columns of the rows that it takes.</summary>
    IReadOnlyList<PipelineColumn> Columns { get; }

    /// <summary>Its stages and models, in their order.</summary>
    IReadOnlyList<PipelineStage> Stages { get; }

    /// <summary>The stages with columns, kinds, sizes, what was learnt, and the rows fitted on and left out.</summary>
    string Summary();

    /// <summary>Writes everything that was learnt into a folder, which afterwards is complete, or as it was before.</summary>
    /// <param name="folder">The folder; made where there is none.</param>
    /// <exception cref="System.IO.IOException">It cannot be written.</exception>
    void Save(string folder);
}

/// <summary>A fitted pipeline, whatever its stages: it does not change, and many threads may use it. The class that the compiler completes adds the members of its stages.</summary>
/// <typeparam name="TRow">The rows that it takes.</typeparam>
/// <typeparam name="TOutput">What it makes of a row.</typeparam>
public interface IPipeline<in TRow, out TOutput> : IPipeline
    where TOutput : class
{
    /// <summary>One row through all stages and models.</summary>
    /// <param name="row">The row; not null.</param>
    /// <returns>What was made of it; null where a stage dropped it.</returns>
    /// <exception cref="PipelineException">A stage cannot take the row; the message names both, the value and what is wanted.</exception>
    TOutput? Predict(TRow row);

    /// <summary>Every row through all stages and models: lazily, in order, in batches over all threads; rows that a stage drops are left out.</summary>
    /// <param name="rows">The rows; read as far as batches need them.</param>
    /// <exception cref="PipelineException">While enumerating: a stage cannot take a row; what came before it was given.</exception>
    IEnumerable<TOutput> Transform(IEnumerable<TRow> rows);
}
