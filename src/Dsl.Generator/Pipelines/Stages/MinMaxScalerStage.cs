using System.Collections.Generic;
using Dsl.Generator.Declaring;
using Dsl.Generator.Pipelines.Graph;

namespace Dsl.Generator.Pipelines.Stages;

/// <summary>From the learnt range into another.</summary>
internal sealed class MinMaxScalerStage : VectorStage<MinMaxScalerAttribute>
{
    public override IReadOnlyList<(string Argument, Range Range)> Ranges { get; } = [("Min", Range.Finite), ("Max", Range.Finite)];

    public override IReadOnlyList<string> Checked { get; } = ["Min", "Max"];

    public override IReadOnlyList<string> Settings { get; } = ["Min", "Max"];

    public override bool Learns(Entry entry) => true;

    public override void Check(StageSite site)
    {
        MinMaxScalerAttribute options = OptionsOf(site.Entry);
        if (site.IsRight("Min") && site.IsRight("Max") && !(options.Min < options.Max))
            site.FailLatter("Min", "Max", $"needs Min below Max, but has {Range.Text(options.Min)} and {Range.Text(options.Max)}");
        base.Check(site);
    }
}
