namespace Dsl;

/// <summary>How well a network does on a data set, in inference mode.</summary>
public sealed class Evaluation
{
    /// <summary>The most classes of which an evaluation makes a <see cref="Confusion"/>: 128 MiB.</summary>
    public const int MaxConfusionClasses = 4096;

    internal Evaluation(int count, double loss, double? accuracy, ConfusionMatrix? confusion)
    {
        Count = count;
        Loss = loss;
        Accuracy = accuracy;
        Confusion = confusion;
    }

    /// <summary>How many samples were seen.</summary>
    public int Count { get; }

    /// <summary>The mean loss.</summary>
    public double Loss { get; }

    /// <summary>The share of labels that were classified right; null where nothing is classified.</summary>
    public double? Accuracy { get; }

    /// <summary>Which class was taken for which, with precision, recall and F1; null unless the network chooses one of several classes, at most <see cref="MaxConfusionClasses"/>.</summary>
    public ConfusionMatrix? Confusion { get; }
}
