using System;
using System.Threading;

namespace Dsl.Runtime;

/// <summary>Evaluates a network on one data set, again and again, in memory that is allocated once.</summary>
internal sealed class Evaluator
{
    private readonly ITrainable _network;
    private readonly Samples _data;
    private readonly Batch _batch;
    private readonly float[] _outputs;

    public Evaluator(ITrainable network, Samples data, int batchSize)
    {
        _network = network;
        _data = data;
        _batch = new Batch(data, Math.Min(batchSize, data.Count));
        _outputs = Batch.Room<float>(_batch.Capacity, network.OutputSize, "outputs");
    }

    /// <summary>Evaluates all samples, in order; the mean is over all of them, whatever the batches.</summary>
    /// <param name="confusion">Counts which class was taken for which; null: not counted.</param>
    /// <param name="errors">Takes up how far outputs are from targets; null: not measured.</param>
    /// <param name="cancellationToken">Looked at between batches.</param>
    public RunningFigures Run(ConfusionMatrix? confusion, RegressionFigures? errors, CancellationToken cancellationToken)
    {
        RunningFigures figures = default;
        for (int start = 0; start < _data.Count; start += _batch.Count)
        {
            cancellationToken.ThrowIfCancellationRequested();
            _batch.Gather(start, Math.Min(_batch.Capacity, _data.Count - start));
            Span<float> outputs = _outputs.AsSpan(0, _batch.Count * _network.OutputSize);
            figures.Add(_network.Evaluate(_batch, outputs));
            if (confusion is not null)
                Count(confusion, outputs);
            errors?.Add(outputs, _network.TargetSize > 0 ? _batch.Targets : _batch.Input(0));
        }

        return figures;
    }

    private void Count(ConfusionMatrix confusion, ReadOnlySpan<float> outputs)
    {
        ReadOnlySpan<int> labels = _batch.Labels;
        int classes = confusion.Classes;
        for (int i = 0; i < labels.Length; i++)
        {
            if (_network.IsCounted(labels[i]))
                confusion.Add(Choice.Label(outputs.Slice(i * classes, classes)), labels[i]);
        }
    }
}
