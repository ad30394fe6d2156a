using System;
using Dsl.Generator.Pipelines.Emitting;
using Dsl.Generator.Pipelines.Graph;

namespace Dsl.Generator.Pipelines.Stages;

/// <summary>An attribute that the C# compiler does not find: it may be any stage, and nothing is said about it.</summary>
internal sealed class UnknownStage : Stage
{
    public static UnknownStage Instance { get; } = new();

    public override string Name => "?";

    public override Type AttributeType => typeof(Attribute);

    public override void Check(StageSite site)
    {
    }
}
