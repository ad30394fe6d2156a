using System;

namespace Dsl.Runtime;

/// <summary>Whether samples are what a network takes, found out before training instead of in the middle of it.</summary>
internal static class SamplesCheck
{
    /// <summary>Compares counts and sizes, and looks at every label.</summary>
    /// <param name="network">The network.</param>
    /// <param name="data">The samples.</param>
    /// <param name="parameter">What the samples are called in the caller's parameter list.</param>
    /// <exception cref="ArgumentException">They do not fit; the message says what they are and what is wanted.</exception>
    public static void Fits(ITrainable network, Samples data, string parameter)
    {
        string name = network.NetworkName;
        if (data.Count == 0)
            throw new ArgumentException("There are no samples.", parameter);
        if (data.InputCount != network.InputCount)
            throw new ArgumentException($"Samples have {data.InputCount} inputs, but {name} takes {network.InputCount}.", parameter);
        for (int input = 0; input < data.InputCount; input++)
        {
            string which = data.InputCount == 1 ? "the input" : $"input {input}";
            if (data.InputElement(input) != network.InputElement(input))
                throw new ArgumentException($"Samples have {data.InputElement(input)} for {which}, but {name} takes {network.InputElement(input)}.", parameter);
            if (data.InputSize(input) != network.InputSize(input))
            {
                throw new ArgumentException(
                    $"Samples have {data.InputSize(input)} values for {which}, but {name} takes {network.InputSize(input)}.", parameter);
            }
        }

        for (int input = 0; input < data.InputCount; input++)
            CheckIds(network, data, input, parameter);

        // Where the loss takes none, labels and targets may be there: they are not looked at.
        if (network.LabelsPerSample > 0 && data.LabelsPerSample != network.LabelsPerSample)
            throw new ArgumentException($"Samples have {data.LabelsPerSample} labels each, but the loss of {name} takes {network.LabelsPerSample}.", parameter);
        if (network.TargetSize > 0 && data.TargetSize != network.TargetSize)
            throw new ArgumentException($"Samples have {data.TargetSize} target values each, but the loss of {name} takes {network.TargetSize}.", parameter);
        for (int sample = 0; sample < data.Count && network.LabelsPerSample > 0; sample++)
        {
            foreach (int label in OwnLabels(network, data, sample))
            {
                if (!network.IsLabel(label))
                    throw new ArgumentException($"Label {label} of sample {sample} is outside {network.LabelRange}.", parameter);
            }
        }
    }

    /// <summary>The labels of a sample that are looked at.</summary>
    private static ReadOnlySpan<int> OwnLabels(ITrainable network, Samples data, int sample)
    {
        ReadOnlySpan<int> labels = data.Labels(sample);
        return network.TargetLengths is { } lengths ? labels[..lengths.Of(data.Ids(sample, lengths.Input), labels.Length)] : labels;
    }

    private static void CheckIds(ITrainable network, Samples data, int input, string parameter)
    {
        int vocabulary = network.Vocabulary(input);
        for (int sample = 0; sample < data.Count && vocabulary > 0; sample++)
        {
            foreach (int id in data.Ids(sample, input))
            {
                if ((uint)id >= (uint)vocabulary)
                    throw new ArgumentException($"Id {id} of sample {sample} is outside 0 to {vocabulary - 1}, the vocabulary of {network.NetworkName}.", parameter);
            }
        }
    }

    /// <summary>Whether the loss and the accuracy over samples are figures: where all labels are the ignored one, they are not.</summary>
    public static bool HaveFigures(ITrainable network, Samples data)
    {
        for (int sample = 0; sample < data.Count && network.LabelsPerSample > 0; sample++)
        {
            foreach (int label in OwnLabels(network, data, sample))
            {
                if (network.IsCounted(label))
                    return true;
            }
        }

        return network.LabelsPerSample == 0;
    }
}
