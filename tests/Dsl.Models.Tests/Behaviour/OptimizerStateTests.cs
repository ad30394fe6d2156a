using System;
using System.IO;
using System.Linq;
using Dsl;
using Dsl.Runtime;
using Xunit;

namespace ModelTests.Behaviour;

/// <summary>What a checkpoint holds of an optimizer, and whose it may be.</summary>
public sealed partial class OptimizerStateTests : IDisposable
{
    private readonly string folder = Directory.CreateTempSubdirectory("dsl-states").FullName;

    private string File1 => Path.Combine(folder, "checkpoint.safetensors");

    public void Dispose() => Directory.Delete(folder, recursive: true);

    [Fact]
    public void State_stands_under_its_parameter_and_PyTorchs_name()
    {
        Assert.Equal("Adam: exp_avg, exp_avg_sq", Written(new AdamKind.Net()));
        Assert.Equal("AdamW: exp_avg, exp_avg_sq", Written(new AdamWKind.Net()));
        Assert.Equal("SGD: ", Written(new PlainKind.Net()));
        Assert.Equal("SGD: momentum_buffer", Written(new MomentumKind.Net()));
        Assert.Equal("RMSprop: square_avg", Written(new MeanSquareKind.Net()));
        Assert.Equal("RMSprop: momentum_buffer, square_avg", Written(new MeanSquareMomentumKind.Net()));
        Assert.Equal("Adagrad: sum", Written(new SumKind.Net()));
        Assert.Equal(": ", Written(new Untrained.Net()));
        Written(new FrozenKind.Net());
        Assert.Equal(
            ["optimizer/Linear2.bias/exp_avg", "optimizer/Linear2.bias/exp_avg_sq", "optimizer/Linear2.weight/exp_avg", "optimizer/Linear2.weight/exp_avg_sq"],
            Safetensors.ReadHeader(File1).Tensors.Select(tensor => tensor.Name).Where(name => name.StartsWith("optimizer/", StringComparison.Ordinal)).Order(StringComparer.Ordinal));
    }

    [Fact]
    public void State_follows_its_parameter_when_layers_change_places()
    {
        using var written = new AdamKind.Net(1);
        using var swapped = new SwappedKind.Net(2);
        Train(written);
        written.SaveCheckpoint(File1);
        byte[] before = Sorted(File1);
        swapped.LoadCheckpoint(File1);
        swapped.SaveCheckpoint(File1);
        Assert.Equal(before, Sorted(File1));
        Assert.NotEqual(State(File1, "optimizer/A.weight/exp_avg"), State(File1, "optimizer/B.weight/exp_avg"));
    }

    [Fact]
    public void Every_other_optimizer_is_refused_and_changes_nothing()
    {
        Func<Network>[] all =
        [
            () => new AdamKind.Net(1), () => new AdamWKind.Net(1), () => new PlainKind.Net(1), () => new MomentumKind.Net(1), () => new MeanSquareKind.Net(1),
            () => new MeanSquareMomentumKind.Net(1), () => new SumKind.Net(1), () => new Untrained.Net(1),
        ];
        foreach (Func<Network> writer in all)
        {
            using Network written = writer();
            written.SaveCheckpoint(File1);
            foreach (Func<Network> reader in all)
            {
                using Network network = reader();
                float[] before = Same.Snapshot(network);
                if (reader == writer)
                    network.LoadCheckpoint(File1);
                else
                    Refusal.Says<SafetensorsException>(() => network.LoadCheckpoint(File1), "was written with", "but Net is trained with");
                Same.Bits("weights", before, Same.Snapshot(network));
            }
        }
    }

    /// <summary>PyTorch's first step of Adam: exp_avg is a tenth of the gradient, exp_avg_sq a thousandth of its square.</summary>
    [Fact]
    public void The_values_are_those_of_their_parameter()
    {
        using var network = new AdamKind.Net(1);
        Train(network, steps: 1);
        network.SaveCheckpoint(File1);
        foreach (Parameter parameter in network.Parameters)
        {
            float[] gradients = parameter.Gradients.ToArray();
            Same.Close(parameter.Name, [.. gradients.Select(g => 0.1f * g)], State(File1, $"optimizer/{parameter.Name}/exp_avg"));
            Same.Close(parameter.Name, [.. gradients.Select(g => 0.001f * g * g)], State(File1, $"optimizer/{parameter.Name}/exp_avg_sq"), 1e-4, 1e-9);
        }
    }

    private static void Train(Network network, int steps = 3)
    {
        var random = new Random(4);
        var data = new Samples(8, Draw.Numbers(random, 32), Draw.Numbers(random, 32));
        network.Fit(data, new FitOptions { Epochs = steps, BatchSize = 8 });
    }

    private string Written(Network network)
    {
        using (network)
            network.SaveCheckpoint(File1);
        SafetensorsHeader header = Safetensors.ReadHeader(File1);
        string[] state = [.. header.Tensors.Where(tensor => tensor.Name.StartsWith("optimizer/", StringComparison.Ordinal)).Select(tensor => tensor.Name.Split('/')[2]).Distinct().Order(StringComparer.Ordinal)];
        return $"{(header.Metadata.TryGetValue("optimizer", out string? name) ? name : "")}: {string.Join(", ", state)}";
    }

    private static float[] State(string path, string name)
    {
        SafetensorsEntry entry = Safetensors.ReadHeader(path).Tensors.Single(tensor => tensor.Name == name);
        int[] shape = [.. entry.Shape.ToArray().Select(size => (int)size)];
        var tensor = new ArrayTensor(name, shape, new float[shape.Aggregate(1, (a, b) => a * b)]);
        Safetensors.Read(path, [tensor], map: other => other == name ? name : null);
        return tensor.Values.ToArray();
    }

    // The bytes of all tensors, by name: the order in the file is the declaration's.
    private static byte[] Sorted(string path) =>
        [.. Safetensors.ReadHeader(path).Tensors.Select(tensor => tensor.Name).Order(StringComparer.Ordinal).SelectMany(name => State(path, name)).SelectMany(BitConverter.GetBytes)];

    // A network's name is its class's: these are one network under several optimizers.
    public static partial class AdamKind
    {
        [Model, Input(4), Linear(4, Name = "A"), Tanh, Linear(4, Name = "B")]
        [MeanSquaredError, Adam(0.1)]
        public partial class Net;
    }

    public static partial class SwappedKind
    {
        [Model, Input(4), Linear(4, Name = "B"), Tanh, Linear(4, Name = "A")]
        [MeanSquaredError, Adam(0.1)]
        public partial class Net;
    }

    public static partial class AdamWKind
    {
        [Model, Input(4), Linear(4, Name = "A"), Tanh, Linear(4, Name = "B")]
        [MeanSquaredError, AdamW(0.1)]
        public partial class Net;
    }

    public static partial class PlainKind
    {
        [Model, Input(4), Linear(4, Name = "A"), Tanh, Linear(4, Name = "B")]
        [MeanSquaredError, SGD(0.1)]
        public partial class Net;
    }

    public static partial class MomentumKind
    {
        [Model, Input(4), Linear(4, Name = "A"), Tanh, Linear(4, Name = "B")]
        [MeanSquaredError, SGD(0.1, Momentum = 0.9)]
        public partial class Net;
    }

    public static partial class MeanSquareKind
    {
        [Model, Input(4), Linear(4, Name = "A"), Tanh, Linear(4, Name = "B")]
        [MeanSquaredError, RMSprop(0.1)]
        public partial class Net;
    }

    public static partial class MeanSquareMomentumKind
    {
        [Model, Input(4), Linear(4, Name = "A"), Tanh, Linear(4, Name = "B")]
        [MeanSquaredError, RMSprop(0.1, Momentum = 0.5)]
        public partial class Net;
    }

    public static partial class SumKind
    {
        [Model, Input(4), Linear(4, Name = "A"), Tanh, Linear(4, Name = "B")]
        [MeanSquaredError, Adagrad(0.1)]
        public partial class Net;
    }

    public static partial class Untrained
    {
        [Model, Input(4), Linear(4, Name = "A"), Tanh, Linear(4, Name = "B")]
        public partial class Net;
    }

    public static partial class FrozenKind
    {
        [Model, Input(4), Linear(4, Trainable = false), Tanh, Linear(4)]
        [MeanSquaredError, Adam(0.1)]
        public partial class Net;
    }
}
