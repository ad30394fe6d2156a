using System;
using System.IO;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;
using Dsl;
using Dsl.Runtime;
using Xunit;

namespace ModelTests.Behaviour;

/// <summary>Layers of all kinds of weights that inference reads in their prepared form alone: folded with a norm, flattened, in groups; and two that it reads otherwise.</summary>
[Model]
[Input(24, 6, 6)]
[Conv2d(400, 1, Bias = false), BatchNorm2d, ReLU, Conv2d(96, 2, Stride = 2, Groups = 4), BatchNorm2d, Conv2d(48, 3, Padding = 1), Flatten, Linear(60), BatchNorm1d, Tanh, Linear(150), ReLU, Linear(5)]
[CrossEntropy, Adam(1e-3)]
public partial class LargeNet;

/// <summary>A network that has predicted has its large weights in their prepared form alone: what anybody does with it then is as if it had not.</summary>
public sealed class HeldWeightsTests : IDisposable
{
    private const string Largest = "Conv2d2.weight";

    private readonly string folder = Directory.CreateTempSubdirectory("dsl-held-").FullName;
    private readonly float[] x = [.. Enumerable.Range(0, 3 * 24 * 36).Select(i => MathF.Sin(i * 0.37f))];
    private readonly int[] labels = [1, 4, 0];

    public void Dispose() => Directory.Delete(folder, recursive: true);

    [Fact]
    public void The_plain_ones_are_given_back_once_the_network_predicts()
    {
        using LargeNet net = New(3);
        Span<float> plain = ((INamedTensor)net.Parameters[Largest]).ValuesToReplace;
        float value = plain[plain.Length / 2];
        Assert.NotEqual(0, value);
        Predict(net);
        Assert.Equal(OperatingSystem.IsLinux() ? 0 : value, plain[plain.Length / 2]);
        Assert.Equal(value, net.Parameters[Largest].Values[plain.Length / 2]);
    }

    [Fact]
    public void Whoever_has_them_keeps_them()
    {
        using LargeNet net = New(3);
        Span<float> values = net.Parameters[Largest].Values;
        float[] before = values.ToArray();
        Predict(net);
        Same.Bits(Largest, before, values);
        values[0]++;
        Predict(net);
        Assert.Equal(before[0] + 1, values[0]);
    }

    [Fact]
    public void Values_are_those_from_before()
    {
        using LargeNet net = New(3);
        using LargeNet twin = New(3);
        float[] expected = Predict(twin);
        Predict(net);
        Same.Bits(twin, net);
        Same.Bits("outputs", expected, Predict(net));
    }

    [Fact]
    public void A_file_is_the_one_from_before()
    {
        using LargeNet net = New(3);
        byte[] before = Saved(net);
        using LargeNet loaded = LargeNet.Load(before);
        float[] expected = Predict(loaded);
        Assert.Equal(before, Saved(loaded));
        Same.Bits("outputs", expected, Predict(loaded));
        net.Save(Path.Combine(folder, "net.safetensors"));
        using LargeNet read = New(8);
        Predict(read);
        read.LoadWeights(Path.Combine(folder, "net.safetensors"));
        Same.Bits("outputs", expected, Predict(read));
        Same.Bits(net, read);
    }

    [Fact]
    public void A_file_of_other_weights_is_what_is_predicted_with()
    {
        using LargeNet other = New(11);
        using LargeNet net = New(3);
        Predict(net);
        using (LargeNet copy = LargeNet.Load(Saved(other)))
            Predict(copy);
        net.CopyFrom(other);
        Same.Bits("outputs", Predict(other), Predict(net));
        Same.Bits(other, net);
        Predict(net);
        other.CopyFrom(net);
        Same.Bits(net, other);
    }

    [Fact]
    public void One_parameter_is_replaced_and_the_others_stay()
    {
        using LargeNet net = New(3);
        using LargeNet twin = New(3);
        Predict(net);
        foreach (LargeNet each in new[] { net, twin })
            ((INamedTensor)each.Parameters["Linear2.weight"]).ValuesToReplace.Fill(0.125f);
        Same.Bits("outputs", Predict(twin), Predict(net));
        Same.Bits(twin, net);
    }

    [Fact]
    public void Training_goes_on_with_the_same_bits()
    {
        using LargeNet net = New(3);
        using LargeNet twin = New(3);
        for (int i = 0; i < 3; i++)
        {
            Predict(net);
            Assert.Equal(twin.TrainStep(x, labels), net.TrainStep(x, labels));
        }

        Same.Bits(twin, net);
        Same.Bits("outputs", Predict(twin), Predict(net));
    }

    [Fact]
    public void Gradients_are_applied_behind_a_prediction_with_weights_from_a_file()
    {
        using LargeNet net = New(3);
        using LargeNet twin = New(3);
        byte[] file = Saved(New(5));
        foreach (LargeNet each in new[] { net, twin })
        {
            each.Gradients(x, labels);
            Safetensors.Read(file, each.Parameters);
            if (each == net)
                Predict(each);
            each.Apply();
        }

        Same.Bits(twin, net);
    }

    [Fact]
    public void A_checkpoint_is_the_one_from_before()
    {
        using LargeNet net = New(3);
        net.SaveCheckpoint(Path.Combine(folder, "before"));
        using LargeNet read = New(4);
        Predict(read);
        read.LoadCheckpoint(Path.Combine(folder, "before"));
        Predict(read);
        read.SaveCheckpoint(Path.Combine(folder, "after"));
        Assert.Equal(System.IO.File.ReadAllBytes(Path.Combine(folder, "before")), System.IO.File.ReadAllBytes(Path.Combine(folder, "after")));
    }

    [Fact]
    public async Task Threads_may_save_while_others_predict_for_the_first_time()
    {
        using LargeNet twin = New(3);
        byte[] file = Saved(twin);
        float[] expected = Predict(twin);
        for (int round = 0; round < 20; round++)
        {
            using LargeNet net = New(3);
            using Barrier start = new(4);
            Task[] tasks = [.. Enumerable.Range(0, 4).Select(i => Task.Factory.StartNew(
                () =>
                {
                    start.SignalAndWait();
                    if (i % 2 == 0)
                        Assert.Equal(file, Saved(net));
                    else
                        Same.Bits("outputs", expected, Predict(net));
                },
                CancellationToken.None,
                TaskCreationOptions.LongRunning,
                TaskScheduler.Default))];
            await Task.WhenAll(tasks);
            Same.Bits(twin, net);
        }
    }

    private static LargeNet New(ulong seed)
    {
        LargeNet net = new(seed);

        // A norm as training leaves it, one of whose channels is shut.
        Span<float> scale = ((INamedTensor)net.Parameters["BatchNorm2d1.weight"]).ValuesToReplace;
        for (int i = 0; i < scale.Length; i++)
            scale[i] = 0.3f + 0.01f * i;
        scale[7] = 0;
        return net;
    }

    private float[] Predict(LargeNet net)
    {
        float[] y = new float[3 * 5];
        net.Predict(x, y);
        return y;
    }

    private static byte[] Saved(LargeNet net)
    {
        using MemoryStream stream = new();
        net.Save(stream);
        return stream.ToArray();
    }
}
