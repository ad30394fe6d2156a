using System;

namespace Dsl.Pipelines.Stages;

/// <summary>A stage from one vector to another, row by row: what <see cref="VectorForm"/> runs over a batch.</summary>
internal interface IVectorForm
{
    /// <summary>The stage's name.</summary>
    string Stage { get; }

    /// <summary>Elements of what comes in.</summary>
    int InputSize { get; }

    /// <summary>Elements of what goes out.</summary>
    int Size { get; }

    /// <summary>What comes in sparse goes out sparse.</summary>
    bool KeepsSparse { get; }

    /// <summary>A dense row.</summary>
    void Transform(ReadOnlySpan<double> input, Span<double> output);

    /// <summary>A row, sparse or dense.</summary>
    Vector Transform(Vector input);
}
