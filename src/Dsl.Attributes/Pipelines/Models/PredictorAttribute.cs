namespace Dsl;

/// <summary>What a classical model has.</summary>
/// <param name="features">The features: one vector.</param>
public abstract class PredictorAttribute(string features) : StageAttribute
{
    /// <summary>The features: one vector.</summary>
    public string Features { get; } = features;

    /// <summary>The column of its predictions.</summary>
    public string Prediction { get; set; } = "Prediction";

    /// <summary>A column of weights, numbers of at least 0; without one all rows count alike.</summary>
    public string? Weight { get; set; }
}
