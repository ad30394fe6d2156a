using Dsl.Generator.Pipelines.Graph;

namespace Dsl.Generator.Pipelines.Emitting;

/// <summary>One of the things that a fitted pipeline consists of.</summary>
/// <param name="Stage">Whose it is.</param>
/// <param name="Member">The property or field.</param>
/// <param name="Local">What it is called in <c>Fit</c>, <c>Load</c> and the constructor.</param>
/// <param name="Type">Its type.</param>
/// <param name="Access">The property's accessibility; null of a private field.</param>
internal sealed record FittedPart(CheckedStage Stage, string Member, string Local, string Type, string? Access)
{
    /// <summary>How it is made where nothing is learnt; else null.</summary>
    public string? Made { get; init; }
}
