using System;
using Dsl.Pipelines.Stages;
using Dsl.Runtime;

namespace Dsl.Pipelines.Networks;

/// <summary>What a network is trained on: rows that have a label, checked, as samples.</summary>
internal static class NetworkRows
{
    /// <summary>Takes the rows of a batch that have a label.</summary>
    /// <param name="step">Whose fit it is.</param>
    /// <param name="batch">The rows.</param>
    /// <param name="network">The network.</param>
    /// <param name="features">A column for each input.</param>
    /// <param name="label">The column of labels, or -1.</param>
    /// <exception cref="PipelineException">A feature or label is none that the network takes, or no row is left.</exception>
    public static Samples Of(FitStep step, ColumnBatch batch, Network network, int[] features, int label)
    {
        NetworkUse use = new(step.Stage, network, features);
        use.CheckSizes(batch);
        if (use.Classes > 0 && label >= 0 && batch.ClassesOf(label) is > 0 and int classes && classes != use.Classes)
            throw step.Wrong($"tells {use.Classes} classes apart, but {batch.NameOf(label)} has {classes}");
        int[] rows = Labelled(step, batch, label);
        TargetKind kind = network.Program.Info.Target;
        int[] labels = kind == TargetKind.Labels ? new int[rows.Length] : [];
        float[] targets = kind == TargetKind.Values ? new float[checked(rows.Length * use.OutputSize)] : [];
        (float[] Values, int[] Ids)[] room = use.Room(rows.Length);

        // Runs of neighbouring rows are copied at once.
        for (int at = 0; at < rows.Length;)
        {
            int end = at + 1;
            while (end < rows.Length && rows[end] == rows[end - 1] + 1)
                end++;
            use.Gather(batch, rows[at], end - at, room, at);
            at = end;
        }

        CheckFeatures(step, batch, network, features, rows, room);
        for (int at = 0; at < rows.Length; at++)
        {
            if (kind == TargetKind.Labels)
                labels[at] = use.LabelOf(ClassOf(step, batch, use, label, rows[at]));
            else if (kind == TargetKind.Values)
                Target(step, batch, use, label, rows[at], targets.AsSpan(at * use.OutputSize, use.OutputSize));
        }

        return NetworkUse.Samples(rows.Length, room, labels, targets);
    }

    private static int[] Labelled(FitStep step, ColumnBatch batch, int label)
    {
        int[] rows = new int[batch.Count];
        int count = 0;
        for (int row = 0; row < rows.Length; row++)
        {
            if (label >= 0 && ((!batch.Nulls(label).IsEmpty && batch.Nulls(label)[row]) || (!batch.HasVectors(label) && double.IsNaN(batch.Numbers(label)[row]))))
                continue;
            rows[count++] = row;
        }

        if (count > 0)
            return rows[..count];
        throw batch.Count == 0 ? step.NoRows() : step.Nothing($"none of {batch.Count} rows has a {batch.NameOf(label)}");
    }

    private static int ClassOf(FitStep step, ColumnBatch batch, NetworkUse use, int label, int row)
    {
        double value = batch.Numbers(label)[row];
        return value >= 0 && value < use.Classes && value == Math.Floor(value)
            ? (int)value
            : throw step.Wrong($"needs classes from 0 to {use.Classes - 1}, but {batch.NameOf(label)} is {Shown.Exactly(value)}").At(batch.RowOf(row));
    }

    private static void Target(FitStep step, ColumnBatch batch, NetworkUse use, int label, int row, Span<float> target)
    {
        if (!batch.HasVectors(label))
        {
            if (use.OutputSize != 1)
                throw step.Wrong($"needs a vector of {use.OutputSize} elements as its label, but {batch.NameOf(label)} is a number");
            target[0] = use.Meaning == NetworkMeaning.Decision ? ClassOf(step, batch, use, label, row) : (float)batch.Numbers(label)[row];
        }
        else if (batch.Vectors(label).Size != use.OutputSize)
        {
            throw step.Wrong($"needs a vector of {use.OutputSize} elements as its label, but {batch.NameOf(label)} has {batch.Vectors(label).Size}");
        }
        else
        {
            NetworkOutputs.ToFloats(batch.VectorAt(label, row), target);
        }

        foreach (float value in target)
        {
            bool isProbability = use.Meaning is NetworkMeaning.Probabilities or NetworkMeaning.Logarithms;
            if (!float.IsFinite(value) || (isProbability && value is < 0 or > 1))
                throw step.Wrong($"needs {(isProbability ? "probabilities" : "finite numbers")} as labels, but {batch.NameOf(label)} has {Shown.Exactly(value)}").At(batch.RowOf(row));
        }
    }

    private static void CheckFeatures(FitStep step, ColumnBatch batch, Network network, int[] features, int[] rows, (float[] Values, int[] Ids)[] room)
    {
        for (int input = 0; input < features.Length; input++)
        {
            PortInfo port = network.Program.Info.Inputs[input];
            for (int i = 0; i < room[input].Values.Length; i++)
            {
                if (float.IsFinite(room[input].Values[i]))
                    continue;
                (int at, int element) = Math.DivRem(i, port.Size);
                throw step.Wrong(
                    $"needs finite features in float32, but element {element} ({batch.ElementsOf(features[input])[element]}) of {batch.NameOf(features[input])} is {Shown.Exactly(batch.VectorAt(features[input], rows[at])[element])}")
                    .At(batch.RowOf(rows[at]));
            }

            for (int i = 0; i < room[input].Ids.Length; i++)
            {
                if ((uint)room[input].Ids[i] >= (uint)port.Vocabulary)
                    throw step.Wrong($"takes ids from 0 to {port.Vocabulary - 1}, but {batch.NameOf(features[input])} has {room[input].Ids[i]}").At(batch.RowOf(rows[i / port.Size]));
            }
        }
    }
}
