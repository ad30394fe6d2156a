namespace Dsl;

/// <summary>How well a network does on a data set, in inference mode.</summary>
public sealed class Evaluation
{
    /// <summary>The most classes of which an evaluation makes a <see cref="Confusion"/>: 128 MiB.</summary>
    public const int MaxConfusionClasses = 4096;

    internal Evaluation(int count, double loss)
    {
        Count = count;
        Loss = loss;
    }

    /// <summary>How many samples were seen.</summary>
    public int Count { get; }

    /// <summary>The mean loss.</summary>
    public double Loss { get; }

    /// <summary>
    /// The share of labels that were classified right, ignored ones left out; with <c>BinaryCrossEntropy</c> the share of target values, over all outputs of own steps, that
    /// were met: a logit above 0 where the target is at least 0.5, and none above 0 where it is less. Null where nothing is classified.
    /// </summary>
    public double? Accuracy { get; internal init; }

    /// <summary>Which class was taken for which, with precision, recall and F1; null unless the network chooses one of several classes, at most <see cref="MaxConfusionClasses"/>.</summary>
    public ConfusionMatrix? Confusion { get; internal init; }

    /// <summary>
    /// The mean of |output - target| over all values (of own steps), with <c>MeanSquaredError</c>, <c>MeanAbsoluteError</c>, <c>Huber</c> and <c>Reconstruction</c> (whose target is the input);
    /// null with another loss.
    /// </summary>
    public double? MeanAbsoluteError { get; internal init; }

    /// <summary>The root of the mean of (output - target)² over all values, of the same losses; null with another.</summary>
    public double? RootMeanSquaredError { get; internal init; }

    /// <summary>
    /// R² of the same losses: 1 - Σ(output - target)² / Σ(target - mean target)² of each output over the samples, and the mean of the outputs, as scikit-learn has it. 1 is perfect, 0 as good
    /// as always the mean. An output whose targets are all equal counts 1 where every prediction is exact, else 0. Of samples of unequal length an output counts in those that have it,
    /// if there are 2. Null with another loss, or below 2 samples.
    /// </summary>
    public double? R2 { get; internal init; }
}
