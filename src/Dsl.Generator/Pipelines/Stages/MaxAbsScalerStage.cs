using Dsl.Generator.Declaring;

namespace Dsl.Generator.Pipelines.Stages;

/// <summary>By the largest absolute value.</summary>
internal sealed class MaxAbsScalerStage : VectorStage<MaxAbsScalerAttribute>
{
    public override bool Learns(Entry entry) => true;
}
