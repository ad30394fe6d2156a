using System;
using System.Collections.Generic;
using System.Linq;
using Dsl.Report;

namespace Importance;

/// <summary>The page about a run.</summary>
internal static class PixelPage
{
    private const int Side = 8;

    /// <summary>Puts it together.</summary>
    public static ReportPage Of(PixelPipeline pipeline)
    {
        PixelPipeline.Scores scores = pipeline.TestScores!;
        Dsl.Vector importances = pipeline.RandomForestClassifier1.FeatureImportances;
        IReadOnlyList<int> chosen = pipeline.SelectByImportance1.SelectedFeatures;
        return new ReportPage("Ten pixels of a digit")
        {
            Lead = "A random forest finds the pixels that tell handwritten digits apart best; a network reads digits by these ten alone, another by all 64. Accuracy on the fifth that was held back.",
            Footer = "Digits: E. Alpaydin, C. Kaynak, Optical Recognition of Handwritten Digits (1998), UCI, CC BY 4.0.",
        }
            .Figures(
                new(Percent(scores.FewAccuracy), "the network with the ten most important pixels"),
                new(Percent(scores.OtherAccuracy), "with ten pixels along two diagonals"),
                new(Percent(scores.AllAccuracy), "with all 64"),
                new(Percent(scores.ForestAccuracy), "the forest with all 64"))
            .Pipeline(pipeline)
            .Table(
                "Importances, thousandths",
                ["row", .. Enumerable.Range(0, Side).Select(column => FormattableString.Invariant($"column {column}"))],
                Enumerable.Range(0, Side).Select(row => (IReadOnlyList<object?>)[row, .. Enumerable.Range(0, Side).Select(column => Cell((row * Side) + column))]),
                "Those that were chosen in brackets.");

        string Cell(int pixel)
        {
            string share = FormattableString.Invariant($"{1000 * importances[pixel]:F0}");
            return chosen.Contains(pixel) ? $"[{share}]" : share;
        }
    }

    private static string Percent(double share) => FormattableString.Invariant($"{100 * share:F1} %");
}
