using System.Collections.Generic;
using Dsl.Generator.Declaring;
using Dsl.Generator.Pipelines.Graph;

namespace Dsl.Generator.Pipelines.Stages.Models;

/// <summary>A linear support vector machine.</summary>
internal sealed class LinearSVCStage : ModelStage<LinearSVCAttribute>
{
    public override IReadOnlyList<(string Argument, Range Range)> Ranges { get; } =
    [
        ("MaxIter", Range.AtLeast(0)), ("RegParam", Range.AtLeast(0)), ("Tol", Range.AtLeast(0)), ("Threshold", Range.Finite),
    ];

    public override IReadOnlyList<string> Settings { get; } = ["MaxIter", "RegParam", "Tol", "FitIntercept", "Standardization", "Threshold"];

    protected override Wanted Label => Wanted.Classes;

    protected override bool IsBinary(Entry entry) => true;

    protected override bool HasProbability(Entry entry) => false;
}
