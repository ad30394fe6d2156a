namespace Dsl;

/// <summary>Stops training when a figure has not become better for some epochs.</summary>
public sealed class EarlyStopping
{
    /// <summary>After how many epochs in a row that are no better than the best one training stops; at least 1.</summary>
    public int Patience { get; init; } = 5;

    /// <summary>By how much a figure must be better to count; at least 0, and finite.</summary>
    public double MinDelta { get; init; }

    /// <summary>Which figure is watched: one that the data and the network's loss have.</summary>
    public MonitoredFigure Monitor { get; init; }
}

/// <summary>A figure of an epoch by which its weights are judged.</summary>
public enum MonitoredFigure
{
    /// <summary>The loss over the validation set; lower is better.</summary>
    ValidationLoss,

    /// <summary>The accuracy over the validation set, where something is classified; higher is better.</summary>
    ValidationAccuracy,

    /// <summary>The training loss; lower is better.</summary>
    Loss,

    /// <summary>The training accuracy, where something is classified; higher is better.</summary>
    Accuracy,
}
