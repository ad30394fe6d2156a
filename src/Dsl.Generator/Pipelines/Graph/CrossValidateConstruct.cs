using System.Collections.Generic;
using Dsl.Generator.Declaring;

namespace Dsl.Generator.Pipelines.Graph;

/// <summary>What <c>Tune</c> measures, and on which folds.</summary>
internal sealed class CrossValidateConstruct : Construct
{
    public override string Name => "CrossValidate";

    public override bool HasOrder => true;

    /// <summary>Which values its numbers may have (DSL515).</summary>
    public static IReadOnlyList<(string Argument, Range Range)> Ranges { get; } = [("Folds", Range.AtLeast(2)), ("Repeats", Range.AtLeast(1))];

    public override object ReadOptions(Entry entry) => entry.Attribute<CrossValidateAttribute>();
}
