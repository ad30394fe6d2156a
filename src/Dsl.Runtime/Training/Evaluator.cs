using System;
using System.Threading;

namespace Dsl.Runtime;

/// <summary>Evaluates a network on one data set, again and again, in memory that is allocated once.</summary>
internal sealed class Evaluator
{
    private readonly ITrainable network;
    private readonly Samples data;
    private readonly Batch batch;
    private readonly float[] outputs;

    public Evaluator(ITrainable network, Samples data, int batchSize)
    {
        this.network = network;
        this.data = data;
        batch = new Batch(data, Math.Min(batchSize, data.Count), network.TargetLengths, network.IgnoredLabel);
        outputs = Batch.Room<float>(batch.Capacity, network.OutputSize, "outputs");
    }

    /// <summary>Evaluates all samples, in order; the mean is over all of them, whatever the batches.</summary>
    /// <param name="confusion">Counts which class was taken for which; null: not counted.</param>
    /// <param name="errors">Takes up how far outputs are from targets; null: not measured.</param>
    /// <param name="cancellationToken">Looked at between batches.</param>
    public RunningFigures Run(ConfusionMatrix? confusion, RegressionFigures? errors, CancellationToken cancellationToken)
    {
        RunningFigures figures = default;
        for (int start = 0; start < data.Count; start += batch.Count)
        {
            cancellationToken.ThrowIfCancellationRequested();
            batch.Gather(start, Math.Min(batch.Capacity, data.Count - start));
            Span<float> outputs = this.outputs.AsSpan(0, batch.Count * network.OutputSize);
            figures.Add(network.Evaluate(batch, outputs));
            if (confusion is not null)
                Count(confusion, outputs);
            errors?.Add(outputs, network.TargetSize > 0 ? batch.Targets : batch.Input(0), batch.OwnTargets);
        }

        return figures;
    }

    private void Count(ConfusionMatrix confusion, ReadOnlySpan<float> outputs)
    {
        ReadOnlySpan<int> labels = batch.Labels;
        int classes = confusion.Classes;
        for (int i = 0; i < labels.Length; i++)
        {
            if (network.IsCounted(labels[i]))
                confusion.Add(Choice.Label(outputs.Slice(i * classes, classes)), labels[i]);
        }
    }
}
