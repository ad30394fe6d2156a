using System;
using System.IO;
using System.Linq;
using Dsl;
using Dsl.Conformance;
using Dsl.Runtime;
using Xunit;

namespace ModelTests.Behaviour;

/// <summary>What goes between the host and the memory of a backend that has its own: only what was asked for, and back only what may have changed.</summary>
public sealed class TrafficTests : IDisposable
{
    private const int Inputs = 16;
    private const int Outputs = 5;
    private const int Layers = 2;

    private readonly string folder = Directory.CreateTempSubdirectory("dsl-traffic").FullName;
    private readonly Mlp network = Mlp.On<ReferenceBackend>(1);
    private readonly float[] input = [.. Enumerable.Range(0, Inputs).Select(i => i / 16f)];

    public TrafficTests() => Predict();

    private int Weights => network.Parameters.Sum(parameter => parameter.Count);

    private string File1 => Path.Combine(folder, "file");

    public void Dispose()
    {
        network.Dispose();
        Directory.Delete(folder, recursive: true);
    }

    [Fact]
    public void Prediction_moves_inputs_and_outputs() => Expect(Predict, read: Outputs, written: Inputs);

    [Fact]
    public void Save_reads_each_weight_once_and_changes_nothing()
    {
        Expect(() => network.Save(File1), read: Weights);
        Expect(() => network.Save(new MemoryStream()), read: Weights);
        Expect(() => Safetensors.Write(File1, network.Parameters), read: Weights);
        Expect(Predict, read: Outputs, written: Inputs);
    }

    [Fact]
    public void Checkpoint_reads_weights_and_state_once_and_changes_nothing()
    {
        Train();
        Predict();
        Expect(() => network.SaveCheckpoint(File1), read: 3 * Weights);
        Expect(Predict, read: Outputs, written: Inputs);
        Expect(() => network.LoadCheckpoint(File1));
        Expect(Predict, read: Outputs, written: Inputs + (3 * Weights), prepared: Layers);
    }

    [Fact]
    public void Load_and_copy_write_without_reading_first()
    {
        using Mlp other = Mlp.On<ReferenceBackend>(2);
        Predict(other);
        Expect(() => network.CopyFrom(other), read: Weights);
        Expect(Predict, read: Outputs, written: Inputs + Weights, prepared: Layers);
        Expect(() => Predict(other), read: Outputs, written: Inputs);
        network.Save(File1);
        Expect(() => network.LoadWeights(File1));
        Expect(Predict, read: Outputs, written: Inputs + Weights, prepared: Layers);
    }

    [Fact]
    public void Best_weights_are_read_once_an_improvement()
    {
        Samples data = Data();
        Train();
        BackendTraffic without = BackendTraffic.Of(() => network.Fit(data, new FitOptions { Epochs = 1, Validation = data }));
        BackendTraffic with = BackendTraffic.Of(() => network.Fit(data, new FitOptions { Epochs = 1, Validation = data, RestoreBestWeights = true }));
        Assert.Equal(without.FloatsRead + Weights, with.FloatsRead);
        Assert.Equal(without.FloatsWritten, with.FloatsWritten);
        Assert.Equal(without.Preparations, with.Preparations);
    }

    [Fact]
    public void One_parameter_is_read_and_written_alone()
    {
        Parameter bias = network.Parameters["Linear1.bias"];
        Expect(() => _ = bias.Values.Length, read: bias.Count);
        Expect(Predict, read: Outputs, written: Inputs + bias.Count, prepared: Layers);
        Train();
        Expect(() => _ = bias.Gradients.Length, read: bias.Count);
    }

    [Fact]
    public void Parts_that_were_written_apart_all_arrive()
    {
        float[][] expected = [.. network.Parameters.Select(parameter => parameter.Values.ToArray())];
        Predict();

        // The last, then the first: what lies between is neither lost nor overwritten with something older.
        Train();
        float[] between = network.Parameters["Linear2.weight"].Values.ToArray();
        Predict();
        network.Parameters["Linear2.bias"].Values.Fill(2);
        network.Parameters["Linear1.weight"].Values.Fill(3);
        Assert.Equal(between, network.Parameters["Linear2.weight"].Values.ToArray());
        Predict();
        Assert.Equal(between, network.Parameters["Linear2.weight"].Values.ToArray());
        Assert.NotEqual(expected[2], between);
        Assert.All(network.Parameters["Linear2.bias"].Values.ToArray(), value => Assert.Equal(2, value));
        Assert.All(network.Parameters["Linear1.weight"].Values.ToArray(), value => Assert.Equal(3, value));
    }

    [Fact]
    public void What_was_written_is_read_before_it_arrives()
    {
        network.Parameters["Linear1.bias"].Values.Fill(7);
        network.Save(File1);
        using Mlp other = Mlp.Load(File1);
        Assert.All(other.Parameters["Linear1.bias"].Values.ToArray(), value => Assert.Equal(7, value));
        Assert.Equal(network.Parameters["Linear2.weight"].Values.ToArray(), other.Parameters["Linear2.weight"].Values.ToArray());
    }

    private static void Expect(Action action, long read = 0, long written = 0, int prepared = 0)
    {
        BackendTraffic traffic = BackendTraffic.Of(action);
        Assert.Equal((read, written, prepared), (traffic.FloatsRead, traffic.FloatsWritten, traffic.Preparations));
    }

    private void Predict() => Predict(network);

    private void Predict(Mlp predicting) => predicting.Predict(input, new float[Outputs]);

    private void Train() => network.TrainStep(input, [1]);

    private Samples Data() => new(Enumerable.Range(0, 4).SelectMany(_ => input).ToArray(), new int[] { 0, 1, 2, 3 });
}
