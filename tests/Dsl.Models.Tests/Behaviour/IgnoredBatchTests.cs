using System;
using System.Buffers.Binary;
using System.IO;
using System.Linq;
using Dsl;
using Dsl.Conformance;
using Xunit;

namespace ModelTests.Behaviour;

/// <summary>What docs/language.md says of a batch that has no label but the ignored one.</summary>
public sealed class IgnoredBatchTests
{
    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void It_leaves_weights_running_statistics_and_optimizer_alone_and_counts_as_a_step(bool onReference)
    {
        using IgnoringNet network = onReference ? IgnoringNet.On<ReferenceBackend>(3) : new IgnoringNet(3);
        float[] x = Draw.Numbers(new Random(3), 6 * 4);
        network.TrainStep(x, [0, 1, 2, -1, 1, 0]);
        byte[] before = State(network);
        Assert.True(float.IsNaN(network.TrainStep(x, [-1, -1, -1, -1, -1, -1])));
        Assert.Equal(before, State(network));
        Assert.Equal(2, network.Step);
        Assert.True(float.IsFinite(network.TrainStep(x, [0, -1, -1, -1, -1, -1])));
        Assert.NotEqual(before, State(network));
    }

    /// <summary>The values of a checkpoint: weights, running statistics, and what the optimizer keeps.</summary>
    private static byte[] State(Network network)
    {
        string path = Path.GetTempFileName();
        try
        {
            network.SaveCheckpoint(path);
            byte[] file = File.ReadAllBytes(path);
            byte[] values = file[(8 + (int)BinaryPrimitives.ReadInt64LittleEndian(file))..];
            Assert.True(values.Length >= 4 * ((3 * network.Parameters.Sum(parameter => parameter.Values.Length)) - (2 * 12)));
            return values;
        }
        finally
        {
            File.Delete(path);
        }
    }
}

[Model]
[Input(4)]
[Linear(6), BatchNorm1d, ReLU, Linear(3)]
[CrossEntropy(IgnoreLabel = -1), Adam(1e-2)]
public partial class IgnoringNet;
