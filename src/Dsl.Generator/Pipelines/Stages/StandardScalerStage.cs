using System;
using System.Collections.Generic;
using Dsl.Generator.Declaring;
using Dsl.Generator.Pipelines.Graph;

namespace Dsl.Generator.Pipelines.Stages;

/// <summary>By mean and deviation.</summary>
internal sealed class StandardScalerStage : VectorStage<StandardScalerAttribute>
{
    public override bool Learns(Entry entry) => true;

    public override IReadOnlyList<string> Settings => ["WithMean", "WithStd"];

    public override string? FittedSize(CheckedStage stage, Column output, string model, Func<Column, string?> sizeOf) => sizeOf(output.Sources[0]);
}
