using System;
using System.Collections.Generic;
using System.Linq;
using Dsl;
using Dsl.Conformance;
using Dsl.Runtime;
using Xunit;

namespace ModelTests.Behaviour;

/// <summary>A batch whose activations are too many for the cache is predicted part after part.</summary>
[Collection(nameof(AloneCollection))]
public sealed class PartsTests
{
    private const int Batch = 5;
    private const int Side = 250;

    [Fact]
    public void A_large_batch_is_predicted_in_parts_and_a_small_one_at_once()
    {
        PartsBackend.Batches.Clear();
        using WideNet network = WideNet.On<PartsBackend>(seed: 3);
        Random random = new(1);
        float[] x = [.. Enumerable.Range(0, Batch * Side * Side).Select(_ => random.NextSingle())];
        float[] y = new float[Batch * 2];
        network.Predict(x, y);

        // Two million floats a sample, and room for twice as many.
        Assert.Equal([1, 2, 2], PartsBackend.Batches);
        PartsBackend.Batches.Clear();
        float[] single = new float[y.Length];
        for (int n = 0; n < Batch; n++)
            network.Predict(x.AsSpan(n * (x.Length / Batch), x.Length / Batch), single.AsSpan(n * 2, 2));
        Assert.Equal([1, 1, 1, 1, 1], PartsBackend.Batches);
        for (int i = 0; i < y.Length; i++)
            Assert.Equal(single[i], y[i], 1e-5f);

        // Labels, and the loss over all of them, see every part.
        int[] labels = new int[Batch];
        network.Classify(x, labels);
        Assert.Equal([.. Enumerable.Range(0, Batch).Select(n => y[2 * n] >= y[(2 * n) + 1] ? 0 : 1)], labels);
        double loss = Enumerable.Range(0, Batch).Average(n => Math.Log(1 + Math.Exp(y[(2 * n) + 1 - labels[n]] - y[(2 * n) + labels[n]])));
        Assert.Equal(loss, network.Loss(x, labels), 1e-5);
    }
}

/// <summary>The SIMD backend, with the batch of each convolution noted.</summary>
[Forwards<CpuBackend>]
public readonly partial struct PartsBackend : IBackend
{
    public static List<int> Batches { get; } = [];

    public static void Conv2d(in Conv2dShape shape, FloatBuffer prepared, FloatBuffer bias, in TensorView x, in TensorView y, FloatBuffer indices, int batch)
    {
        Batches.Add(batch);
        CpuBackend.Conv2d(shape, prepared, bias, x, y, indices, batch);
    }
}

/// <summary>More activations than parameters by far.</summary>
[Model, Input(1, 250, 250)]
[Conv2d(32, 1), GlobalAvgPool2d, Linear(2)]
[CrossEntropy]
public partial class WideNet;
