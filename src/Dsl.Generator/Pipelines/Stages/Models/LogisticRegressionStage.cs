using System.Collections.Generic;
using Dsl.Generator.Pipelines.Graph;

namespace Dsl.Generator.Pipelines.Stages.Models;

/// <summary>Logistic regression.</summary>
internal sealed class LogisticRegressionStage : ModelStage<LogisticRegressionAttribute>
{
    public override IReadOnlyList<(string Argument, Range Range)> Ranges { get; } =
    [
        ("MaxIter", Range.AtLeast(0)), ("RegParam", Range.AtLeast(0)), ("ElasticNetParam", Range.Unit), ("Tol", Range.AtLeast(0)), ("Threshold", Range.Unit),
        ("Family", Range.MemberOf<LogisticFamily>()),
    ];

    public override IReadOnlyList<string> Sizing { get; } = ["Family"];

    public override IReadOnlyList<string> Settings { get; } = ["MaxIter", "RegParam", "ElasticNetParam", "Tol", "FitIntercept", "Standardization", "Threshold", "Family"];

    protected override Wanted Label => Wanted.Classes;

    protected override void CheckWhole(StageSite site, Column features, Column? label)
    {
        if (OptionsOf(site.Entry).Family == LogisticFamily.Binomial && label!.Classes is not (0 or 2 or Column.Wrong))
            site.FailOption("Family", $"fits two classes with Binomial, but {label.Name} has {label.Classes}");
    }
}
