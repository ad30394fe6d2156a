using Dsl.Generator.Pipelines.Graph;

namespace Dsl.Generator.Pipelines.Stages;

/// <summary>What the output row has; it sees the whole class, and is no step of a row's way.</summary>
internal sealed class DropColumnsStage : StageOf<DropColumnsAttribute>
{
    public override void Check(StageSite site)
    {
    }
}
