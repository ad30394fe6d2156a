using System;
using BenchModels;

namespace Dsl.Benchmarks.Peers;

/// <summary>Our side of the rows that are whole networks: what a user's own loop would call.</summary>
internal static class OwnNetworks
{
    private const int MlpBatch = 32;
    private const int CnnBatch = 64;
    private const int SequenceBatch = 32;
    private const int TransformerBatch = 16;

    // Several batches in turn, as the peers have them: a batch learned by heart would leave denormal moments behind.
    private static readonly Lazy<(float[][] Inputs, int[][] Labels)> MlpData = new(() => Data(64, MlpBatch, 64));
    private static readonly Lazy<(float[][] Inputs, int[][] Labels)> CnnData = new(() => Data(8, CnnBatch, 784));
    private static readonly Lazy<(float[][] Inputs, int[][] Labels)> SequenceData = new(() => Data(8, SequenceBatch, 64 * 64));
    private static readonly Lazy<(float[][] Inputs, int[][] Labels)> TransformerData = new(() => Data(8, TransformerBatch, 64 * 128));

    public static OwnWork MlpStep()
    {
        var net = new Mlp(seed: 0);
        return Training(MlpData.Value, (inputs, labels) => net.TrainStep(inputs, labels), net.Dispose);
    }

    public static OwnWork CnnStep()
    {
        var net = new Cnn(seed: 0);
        return Training(CnnData.Value, (inputs, labels) => net.TrainStep(inputs, labels), net.Dispose);
    }

    public static OwnWork LstmStep()
    {
        var net = new LstmNet(seed: 0);
        return Training(SequenceData.Value, (inputs, labels) => net.TrainStep(inputs, labels), net.Dispose);
    }

    public static OwnWork TransformerStep()
    {
        var net = new Transformer(seed: 0);
        return Training(TransformerData.Value, (inputs, labels) => net.TrainStep(inputs, labels), net.Dispose);
    }

    public static OwnWork GruPredict()
    {
        var net = new GruNet(seed: 0);
        float[] x = SequenceData.Value.Inputs[0].AsSpan(0, 64 * 64).ToArray();
        var y = new float[64 * 128];
        return new OwnWork(() => net.Predict(x, y), net.Dispose);
    }

    public static OwnWork TransformerPredict(int batch)
    {
        var net = new Transformer(seed: 0);
        float[] x = TransformerData.Value.Inputs[0].AsSpan(0, batch * 64 * 128).ToArray();
        var y = new float[batch * 10];
        return new OwnWork(() => net.Predict(x, y), net.Dispose);
    }

    public static OwnWork MlpPredict(int batch)
    {
        var net = new Mlp(seed: 0);
        float[] x = MlpData.Value.Inputs[0].AsSpan(0, batch * 64).ToArray();
        var y = new float[batch * 10];
        return new OwnWork(() => net.Predict(x, y), net.Dispose);
    }

    public static OwnWork CnnPredict(int batch)
    {
        var net = new Cnn(seed: 0);
        float[] x = CnnData.Value.Inputs[0].AsSpan(0, batch * 784).ToArray();
        var y = new float[batch * 10];
        return new OwnWork(() => net.Predict(x, y), net.Dispose);
    }

    /// <summary>A step on each batch in turn.</summary>
    public static OwnWork Training((float[][] Inputs, int[][] Labels) data, Func<float[], int[], float> step, Action dispose)
    {
        int at = 0;
        return new OwnWork(
            () =>
            {
                step(data.Inputs[at], data.Labels[at]);
                at = (at + 1) % data.Inputs.Length;
            },
            dispose);
    }

    /// <summary>Batches of normal numbers, with labels.</summary>
    public static (float[][] Inputs, int[][] Labels) Data(int batches, int batch, int size, int classes = 10)
    {
        var random = new Random(0);
        var inputs = new float[batches][];
        var labels = new int[batches][];
        for (int b = 0; b < batches; b++)
        {
            inputs[b] = new float[batch * size];
            labels[b] = new int[batch];
            FillNormal(inputs[b], random);
            for (int i = 0; i < batch; i++)
                labels[b][i] = random.Next(classes);
        }

        return (inputs, labels);
    }

    private static void FillNormal(float[] values, Random random)
    {
        for (int i = 0; i < values.Length; i++)
            values[i] = Normal(random);
    }

    private static float Normal(Random random) =>
        (float)(Math.Sqrt(-2 * Math.Log(1 - random.NextDouble())) * Math.Cos(2 * Math.PI * random.NextDouble()));
}
