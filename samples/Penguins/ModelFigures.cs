using System.Collections.Generic;

namespace Penguins;

/// <summary>How good a model is on the rows that were held back.</summary>
/// <param name="Name">What the model is called here.</param>
/// <param name="Accuracy">The share of the held-out penguins whose species is right.</param>
/// <param name="F1">Weighted by the species' numbers.</param>
/// <param name="LogLoss">The mean of -ln of the probability of the right species.</param>
internal sealed record ModelFigures(string Name, double Accuracy, double F1, double LogLoss)
{
    /// <summary>The figures of every model.</summary>
    public static IReadOnlyList<ModelFigures> Of(SpeciesPipeline.Scores held) =>
    [
        new("logistic regression", held.LinearAccuracy, held.LinearF1, held.LinearLogLoss),
        new("random forest", held.ForestAccuracy, held.ForestF1, held.ForestLogLoss),
        new("network", held.DeepAccuracy, held.DeepF1, held.DeepLogLoss),
    ];
}
