using System.Collections.Generic;
using Dsl.Generator.Declaring;
using Dsl.Generator.Pipelines.Graph;

namespace Dsl.Generator.Pipelines.Stages;

/// <summary>By median and quantiles.</summary>
internal sealed class RobustScalerStage : VectorStage<RobustScalerAttribute>
{
    public override IReadOnlyList<(string Argument, Range Range)> Ranges { get; } = [("Lower", Range.Inside), ("Upper", Range.Inside)];

    public override IReadOnlyList<string> Checked { get; } = ["Lower", "Upper"];

    public override IReadOnlyList<string> Settings { get; } = ["Lower", "Upper", "WithCentering", "WithScaling"];

    public override bool Learns(Entry entry) => true;

    public override void Check(StageSite site)
    {
        RobustScalerAttribute options = OptionsOf(site.Entry);
        if (site.IsRight("Lower") && site.IsRight("Upper") && !(options.Lower < options.Upper))
            site.FailLatter("Lower", "Upper", $"needs Lower below Upper, but has {Range.Text(options.Lower)} and {Range.Text(options.Upper)}");
        base.Check(site);
    }
}
