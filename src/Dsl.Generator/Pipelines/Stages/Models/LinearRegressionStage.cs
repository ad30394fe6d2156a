using System.Collections.Generic;
using Dsl.Generator.Pipelines.Graph;

namespace Dsl.Generator.Pipelines.Stages.Models;

/// <summary>Linear regression.</summary>
internal sealed class LinearRegressionStage : ModelStage<LinearRegressionAttribute>
{
    public override IReadOnlyList<(string Argument, Range Range)> Ranges { get; } =
    [
        ("MaxIter", Range.AtLeast(0)), ("RegParam", Range.AtLeast(0)), ("ElasticNetParam", Range.Unit), ("Tol", Range.AtLeast(0)), ("Loss", Range.MemberOf<RegressionLoss>()),
        ("Epsilon", Range.Above(1)),
    ];

    public override IReadOnlyList<string> Checked { get; } = ["ElasticNetParam", "Loss"];

    public override IReadOnlyList<string> Settings { get; } = ["MaxIter", "RegParam", "ElasticNetParam", "Tol", "FitIntercept", "Standardization", "Loss", "Epsilon"];

    protected override Wanted Label => Wanted.Amount;

    protected override void CheckOptions(StageSite site)
    {
        LinearRegressionAttribute options = OptionsOf(site.Entry);
        if (options.Loss == RegressionLoss.Huber && options.ElasticNetParam > 0 && site.IsRight("ElasticNetParam"))
            site.FailOption("ElasticNetParam", $"takes no L1 with Huber, but has ElasticNetParam = {Range.Text(options.ElasticNetParam)}");
    }
}
