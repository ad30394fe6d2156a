using System.Collections.Generic;
using Dsl.Generator.Declaring;
using Dsl.Generator.Pipelines.Graph;

namespace Dsl.Generator.Pipelines.Stages;

/// <summary>How often tokens occur, by hash.</summary>
internal sealed class HashingTFStage : TextStage<HashingTFAttribute>
{
    public override IReadOnlyList<(string Argument, Range Range)> Ranges { get; } = [("NumFeatures", Range.AtLeast(1))];

    public override IReadOnlyList<string> Sizing { get; } = ["NumFeatures"];

    public override IReadOnlyList<string> Settings { get; } = ["NumFeatures", "Binary"];

    public override bool IsSparse => true;

    protected override Wanted Input => Wanted.Tokens;

    protected override Column OutputOf(StageSite site, Column input) => Columns.Vector(site.IsRight("NumFeatures") ? OptionsOf(site.Entry).NumFeatures : Column.Wrong);
}
