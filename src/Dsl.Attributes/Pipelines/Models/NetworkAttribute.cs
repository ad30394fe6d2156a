namespace Dsl;

/// <summary>A network among the stages: trained in <c>Fit</c>, its main output becomes a prediction.</summary>
/// <typeparam name="TModel">A class marked <c>[Model]</c> with a loss and, unless it is <see cref="Trained"/>, an optimizer.</typeparam>
public sealed class NetworkAttribute<TModel> : StageAttribute
{
    /// <summary>A network of one input.</summary>
    /// <param name="features">The features: a vector, or ids.</param>
    /// <param name="label">The label; none of a network that reconstructs its input or is trained already.</param>
    public NetworkAttribute(string features, string? label = null)
        : this([features], label)
    {
    }

    /// <summary>A network of several inputs.</summary>
    /// <param name="features">A vector or ids for each input, in the order in which the network declares them.</param>
    /// <param name="label">The label; none of a network that reconstructs its input or is trained already.</param>
    public NetworkAttribute(string[] features, string? label = null)
    {
        Features = features;
        Label = label;
    }

    /// <summary>A column for each input.</summary>
    public string[] Features { get; }

    /// <summary>The label, or null.</summary>
    public string? Label { get; }

    /// <summary>The column of its predictions.</summary>
    public string Prediction { get; set; } = "Prediction";

    /// <summary>The column of the classes' probabilities, with <c>CrossEntropy</c>, or <c>BinaryCrossEntropy</c> of one output; without one <c>Probability</c>, behind the written <c>Prediction</c>.</summary>
    public string? Probability { get; set; }

    /// <summary>A column of the values of the network's one <c>Expose</c>; without one there is none.</summary>
    public string? Code { get; set; }

    /// <summary>How often all rows are seen, at least 1.</summary>
    public int Epochs { get; set; } = 10;

    /// <summary>Rows of a step, at least 1.</summary>
    public int BatchSize { get; set; } = 32;

    /// <summary>The share of the rows that is held back to validate, at least 0 and below 1.</summary>
    public double Validation { get; set; }

    /// <summary>Stops after so many epochs without a lower loss on the rows held back, and keeps the best weights; at least 0, 0: never. Needs <see cref="Validation"/>.</summary>
    public int Patience { get; set; }

    /// <summary>Where first weights and the order of rows are drawn from; the <c>Seed</c> of <c>PipelineOptions</c> is added to it.</summary>
    public ulong Seed { get; set; }

    /// <summary><c>Fit</c> takes a network behind the rows, copies it and does not train it.</summary>
    public bool Trained { get; set; }
}
