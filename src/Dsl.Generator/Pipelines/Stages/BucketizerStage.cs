using System.Collections.Generic;
using Dsl.Generator.Declaring;
using Dsl.Generator.Pipelines.Emitting;
using Dsl.Generator.Pipelines.Graph;

namespace Dsl.Generator.Pipelines.Stages;

/// <summary>Classes by given borders.</summary>
internal sealed class BucketizerStage : ColumnStage<BucketizerAttribute>
{
    public override IReadOnlyList<(string Argument, Range Range)> Ranges { get; } = [("HandleInvalid", Range.MemberOf<HandleInvalid>())];

    public override IReadOnlyList<string> Sizing { get; } = ["HandleInvalid"];

    protected override Wanted Input => Wanted.Number;

    public override bool MayDrop(Entry entry) => OptionsOf(entry).HandleInvalid == HandleInvalid.Skip;

    protected override bool TakesNull(Entry entry) => OptionsOf(entry).HandleInvalid != HandleInvalid.Error;

    protected override Column OutputOf(StageSite site, Column input)
    {
        int splits = CheckSplits(site);
        bool isRight = site.IsRight("splits") && site.IsRight("HandleInvalid") && splits >= 3;
        return Columns.Class(isRight ? splits - 1 + (OptionsOf(site.Entry).HandleInvalid == HandleInvalid.Keep ? 1 : 0) : Column.Wrong);
    }

    protected override void Miss(StageSite site) => CheckSplits(site);

    private static int CheckSplits(StageSite site)
    {
        double[] splits = OptionsOf(site.Entry).Splits;
        if (splits.Length < 3)
            site.FailHere(Descriptors.WrongOption, $"needs at least three splits, but has {splits.Length}");
        for (int i = 0; i < splits.Length; i++)
        {
            if (double.IsNaN(splits[i]))
                site.FailOption("splits", "needs numbers as splits, but has NaN", i);
            else if (i > 0 && splits[i] <= splits[i - 1])
                site.FailOption("splits", $"needs splits that ascend, but {Range.Text(splits[i])} comes after {Range.Text(splits[i - 1])}", i);
        }

        return splits.Length;
    }

    public override string Prepared(StageEmission emission) => Values.Text(OptionsOf(emission.Stage.Entry).Splits);

    public override string PreparedType => "double[]";

    public override void EmitTransform(StageEmission emission) => emission.Writer.Line(
        $"global::Dsl.Pipelines.BucketizerStage.Transform({emission.Name}, batch, {emission.Slot(emission.Input)}, {emission.Slot(emission.Output)}, {emission.Shared}, {emission.Option("HandleInvalid")}{emission.TrainingArgument});");

    public override void EmitRow(StageEmission emission) =>
        emission.DeclareClass($"global::Dsl.Pipelines.BucketizerStage.Transform({emission.Name}, {emission.NumberOrNaN(emission.Input)}, {emission.Shared}, {emission.Option("HandleInvalid")}{emission.TrainingArgument})");
}
