using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Text;
using Dsl;
using Dsl.Runtime;
using Xunit;

namespace ModelTests.Behaviour;

/// <summary>Weights and checkpoints in files.</summary>
public sealed class FileTests : IDisposable
{
    private readonly string folder = Directory.CreateTempSubdirectory("dsl-files").FullName;

    public void Dispose() => Directory.Delete(folder, recursive: true);

    [Fact]
    public void A_saved_network_is_loaded_with_the_same_bits()
    {
        using DigitNet network = Trained();
        string path = At("digits.safetensors");
        network.Save(path);
        using DigitNet fromPath = DigitNet.Load(path);
        using DigitNet fromBytes = DigitNet.Load(System.IO.File.ReadAllBytes(path));
        using var stream = new MemoryStream();
        network.Save(stream);
        Assert.True(stream.CanWrite);
        Assert.Equal(System.IO.File.ReadAllBytes(path), stream.ToArray());
        using var read = new DigitNet(8);
        float[] expected = Predicted(network);
        float[] before = Predicted(read);
        Assert.NotEqual(expected, before);
        read.LoadWeights(path);
        foreach (DigitNet loaded in new[] { fromPath, fromBytes, read })
        {
            Same.Bits(network, loaded);
            Same.Bits("outputs", expected, Predicted(loaded));
        }
    }

    [Theory]
    [MemberData(nameof(Subject.Names), MemberType = typeof(Subject))]
    public void Every_network_goes_through_a_checkpoint_and_trains_on_with_the_same_bits(string name)
    {
        Subject subject = Subject.Named(name);
        using Network network = subject.OnCpu(3);
        var draw = new Draw(network, subject, 6);
        network.TotalSteps = 20;
        network.StepsPerEpoch = 4;
        for (int i = 0; i < 3; i++)
            subject.TrainStep(network, draw);
        network.LearningRate = 0.02;
        string path = At("checkpoint.safetensors");
        network.SaveCheckpoint(path);
        using Network other = subject.OnCpu(5);
        other.LoadCheckpoint(path);
        Assert.Equal((3L, 20L, 4, 0.02), (other.Step, other.TotalSteps, other.StepsPerEpoch, other.LearningRate));
        Same.Bits(network, other);
        for (int i = 0; i < 3; i++)
            Assert.Equal(subject.TrainStep(network, draw), subject.TrainStep(other, draw));
        Same.Bits(network, other);
    }

    [Fact]
    public void Half_precision_is_widened()
    {
        using var network = new CosineNet(1);
        float[] weight = [1.5f, -2.25f, 0.125f, 1024, -0.0625f, 3];
        byte[] file = File(
            ("Linear1.weight", "F16", [2, 3], [.. weight.SelectMany(value => BitConverter.GetBytes((Half)value))]),
            ("Linear1.bias", "BF16", [2], [.. new[] { 0.5f, -96f }.SelectMany(value => BitConverter.GetBytes((ushort)(BitConverter.SingleToUInt32Bits(value) >> 16)))]));
        using CosineNet loaded = CosineNet.Load(file);
        Assert.Equal(weight, loaded.Linear1.Weight.Values.ToArray());
        Assert.Equal([0.5f, -96f], loaded.Linear1.Bias.Values.ToArray());
    }

    [Fact]
    public void A_count_of_batches_is_passed_over_and_any_other_surplus_named()
    {
        byte[] weight = new byte[24];
        byte[] bias = new byte[8];
        using CosineNet loaded = CosineNet.Load(File(("Linear1.weight", "F32", [2, 3], weight), ("Linear1.bias", "F32", [2], bias), ("bn.num_batches_tracked", "I64", [], new byte[8])));
        Refused(() => CosineNet.Load(File(("Linear1.weight", "F32", [2, 3], weight), ("Linear1.bias", "F32", [2], bias), ("Linear2.bias", "F32", [2], bias))), "Linear2.bias");
        Refused(() => CosineNet.Load(File(("Linear1.weight", "F32", [2, 3], weight))), "Linear1.bias");
        Refused(() => CosineNet.Load(File(("Linear1.weight", "F32", [3, 2], weight), ("Linear1.bias", "F32", [2], bias))), "Linear1.weight", "3×2", "2×3");
        Refused(() => CosineNet.Load(File(("Linear1.weight", "F32", [2, 3], weight), ("Linear1.bias", "I32", [2], bias))), "Linear1.bias", "I32");
        Refused(() => CosineNet.Load("no safetensors"u8), "safetensors");
    }

    [Fact]
    public void A_file_of_another_network_changes_nothing()
    {
        string path = At("mlp.safetensors");
        using var mlp = new Mlp();
        mlp.Save(path);
        using DigitNet network = Trained();
        float[] before = Same.Snapshot(network);
        Refused(() => network.LoadWeights(path), "mlp.safetensors");
        Same.Bits("weights", before, Same.Snapshot(network));
        mlp.SaveCheckpoint(path);
        Refused(() => network.LoadCheckpoint(path), "Mlp", "DigitNet");
        Refused(() => CosineNet.Load(path), "mlp.safetensors");
        network.Save(path);
        Refused(() => network.LoadCheckpoint(path), "no checkpoint");
        Same.Bits("weights", before, Same.Snapshot(network));
    }

    [Fact]
    public void A_missing_file_is_named()
    {
        string path = At("nothing.safetensors");
        using var network = new Mlp();
        Assert.Contains("nothing.safetensors", Assert.Throws<FileNotFoundException>(() => Mlp.Load(path)).Message, StringComparison.Ordinal);
        Assert.Throws<FileNotFoundException>(() => network.LoadWeights(path));
        Assert.Throws<FileNotFoundException>(() => network.LoadCheckpoint(path));
    }

    [Fact]
    public void Other_names_are_taken_in_by_prefix_and_map()
    {
        using var network = new Mlp(4);
        string path = At("other.safetensors");
        Safetensors.Write(path,
        [
            Tensor("model.fc1.weight", network.Linear1.Weight), Tensor("model.fc1.bias", network.Linear1.Bias),
            Tensor("model.fc2.weight", network.Linear2.Weight), Tensor("model.fc2.bias", network.Linear2.Bias), Tensor("head.bias", network.Linear2.Bias),
        ]);
        using var other = new Mlp(5);
        other.LoadWeights(path, "model.", name => name.Replace("fc", "Linear", StringComparison.Ordinal));
        Same.Bits(network, other);
        Refused(() => other.LoadWeights(path, "model."), "Linear1.weight");
        other.LoadWeights(path, null, name => name.StartsWith("head", StringComparison.Ordinal) ? null : name.Replace("model.fc", "Linear", StringComparison.Ordinal));
        Same.Bits(network, other);
    }

    [Fact]
    public void Training_after_a_load_goes_on_from_the_loaded_weights()
    {
        using DigitNet network = Trained();
        string path = At("digits.safetensors");
        network.Save(path);
        using var other = new DigitNet(99);
        var draw = new Draw(other, Subject.Named(nameof(DigitNet)), 4);
        other.TrainStep(draw.X, draw.Labels);
        other.LoadWeights(path);
        Assert.Equal(network.Loss(draw.X, draw.Labels), other.Loss(draw.X, draw.Labels));
    }

    private static void Refused(Func<object> load, params string[] words) => Refused(() => { load(); }, words);

    private static void Refused(Action load, params string[] words) => Refusal.Says<SafetensorsException>(load, words);

    private static DigitNet Trained()
    {
        var network = new DigitNet(2);
        var draw = new Draw(network, Subject.Named(nameof(DigitNet)), 6);
        for (int i = 0; i < 3; i++)
            network.TrainStep(draw.X, draw.Labels);
        return network;
    }

    private static float[] Predicted(DigitNet network)
    {
        float[] outputs = new float[30];
        network.Predict(Draw.Numbers(new Random(3), 192), outputs);
        return outputs;
    }

    private static NamedValues Tensor(string name, Parameter parameter) => new(name, parameter.Shape.ToArray(), parameter.Values.ToArray());

    // By hand, as a PyTorch program would write it: length, header, data.
    private static byte[] File(params (string Name, string Type, int[] Shape, byte[] Bytes)[] tensors)
    {
        int offset = 0;
        List<string> entries = [];
        foreach ((string name, string type, int[] shape, byte[] bytes) in tensors)
        {
            entries.Add($"\"{name}\":{{\"dtype\":\"{type}\",\"shape\":[{string.Join(",", shape)}],\"data_offsets\":[{offset},{offset + bytes.Length}]}}");
            offset += bytes.Length;
        }

        byte[] header = Encoding.UTF8.GetBytes("{" + string.Join(",", entries) + "}");
        return [.. BitConverter.GetBytes((long)header.Length), .. header, .. tensors.SelectMany(tensor => tensor.Bytes)];
    }

    private string At(string name) => Path.Combine(folder, name);

    private sealed class NamedValues(string name, int[] shape, float[] values) : INamedTensor
    {
        public string Name => name;

        public ReadOnlySpan<int> Shape => shape;

        public ReadOnlySpan<float> Values => values;

        public Span<float> ValuesToReplace => values;
    }
}
