using System.Collections.Generic;
using Dsl.Generator.Declaring;

namespace Dsl.Generator.Pipelines.Stages;

/// <summary>By mean and deviation.</summary>
internal sealed class StandardScalerStage : VectorStage<StandardScalerAttribute>
{
    public override IReadOnlyList<string> Settings { get; } = ["WithMean", "WithStd"];

    public override bool Learns(Entry entry) => true;
}
