using System.Collections.Generic;
using Dsl.Generator.Pipelines.Graph;

namespace Dsl.Generator.Pipelines.Stages.Models;

/// <summary>Naive Bayes.</summary>
internal sealed class NaiveBayesStage : ModelStage<NaiveBayesAttribute>
{
    public override IReadOnlyList<(string Argument, Range Range)> Ranges { get; } =
    [
        ("ModelType", Range.MemberOf<NaiveBayesType>()), ("Smoothing", Range.AtLeast(0)),
    ];

    public override IReadOnlyList<string> Settings { get; } = ["ModelType", "Smoothing"];

    protected override Wanted Label => Wanted.Classes;
}
