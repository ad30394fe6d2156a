using System.Collections.Generic;
using System.Globalization;
using Dsl.Generator.Declaring;
using Dsl.Generator.Pipelines.Facts;
using Dsl.Generator.Pipelines.Graph;

namespace Dsl.Generator.Pipelines.Stages.Models;

/// <summary>A tree, a forest or boosting.</summary>
internal abstract class TreeStage<TAttribute> : ModelStage<TAttribute>
    where TAttribute : TreeAttribute
{
    private const string Strategy = "FeatureSubsetStrategy";

    /// <summary>The ranges of what all of them have.</summary>
    protected static IReadOnlyList<(string Argument, Range Range)> TreeRanges { get; } =
    [
        ("MaxDepth", Range.Between(0, 30)), ("MaxBins", Range.AtLeast(2)), ("MinInstancesPerNode", Range.AtLeast(1)), ("MinWeightFractionPerNode", new Range("of at least 0 and below 0.5", number => number is >= 0 and < 0.5)),
        ("MinInfoGain", Range.AtLeast(0)),
    ];

    /// <summary>Those of their options that all of them begin with.</summary>
    protected static IReadOnlyList<string> TreeSettings { get; } = ["MaxDepth", "MaxBins", "MinInstancesPerNode", "MinWeightFractionPerNode", "MinInfoGain"];

    public override IReadOnlyList<string> Sizing { get; } = ["MaxBins"];

    public override bool HasImportances => true;

    public override string? Flaw(string option, object? value) => option == Strategy && !IsStrategy(value as string)
        ? $"{Strategy} auto, all, onethird, sqrt, log2, a whole number of at least 1, or a share above 0 and at most 1" : null;

    protected override void CheckOptions(StageSite site)
    {
        if (site.Entry.TryGet(Strategy, out object? written) && Flaw(Strategy, written) is { } flaw)
            site.FailOption(Strategy, $"needs {flaw}, but has {written ?? "null"}");
    }

    protected override void CheckWhole(StageSite site, Column features, Column? label)
    {
        int bins = OptionsOf(site.Entry).MaxBins;
        if (site.IsRight("MaxBins") && Widest(site, features) is { } widest && widest.Classes > bins)
            site.FailOption("MaxBins", $"needs MaxBins of at least {widest.Classes}, the classes of {widest.Name} among its features, but has {bins}");
    }

    /// <summary>The class number of the most classes that nothing but <c>VectorAssembler</c> brings.</summary>
    private static Column? Widest(StageSite site, Column features)
    {
        if (features.Kind == ColumnKind.ClassNumber)
            return features;
        if (features.Stage < 0 || site.Before[features.Stage].Rule is not VectorAssemblerStage)
            return null;
        Column? widest = null;
        foreach (Column source in features.Sources)
        {
            if (Widest(site, source) is { } one && one.Classes > (widest?.Classes ?? 0))
                widest = one;
        }

        return widest;
    }

    private static bool IsStrategy(string? text)
    {
        if (text is "auto" or "all" or "onethird" or "sqrt" or "log2")
            return true;
        if (text is null)
            return false;
        if (int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out int count))
            return count >= 1;
        return double.TryParse(text, NumberStyles.AllowDecimalPoint | NumberStyles.AllowExponent, CultureInfo.InvariantCulture, out double share) && share is > 0 and <= 1;
    }
}
