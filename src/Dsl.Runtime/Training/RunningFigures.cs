namespace Dsl.Runtime;

/// <summary>Loss and accuracy over several batches, each counted by how many items its mean goes over.</summary>
internal struct RunningFigures
{
    public double LossSum;
    public long Weight;
    public long Correct;

    /// <summary>How many items were classified, right or wrong.</summary>
    public long Classified;

    /// <summary>The mean loss; NaN before the first item.</summary>
    public readonly double Loss => LossSum / Weight;

    /// <summary>The share of items classified right; null where nothing is classified.</summary>
    public readonly double? Accuracy => Classified == 0 ? null : (double)Correct / Classified;

    public void Add(in BatchResult result)
    {
        // A batch of ignored labels only has no mean loss: whatever stands there must not count.
        if (result.Weight == 0)
            return;
        LossSum += (double)result.Loss * result.Weight;
        Weight += result.Weight;
        Correct += result.Correct;
        Classified += result.Classified;
    }
}
