using System;
using System.Collections.Generic;
using System.Linq;
using Dsl;
using Dsl.Pipelines;
using Dsl.Report;

namespace Penguins;

/// <summary>The page about a run.</summary>
internal static class PenguinPage
{
    /// <summary>Puts it together.</summary>
    public static ReportPage Of(PenguinResult result)
    {
        SpeciesPipeline pipeline = result.Pipeline;
        IReadOnlyList<string> species = pipeline.StringIndexer1.Labels;
        List<SpeciesPipeline.OutputRow> rows = [.. pipeline.Transform(result.All).Where(row => row.Label is not null)];
        const string Seen = "All penguins, those that it learnt from too: a row for each species as it is, a column for what it was taken for.";
        return new ReportPage("Which penguin is it?")
        {
            Lead = FormattableString.Invariant($"{result.All.Length} penguins of three species with missing values, from file to prediction in one declared pipeline. Figures are of the fifth that was held back."),
            Footer = "Penguins: A. M. Horst, A. P. Hill, K. B. Gorman, palmerpenguins (2020), CC0.",
        }
            .Figures([.. result.Figures.Select(model => new Figure(FormattableString.Invariant($"{100 * model.Accuracy:F1} %"), "right by the " + model.Name))])
            .Pipeline(pipeline)
            .Table(
                "Beside each other",
                ["model", "accuracy", "F1", "log loss"],
                result.Figures.Select(Row),
                FormattableString.Invariant($"In five folds of the other penguins the network's accuracy is {result.Folds.Mean:F4} ± {result.Folds.Deviation:F4}."))
            .Confusion(Confusion(rows, row => row.Linear), species, "Logistic regression", Seen)
            .Confusion(Confusion(rows, row => row.Deep), species, "Network", Seen)
            .Table("Coefficients of the logistic regression", ["feature", .. species], Coefficients(pipeline.LogisticRegression1))
            .Table("Importances in the forest", ["feature", "importance"], Importances(pipeline.RandomForestClassifier1))
            .Network(pipeline.SpeciesNet);
    }

    private static IReadOnlyList<object?> Row(ModelFigures model) =>
    [
        model.Name, Exactly(model.Accuracy), Exactly(model.F1), Exactly(model.LogLoss),
    ];

    private static ConfusionMatrix Confusion(List<SpeciesPipeline.OutputRow> rows, Func<SpeciesPipeline.OutputRow, double> prediction) => new(
        [.. rows.Select(row => (int)prediction(row))], [.. rows.Select(row => (int)row.Label!.Value)], classes: 3);

    private static IEnumerable<IReadOnlyList<object?>> Coefficients(LogisticRegressionModel model) => model.FeatureNames.Select((name, i) =>
        (IReadOnlyList<object?>)[name, .. Enumerable.Range(0, 3).Select(c => (object)model.CoefficientMatrix[c, i])]);

    private static IEnumerable<IReadOnlyList<object?>> Importances(RandomForestClassifierModel model) => model.FeatureNames
        .Select((name, i) => (Name: name, Importance: model.FeatureImportances[i]))
        .OrderByDescending(feature => feature.Importance)
        .Select(feature => (IReadOnlyList<object?>)[feature.Name, feature.Importance]);

    private static string Exactly(double figure) => FormattableString.Invariant($"{figure:F4}");
}
