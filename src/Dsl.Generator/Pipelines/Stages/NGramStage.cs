using System.Collections.Generic;
using Dsl.Generator.Pipelines.Graph;

namespace Dsl.Generator.Pipelines.Stages;

/// <summary>Runs of neighbouring tokens.</summary>
internal sealed class NGramStage : TextStage<NGramAttribute>
{
    public override IReadOnlyList<(string Argument, Range Range)> Ranges { get; } = [("N", Range.AtLeast(1))];

    public override IReadOnlyList<string> Settings { get; } = ["N"];

    protected override Wanted Input => Wanted.Tokens;

    protected override Column OutputOf(StageSite site, Column input) => Columns.Tokens;
}
