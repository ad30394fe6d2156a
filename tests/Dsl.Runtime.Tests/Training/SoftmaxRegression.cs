using System;
using System.Collections.Generic;
using System.Linq;

namespace Dsl.Runtime.Tests;

/// <summary>
/// A network written by hand for the trainer's tests: class scores linear in the inputs, SGD with momentum, noise by (seed, step) like dropout, and
/// a running mean of the inputs like batch norm. Everything that a resumed run has to bring back.
/// </summary>
internal sealed class SoftmaxRegression : ITrainable
{
    // A stream that the runtime has no purpose for.
    private static readonly ulong Noise = Philox.Stream((RandomPurpose)5, 0);

    private readonly int _features;
    private readonly float[] _scores;
    private readonly BatchResult[] _unread = new BatchResult[64];
    private int _made;
    private int _refused = -1;

    public SoftmaxRegression(int features = 4, int classes = 3, double learningRate = 0.1, ulong seed = 11)
    {
        _features = features;
        Classes = classes;
        Weight = new ArrayTensor("Linear1.weight", [classes, features], new float[classes * features]);
        RunningMean = new ArrayTensor("BatchNorm1d1.running_mean", [features], new float[features]);
        Momentum = new ArrayTensor("Linear1.weight/momentum_buffer", [classes, features], new float[classes * features]);
        _scores = new float[classes];
        Initialization.Uniform(Weight.Values, 1 / Math.Sqrt(features), seed, 0);
        BaseLearningRate = learningRate;
        Seed = seed;
    }

    public ArrayTensor Weight { get; }

    public ArrayTensor RunningMean { get; }

    public ArrayTensor Momentum { get; }

    /// <summary>Sizes of the training batches seen.</summary>
    public List<int> BatchSizes { get; } = [];

    /// <summary>First input of every sample trained on, in order.</summary>
    public List<float> Seen { get; } = [];

    /// <summary>Whether batches are noted; off where allocation is measured.</summary>
    public bool Notes { get; init; } = true;

    /// <summary>The step whose loss is NaN; -1: none.</summary>
    public long NanStep { get; set; } = -1;

    /// <summary>What evaluations return in turn instead of their loss.</summary>
    public Queue<float> ValidationLosses { get; } = [];

    /// <summary>How often steps were read.</summary>
    public int Reads { get; private set; }

    /// <summary>Called in every evaluation.</summary>
    public Action? Evaluating { get; set; }

    public int WeightChanges { get; private set; }

    public string NetworkName { get; init; } = "Tests.SoftmaxRegression";

    public int InputCount => 1;

    public int OutputSize => Classes;

    public int LabelsPerSample => 1;

    public int TargetSize => 0;

    public int Classes { get; }

    public int MinimumBatch { get; init; } = 1;

    public string LabelRange => $"0 to {Classes - 1} or -100";

    public IReadOnlyList<INamedTensor> Weights => [Weight, RunningMean];

    public bool HasAccuracy { get; init; } = true;

    public bool PredictsNumbers => false;

    public string? Optimizer { get; init; } = "SGD";

    public IReadOnlyList<INamedTensor> OptimizerState { get => field ?? [Momentum]; init; }

    public ulong Seed { get; set; }

    public long Step { get; set; }

    public long TotalSteps { get; set; }

    public long StepsPerEpoch { get; set; }

    public double BaseLearningRate { get; set; }

    public double ScheduledLearningRate => Schedule.Cosine(BaseLearningRate, Step, TotalSteps, 2, 0);

    public TargetLengths? TargetLengths => null;

    public int? IgnoredLabel => null;

    public ElementType InputElement(int input) => ElementType.Float32;

    public int Vocabulary(int input) => 0;

    public int InputSize(int input) => _features;

    public bool IsLabel(int label) => label == -100 || (uint)label < (uint)Classes;

    public bool IsCounted(int label) => label != -100;

    public void WeightsChanged() => WeightChanges++;

    public int StepsAtOnce { get; init; } = 1;

    public Action? BeforeHostAccess { get; set; }

    public NonFiniteLossException Refusal(Batch batch, int applied) => new(float.NaN, Step, $"Linear1 of {batch.Input(0)[0]} behind {applied}");

    public ReadOnlySpan<BatchResult> ReadSteps()
    {
        Reads++;
        ReadOnlySpan<BatchResult> results = _unread.AsSpan(0, _made);
        int refused = _refused;
        (_made, _refused) = (0, -1);
        if (refused < 0)
            return results;
        Step -= results.Length - refused;
        return results[..refused];
    }

    public void TrainStep(Batch batch)
    {
        if (Notes)
        {
            BatchSizes.Add(batch.Count);
            for (int i = 0; i < batch.Count; i++)
                Seen.Add(batch.Input(0)[i * _features]);
        }

        Span<float> gradient = stackalloc float[Classes * _features];
        BatchResult result = Run(batch, gradient, default);
        if (Step == NanStep)
            _refused = _made;
        _unread[_made++] = result;
        if (_refused >= 0)
        {
            Step++;
            return;
        }

        float rate = (float)ScheduledLearningRate;
        for (int i = 0; i < gradient.Length; i++)
        {
            float noise = Philox.Uniform(Seed, Noise, (ulong)((Step * gradient.Length) + i)) - 0.5f;
            Momentum.Values[i] = (0.9f * Momentum.Values[i]) + gradient[i] + (0.01f * noise);
            Weight.Values[i] -= rate * Momentum.Values[i];
        }

        for (int f = 0; f < _features; f++)
            RunningMean.Values[f] += 0.1f * (batch.Input(0)[f] - RunningMean.Values[f]);
        Step++;
    }

    public BatchResult Evaluate(Batch batch, Span<float> outputs)
    {
        Evaluating?.Invoke();
        BatchResult result = Run(batch, default, outputs);
        return ValidationLosses.TryDequeue(out float loss) ? result with { Loss = loss } : result;
    }

    private BatchResult Run(Batch batch, Span<float> gradient, Span<float> outputs)
    {
        double loss = 0;
        int counted = 0;
        int correct = 0;
        for (int sample = 0; sample < batch.Count; sample++)
        {
            ReadOnlySpan<float> x = batch.Input(0).Slice(sample * _features, _features);
            int label = batch.Labels[sample];
            float sum = 0;
            for (int c = 0; c < Classes; c++)
            {
                float score = 0;
                for (int f = 0; f < _features; f++)
                    score += Weight.Values[(c * _features) + f] * x[f];
                if (!outputs.IsEmpty)
                    outputs[(sample * Classes) + c] = score;
                _scores[c] = MathF.Exp(score);
                sum += _scores[c];
            }

            if (label < 0)
                continue;
            counted++;
            correct += Metrics.ArgMax(_scores) == label ? 1 : 0;
            loss -= Math.Log(_scores[label] / sum);
            for (int i = 0; i < gradient.Length; i++)
                gradient[i] += ((_scores[i / _features] / sum) - (i / _features == label ? 1 : 0)) * x[i % _features] / batch.Count;
        }

        return new BatchResult((float)(loss / counted), counted, correct, HasAccuracy ? counted : 0);
    }

    /// <summary>Samples whose class depends on their largest feature; feature 0 of sample i is distinct.</summary>
    public static Samples Data(int count, ulong seed = 5)
    {
        float[] inputs = new float[count * 4];
        Philox.FillUniform(inputs, seed, 0, 0);
        int[] labels = [.. Enumerable.Range(0, count).Select(i => Metrics.ArgMax(inputs.AsSpan(i * 4, 3)))];
        return new Samples(inputs, labels);
    }
}
