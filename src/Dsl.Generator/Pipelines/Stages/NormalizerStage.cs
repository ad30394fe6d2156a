using System.Collections.Generic;
using Dsl.Generator.Pipelines.Graph;

namespace Dsl.Generator.Pipelines.Stages;

/// <summary>By a norm of its own.</summary>
internal sealed class NormalizerStage : VectorStage<NormalizerAttribute>
{
    public override IReadOnlyList<(string Argument, Range Range)> Ranges { get; } = [("P", new Range("of at least 1", number => number >= 1))];

    public override IReadOnlyList<string> Settings { get; } = ["P"];
}
