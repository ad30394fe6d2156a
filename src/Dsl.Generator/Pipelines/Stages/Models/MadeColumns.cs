using System.Collections.Generic;
using Dsl.Generator.Declaring;
using Dsl.Generator.Pipelines.Graph;

namespace Dsl.Generator.Pipelines.Stages.Models;

/// <summary>The names of what models make.</summary>
internal static class MadeColumns
{
    private const string Prediction = "Prediction";
    private const string Probability = "Probability";
    private const string RawPrediction = "RawPrediction";

    /// <summary>A prediction, perhaps probabilities, perhaps raw scores.</summary>
    public static List<ColumnMade> Of(Entry entry, bool hasProbability)
    {
        List<ColumnMade> made = [new(entry.Text(Prediction) ?? Prediction, entry.Has(Prediction) ? Prediction : null)];
        if (hasProbability)
            made.Add(new(entry.Text(Probability) ?? entry.Text(Prediction) + Probability, entry.Text(Probability) is null ? null : Probability));
        if (entry.Text(RawPrediction) is { } raw)
            made.Add(new(raw, RawPrediction));
        return made;
    }
}
