using System;
using System.Collections.Generic;
using System.ComponentModel;
using Dsl.Pipelines.Networks;
using Dsl.Pipelines.Rows;
using Dsl.Runtime;

namespace Dsl.Pipelines;

/// <summary>A network within a pipeline, whatever its class: what generated <c>Fit</c> and <c>Transform</c> call. For one row they call the network itself, and <see cref="NetworkOutputs"/>.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public static class NetworkStage
{
    // A constant: neither threads nor how many rows there are decide what a row is computed with.
    private const int RowsAtOnce = 256;

    /// <summary>Trains a new network.</summary>
    /// <param name="step">Whose fit it is; first weights, order and held back rows come from its seed, and its progress is told.</param>
    /// <param name="batch">The rows; those without a label are left out.</param>
    /// <param name="create">Makes the network of a seed.</param>
    /// <param name="features">A column for each input, in declared order: vectors, or ids.</param>
    /// <param name="label">The column of labels, or -1: class numbers, numbers or vectors as the loss wants.</param>
    /// <param name="epochs">How often every row is seen.</param>
    /// <param name="batchSize">Rows of a step.</param>
    /// <param name="validation">The share of the rows that is held back, from 0 to below 1.</param>
    /// <param name="patience">After so many epochs without a lower loss on them training stops, and the best weights are kept; 0: never, and the last ones.</param>
    /// <param name="learningRate">In place of the optimizer's; null: as declared.</param>
    /// <exception cref="PipelineException">A row, or what all rows are, does not fit the network.</exception>
    /// <exception cref="NonFiniteLossException">Training has run away.</exception>
    public static TNetwork Fit<TNetwork>(
        FitStep step,
        ColumnBatch batch,
        Func<ulong, TNetwork> create,
        int[] features,
        int label,
        int epochs,
        int batchSize,
        double validation = 0,
        int patience = 0,
        double? learningRate = null)
        where TNetwork : Network
    {
        ArgumentNullException.ThrowIfNull(step);
        ArgumentNullException.ThrowIfNull(create);
        TNetwork network = create(step.Seed);
        try
        {
            Samples all = NetworkRows.Of(step, batch, network, features, label);
            Samples? held = null;
            Samples train = all;
            if (validation > 0)
                (train, held) = all.Split(validation, step.Seed);
            if (train.Count == 0 || held?.Count == 0)
                throw step.Wrong($"holds back {held!.Count} of {all.Count} rows, and both parts need one");
            if (learningRate is { } rate)
                network.LearningRate = rate;
            FitOptions options = new()
            {
                Epochs = epochs,
                BatchSize = batchSize,
                Seed = step.Seed,
                Validation = held,
                EarlyStopping = patience > 0 ? new EarlyStopping { Patience = patience } : null,
                RestoreBestWeights = patience > 0,
            };
            network.Fit(train, options, new Listener(step), step.Cancellation);
            return network;
        }
        catch (ArgumentException error)
        {
            // What the network says of batches that are too small for it.
            network.Dispose();
            throw step.Wrong("cannot be trained: " + error.Message);
        }
        catch
        {
            network.Dispose();
            throw;
        }
    }

    /// <summary>Copies a network that somebody has trained; that one stays its owner's.</summary>
    /// <param name="step">Whose fit it is.</param>
    /// <param name="batch">The rows, whose columns must fit the network.</param>
    /// <param name="given">The network.</param>
    /// <param name="create">Makes a network of the same class.</param>
    /// <param name="features">A column for each input.</param>
    /// <exception cref="PipelineException">A column has another size than its input.</exception>
    public static TNetwork Copy<TNetwork>(FitStep step, ColumnBatch batch, TNetwork given, Func<ulong, TNetwork> create, int[] features)
        where TNetwork : Network
    {
        ArgumentNullException.ThrowIfNull(step);
        ArgumentNullException.ThrowIfNull(given);
        ArgumentNullException.ThrowIfNull(create);
        new NetworkUse(step.Stage, given, features).CheckSizes(batch);
        TNetwork copy = create(0);
        try
        {
            for (int i = 0; i < copy.Parameters.Count; i++)
                given.Parameters[i].ReadValues.CopyTo(copy.Parameters[i].ReplacedValues);
            return copy;
        }
        catch
        {
            copy.Dispose();
            throw;
        }
    }

    /// <summary>Predicts every row of a batch.</summary>
    /// <param name="stage">The network's name in the pipeline, for messages.</param>
    /// <param name="batch">The rows.</param>
    /// <param name="network">The network.</param>
    /// <param name="features">A column for each input.</param>
    /// <param name="prediction">Where predictions go: class numbers, numbers or vectors, as the loss has them.</param>
    /// <param name="probability">Where probabilities of classes go; -1: nowhere.</param>
    /// <param name="code">Where what is exposed goes, a vector; -1: nowhere.</param>
    /// <param name="labels">What the classes are called; null: nothing.</param>
    /// <param name="raw">Where the scores of class 0 and 1 of a <c>Hinge</c> go, as <c>LinearSVC</c> has them: minus the output, and the output; -1: nowhere.</param>
    /// <exception cref="PipelineException">A column has another size than its input.</exception>
    public static void Transform(
        string stage, ColumnBatch batch, Network network, int[] features, int prediction, int probability = -1, int code = -1, IReadOnlyList<string>? labels = null, int raw = -1)
    {
        ArgumentNullException.ThrowIfNull(batch);
        ArgumentNullException.ThrowIfNull(network);
        NetworkUse use = new(stage, network, features);
        use.CheckSizes(batch);
        (float[] Values, int[] Ids)[] room = use.Room(Math.Min(RowsAtOnce, batch.Count));
        Columns columns = new(use, batch.Count, probability >= 0, code >= 0, raw >= 0);
        for (int first = 0; first < batch.Count; first += RowsAtOnce)
        {
            int count = Math.Min(RowsAtOnce, batch.Count - first);
            use.Gather(batch, first, count, room, 0);
            Span<float> outputs = columns.Outputs(count);
            using (ProgramRun run = network.Program.StartInference())
            {
                use.Feed(run, room, count);
                run.Execute();
                run.Output(0, outputs);
            }

            columns.Add(first, outputs);
            if (code < 0)
                continue;
            using (ProgramRun part = network.Program.Start(use.CodeEntry))
            {
                use.Feed(part, room, count);
                part.Execute();
                part.Output(0, columns.Codes(count));
            }

            columns.AddCodes(count);
        }

        columns.Set(batch, prediction, probability, code, raw, labels);
    }

    /// <summary>The columns that predictions become.</summary>
    private sealed class Columns(NetworkUse use, int rows, bool withProbability, bool withCode, bool withRaw)
    {
        private readonly float[] outputs = new float[Math.Min(RowsAtOnce, rows) * use.OutputSize];
        private readonly double[] values = new double[IsVector(use) ? 0 : rows];
        private readonly FeatureRows? vectors = IsVector(use) ? new FeatureRows(use.OutputSize) : null;
        private readonly FeatureRows? probabilities = withProbability ? new FeatureRows(use.Classes) : null;
        private readonly FeatureRows? scores = withRaw ? new FeatureRows(use.Classes) : null;
        private readonly FeatureRows? codes = withCode ? new FeatureRows(use.CodeSize) : null;
        private readonly int codeSize = withCode ? use.CodeSize : 0;
        private readonly float[] codeValues = withCode ? new float[Math.Min(RowsAtOnce, rows) * use.CodeSize] : [];
        private readonly double[] row = new double[Math.Max(Math.Max(use.OutputSize, 2), withCode ? use.CodeSize : 0)];

        public Span<float> Outputs(int count) => outputs.AsSpan(0, count * use.OutputSize);

        public Span<float> Codes(int count) => codeValues.AsSpan(0, count * codeSize);

        public void Add(int first, ReadOnlySpan<float> all)
        {
            for (int i = 0; i * use.OutputSize < all.Length; i++)
                AddRow(first + i, all.Slice(i * use.OutputSize, use.OutputSize));
        }

        public void AddCodes(int count)
        {
            for (int i = 0; i < count; i++)
            {
                NetworkOutputs.ToDoubles(codeValues.AsSpan(i * codeSize, codeSize), row);
                codes!.Add(new Vector(row, 0, codeSize));
            }
        }

        public void Set(ColumnBatch batch, int prediction, int probability, int code, int raw, IReadOnlyList<string>? labels)
        {
            if (vectors is not null)
                batch.Set(prediction, vectors);
            else
                batch.Set(prediction, values);
            if (use.Classes > 0)
                batch.SetClasses(prediction, use.Classes, labels);
            if (probabilities is not null)
                batch.Set(probability, probabilities);
            if (codes is not null)
                batch.Set(code, codes);
            if (scores is not null)
                batch.Set(raw, scores);
        }

        private static bool IsVector(NetworkUse use) => use.Meaning is NetworkMeaning.Numbers or NetworkMeaning.Probabilities or NetworkMeaning.Logarithms;

        private void AddRow(int at, ReadOnlySpan<float> output)
        {
            Span<double> probability = withProbability ? row.AsSpan(0, use.Classes) : default;
            switch (use.Meaning)
            {
                case NetworkMeaning.Classes:
                    values[at] = NetworkOutputs.Classes(output, probability);
                    break;
                case NetworkMeaning.Decision:
                    values[at] = NetworkOutputs.Decision(output[0], probability);
                    break;
                case NetworkMeaning.Sign:
                    values[at] = NetworkOutputs.Sign(output[0]);
                    (row[0], row[1]) = (-output[0], output[0]);
                    scores?.Add(new Vector(row, 0, 2));
                    break;
                case NetworkMeaning.Number:
                    values[at] = output[0];
                    break;
                case NetworkMeaning.Probabilities:
                    NetworkOutputs.Probabilities(output, row);
                    break;
                case NetworkMeaning.Logarithms:
                    NetworkOutputs.FromLogarithms(output, row);
                    break;
                default:
                    NetworkOutputs.ToDoubles(output, row);
                    break;
            }

            // Vectors are copied where they are added.
            vectors?.Add(new Vector(row, 0, use.OutputSize));
            probabilities?.Add(new Vector(row, 0, use.Classes));
        }
    }

    private sealed class Listener(FitStep step) : IProgress<TrainingProgress>
    {
        public void Report(TrainingProgress value) => step.Report(value);
    }
}
