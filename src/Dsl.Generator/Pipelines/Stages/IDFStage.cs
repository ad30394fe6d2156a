using System.Collections.Generic;
using Dsl.Generator.Declaring;
using Dsl.Generator.Pipelines.Graph;

namespace Dsl.Generator.Pipelines.Stages;

/// <summary>Weighed by how few rows have them.</summary>
internal sealed class IDFStage : VectorStage<IDFAttribute>
{
    public override IReadOnlyList<(string Argument, Range Range)> Ranges { get; } = [("MinDocFreq", Range.AtLeast(0))];

    public override IReadOnlyList<string> Settings { get; } = ["MinDocFreq"];

    public override bool Learns(Entry entry) => true;
}
