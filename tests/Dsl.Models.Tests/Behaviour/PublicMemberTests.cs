using System;
using System.Collections.Generic;
using System.Linq;
using Dsl;
using Xunit;

namespace ModelTests.Behaviour;

/// <summary>The members that docs/language.md lists (What a model class gets): each does what it says, in its span and its batch form.</summary>
public class PublicMemberTests
{
    [Fact]
    public void Shapes_and_counts_are_there_without_an_instance()
    {
        Assert.Equal([1, 8, 8], DigitNet.InputShape.ToArray());
        Assert.Equal([10], DigitNet.OutputShape.ToArray());
        Assert.Equal([4], TwoInputs.LeftShape.ToArray());
        Assert.Equal([3], TwoInputs.RightShape.ToArray());
        Assert.Equal([2], ThreeOutputs.OutputShape.ToArray());
        Assert.Equal([5], ThreeOutputs.HiddenShape.ToArray());
        Assert.Equal([4], ThreeOutputs.MiddleShape.ToArray());
        const long parameters = Mlp.ParameterCount;
        const long operations = Mlp.FlopsPerSample;
        Assert.Equal((16 * 24) + 24 + (24 * 5) + 5, parameters);
        Assert.InRange(operations, 2 * ((16 * 24) + (24 * 5)), 2 * ((16 * 24) + (24 * 5)) + 100);
    }

    [Fact]
    public void Predict_is_the_layers_written_out()
    {
        using var network = new Mlp(3);
        Subject subject = Subject.Named(nameof(Mlp));
        var draw = new Draw(network, subject, 3);
        network.Predict(draw.X, draw.Y);
        float[] hidden = Linear(draw.X, network.Linear1.Weight, network.Linear1.Bias);
        for (int i = 0; i < hidden.Length; i++)
            hidden[i] = Math.Max(hidden[i], 0);
        float[] expected = Linear(hidden, network.Linear2.Weight, network.Linear2.Bias);
        Same.Close("logits", expected, draw.Y);
    }

    [Fact]
    public void Batches_give_what_spans_give()
    {
        using var network = new Mlp(3);
        using var twin = new Mlp(3);
        var draw = new Draw(network, Subject.Named(nameof(Mlp)), 3);
        var inputs = new Mlp.InputBatch(draw.X);
        var outputs = new Mlp.OutputBatch(3);
        Assert.Equal(3, inputs.Count);
        Assert.Equal(16, inputs.SampleSize);
        Same.Bits("a sample", draw.X.AsSpan(16, 16), inputs[1]);
        network.Predict(draw.X, draw.Y);
        network.Predict(inputs, outputs);
        Same.Bits("Predict into", draw.Y, outputs.Values);
        Same.Bits("Predict", draw.Y, network.Predict(inputs).Values);

        var labels = new int[3];
        var batchLabels = new int[3];
        network.Classify(draw.X, labels);
        network.Classify(inputs, batchLabels);
        Assert.Equal(labels, batchLabels);
        network.Probabilities(draw.X, draw.Y);
        network.Probabilities(inputs, outputs);
        Same.Bits("Probabilities", draw.Y, outputs.Values);
        Assert.Equal(network.Loss(draw.X, draw.Labels), network.Loss(inputs, draw.Labels));
        Assert.Equal(network.TrainStep(draw.X, draw.Labels), twin.TrainStep(inputs, draw.Labels));
        Same.Bits(network, twin);
    }

    [Fact]
    public void A_batch_of_the_wrong_length_is_refused()
    {
        ArgumentException error = Assert.Throws<ArgumentException>(() => new Mlp.InputBatch(new float[17]));
        Assert.Contains("16", error.Message, StringComparison.Ordinal);
        Assert.Contains("17", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Probabilities_are_the_softmax_and_labels_its_largest()
    {
        using var network = new Mlp(5);
        var draw = new Draw(network, Subject.Named(nameof(Mlp)), 4);
        var probabilities = new float[draw.Y.Length];
        var labels = new int[4];
        network.Predict(draw.X, draw.Y);
        network.Probabilities(draw.X, probabilities);
        network.Classify(draw.X, labels);
        double loss = 0;
        for (int row = 0; row < 4; row++)
        {
            double[] powers = [.. draw.Y.AsSpan(row * 5, 5).ToArray().Select(v => Math.Exp(v))];
            for (int i = 0; i < 5; i++)
                Assert.Equal(powers[i] / powers.Sum(), probabilities[(row * 5) + i], 1e-6);
            Assert.Equal(Array.IndexOf(powers, powers.Max()), labels[row]);
            loss -= Math.Log(powers[draw.Labels[row]] / powers.Sum()) / 4;
        }

        Assert.Equal(loss, network.Loss(draw.X, draw.Labels), 1e-5);
    }

    [Fact]
    public void Binary_cross_entropy_has_sigmoids_as_probabilities()
    {
        using var network = new TagNet(5);
        var draw = new Draw(network, Subject.Named(nameof(TagNet)), 4);
        var probabilities = new float[draw.Y.Length];
        network.Predict(draw.X, draw.Y);
        network.Probabilities(draw.X, probabilities);
        double loss = 0;
        for (int i = 0; i < draw.Y.Length; i++)
        {
            double p = 1 / (1 + Math.Exp(-draw.Y[i]));
            Assert.Equal(p, probabilities[i], 1e-6);
            loss -= ((draw.Targets[i] * Math.Log(p)) + ((1 - draw.Targets[i]) * Math.Log(1 - p))) / draw.Y.Length;
        }

        Assert.Equal(loss, network.Loss(draw.X, draw.Targets), 1e-5);
    }

    [Fact]
    public void A_hinge_classifies_by_the_sign()
    {
        using var network = new SignNet(5);
        var draw = new Draw(network, Subject.Named(nameof(SignNet)), 6);
        var labels = new int[6];
        network.Predict(draw.X, draw.Y);
        network.Classify(draw.X, labels);
        Assert.Equal(draw.Y.Select(score => score < 0 ? -1 : 1), labels);
        Assert.Equal(Enumerable.Range(0, 6).Average(i => Math.Max(0, 1 - (draw.Labels[i] * draw.Y[i]))), network.Loss(draw.X, draw.Labels), 1e-5);
    }

    [Fact]
    public void A_reconstruction_is_held_against_its_input()
    {
        using var network = new Autoencoder(5);
        var draw = new Draw(network, Subject.Named(nameof(Autoencoder)), 3);
        network.Predict(draw.X, draw.Y);
        double expected = Enumerable.Range(0, draw.Y.Length).Average(i => Math.Pow(draw.Y[i] - draw.X[i], 2));
        Assert.Equal(expected, network.Loss(draw.X), 1e-5);
        float first = network.TrainStep(draw.X);
        Assert.Equal(expected, first, 1e-5);
        float last = first;
        for (int i = 0; i < 200; i++)
            last = network.TrainStep(new Autoencoder.InputBatch(draw.X));
        Assert.True(last < first / 2, $"{first} became {last}");
    }

    [Fact]
    public void Several_inputs_come_in_declared_order()
    {
        using var network = new TwoInputs(5);
        var draw = new Draw(network, Subject.Named(nameof(TwoInputs)), 3);
        network.Predict(draw.Inputs[0], draw.Inputs[1], draw.Y);
        float[] left = [.. Linear(draw.Inputs[0], network.Linear1.Weight, network.Linear1.Bias).Select(v => Math.Max(v, 0))];
        float[] right = [.. Linear(draw.Inputs[1], network.Side.Weight, network.Side.Bias).Select(v => MathF.Tanh(v))];
        float[] joined = [.. Enumerable.Range(0, 3).SelectMany(i => right.AsSpan(i * 6, 6).ToArray().Concat(left.AsSpan(i * 6, 6).ToArray()))];
        Same.Close("logits", Linear(joined, network.Linear3.Weight, network.Linear3.Bias), draw.Y);

        var leftBatch = new TwoInputs.LeftBatch(draw.Inputs[0]);
        var rightBatch = new TwoInputs.RightBatch(draw.Inputs[1]);
        Same.Bits("batches", draw.Y, network.Predict(leftBatch, rightBatch).Values);
        var labels = new int[3];
        network.Classify(draw.Inputs[0], draw.Inputs[1], labels);
        network.Probabilities(draw.Inputs[0], draw.Inputs[1], joined.AsSpan(0, 9));
        float loss = network.Loss(draw.Inputs[0], draw.Inputs[1], draw.Labels);
        Assert.Equal(loss, network.TrainStep(leftBatch, rightBatch, draw.Labels), 1e-5);
    }

    [Fact]
    public void Several_outputs_come_with_the_main_one_first()
    {
        using var network = new ThreeOutputs(5);
        var draw = new Draw(network, Subject.Named(nameof(ThreeOutputs)), 3);
        float[] main = new float[6];
        float[] hidden = new float[15];
        float[] middle = new float[12];
        network.Predict(draw.X, main, hidden, middle);
        float[] expectedHidden = [.. Linear(draw.X, network.Linear1.Weight, network.Linear1.Bias).Select(v => MathF.Tanh(v))];
        float[] expectedMiddle = Linear(expectedHidden, network.Linear2.Weight, network.Linear2.Bias);
        float[] activated = [.. expectedMiddle.Select(v => MathF.Tanh(v))];
        Same.Close("hidden", expectedHidden, hidden);
        Same.Close("middle", expectedMiddle, middle);
        Same.Close("main", Linear(activated, network.Linear3.Weight, network.Linear3.Bias), main);
        var outputs = new ThreeOutputs.OutputBatch(3);
        network.Predict(new ThreeOutputs.InputBatch(draw.X), outputs, new ThreeOutputs.HiddenBatch(3), new ThreeOutputs.MiddleBatch(3));
        Same.Bits("batches", main, outputs.Values);
        INetwork any = network;
        Assert.Throws<InvalidOperationException>(() => any.Predict(draw.X, main));
    }

    [Fact]
    public void Exposed_parts_make_the_whole()
    {
        using var network = new Autoencoder(5);
        var draw = new Draw(network, Subject.Named(nameof(Autoencoder)), 3);
        float[] code = new float[9];
        float[] decoded = new float[36];
        network.Predict(draw.X, draw.Y);
        network.Encode(draw.X, code);
        network.Decode(code, decoded);
        Same.Close("decoded", draw.Y, decoded, 1e-6);

        float[] hidden = [.. Linear(draw.X, network.Linear1.Weight, network.Linear1.Bias).Select(v => MathF.Tanh(v))];
        Same.Close("code", Linear(hidden, network.Linear2.Weight, network.Linear2.Bias), code);
    }

    [Fact]
    public void An_exposed_image_is_channels_first()
    {
        using var network = new ExposedImage(5);
        var draw = new Draw(network, Subject.Named(nameof(ExposedImage)), 2);
        float[] features = new float[2 * 3 * 5 * 4];
        float[] outputs = new float[4];
        network.Predict(draw.X, draw.Y);
        network.Features(draw.X, features);
        network.Head(features, outputs);
        Same.Close("the whole", draw.Y, outputs, 1e-6);
        Same.Close("the head", Linear(features, network.Linear1.Weight, network.Linear1.Bias), outputs);
    }

    [Fact]
    public void Parameters_have_PyTorchs_names_and_shapes()
    {
        using var network = new DigitNet();
        Assert.Equal(
            [
                "Conv2d1.weight 16×1×3×3", "Conv2d1.bias 16", "BatchNorm2d1.weight 16", "BatchNorm2d1.bias 16", "BatchNorm2d1.running_mean 16", "BatchNorm2d1.running_var 16",
                "Conv2d2.weight 32×16×3×3", "Conv2d2.bias 32", "BatchNorm2d2.weight 32", "BatchNorm2d2.bias 32", "BatchNorm2d2.running_mean 32", "BatchNorm2d2.running_var 32",
                "Linear1.weight 10×128", "Linear1.bias 10",
            ],
            network.Parameters.Select(parameter => parameter.ToString()));
        Assert.Same(network.Parameters["BatchNorm2d1.running_var"], network.BatchNorm2d1.RunningVar);
        Assert.False(network.BatchNorm2d1.RunningMean.IsTrainable);
        Assert.True(network.BatchNorm2d1.Weight.IsTrainable);
        Assert.All(network.BatchNorm2d1.RunningVar.Values.ToArray(), value => Assert.Equal(1, value));
        Assert.True(network.Parameters.TryGet("Linear1.bias", out Parameter? bias));
        Assert.Equal(10, bias!.Count);
        Assert.False(network.Parameters.TryGet("Linear9.bias", out _));
        KeyNotFoundException error = Assert.Throws<KeyNotFoundException>(() => network.Parameters["Linear9.bias"]);
        Assert.Contains("Linear9.bias", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_blocks_layers_are_members_by_index()
    {
        using var network = new BlockNet();
        Assert.Equal(2, network.Use1.Count);
        Assert.Same(network.Parameters["Use1.0.Conv2d1.weight"], network.Use1[0].Conv2d1.Weight);
        Assert.Same(network.Parameters["Use1.1.BatchNorm2d1.running_mean"], network.Use1[1].BatchNorm2d1.RunningMean);
        Assert.Throws<ArgumentOutOfRangeException>(() => network.Use1[2]);
    }

    [Fact]
    public void Copies_predict_the_same_bits()
    {
        using var network = new DigitNet(1);
        using var other = new DigitNet(2);
        var draw = new Draw(network, Subject.Named(nameof(DigitNet)), 4);
        network.TrainStep(draw.X, draw.Labels);
        Assert.False(Same.HaveBits(network, other));
        other.CopyFrom(network);
        Same.Bits(network, other);
        network.Predict(draw.X, draw.Y);
        float[] outputs = new float[draw.Y.Length];
        other.Predict(draw.X, outputs);
        Same.Bits("outputs", draw.Y, outputs);
        Assert.Throws<ArgumentNullException>(() => other.CopyFrom(null!));
    }

    [Fact]
    public void The_summary_has_a_row_a_layer_and_the_total()
    {
        using var network = new DigitNet();
        string summary = network.Summary();
        Assert.StartsWith("DigitNet\n", summary, StringComparison.Ordinal);
        foreach (string layer in new[] { "Input", "Conv2d1", "BatchNorm2d1", "ReLU1", "MaxPool2d1", "Conv2d2", "Flatten1", "Dropout1", "Linear1", "total" })
            Assert.Contains(layer, summary, StringComparison.Ordinal);
        Assert.Contains("32×4×4", summary, StringComparison.Ordinal);
        Assert.Contains(DigitNet.ParameterCount.ToString("#,##0"), summary, StringComparison.Ordinal);
        Assert.DoesNotContain('\r', summary);
    }

    [Fact]
    public void Any_network_can_be_used_by_its_interface()
    {
        using INetwork network = new Mlp(4);
        Assert.Equal("Mlp", network.Name);
        PortInfoIs("Input", [16], Assert.Single(network.Inputs));
        Assert.Equal([5], Assert.Single(network.Outputs).Shape);
        Assert.Equal(4, network.Parameters.Count);
        float[] outputs = new float[10];
        float[] expected = new float[10];
        float[] inputs = Draw.Numbers(new Random(1), 32);
        network.Predict(inputs, outputs);
        ((Mlp)network).Predict(inputs, expected);
        Same.Bits("outputs", expected, outputs);
        Assert.Equal(((Mlp)network).Summary(), network.Summary());

        INetwork two = new TwoInputs();
        Assert.Equal(["Left", "Right"], two.Inputs.Select(port => port.Name));
        two.Dispose();
    }

    [Fact]
    public void Without_a_loss_there_is_prediction_only()
    {
        using var network = new LossFree();
        float[] outputs = new float[2];
        network.Predict([1, 2, 3], outputs);
        var samples = new Samples(1, new float[3]);
        Assert.Contains("LossFree declares no loss", Assert.Throws<InvalidOperationException>(() => network.Fit(samples)).Message, StringComparison.Ordinal);
        Assert.Contains("LossFree declares no loss", Assert.Throws<InvalidOperationException>(() => network.Evaluate(samples)).Message, StringComparison.Ordinal);
        using var second = new OptimizerFree();
        Assert.True(second.Loss([1, 2, 3], [0, 0]) >= 0);
        var targets = new Samples(1, new float[3], new float[2]);
        Assert.Contains("optimizer", Assert.Throws<InvalidOperationException>(() => second.Fit(targets)).Message, StringComparison.Ordinal);
        Assert.True(second.Evaluate(targets).Loss >= 0);
    }

    [Fact]
    public void No_samples_are_predicted_to_nothing()
    {
        using var network = new DigitNet();
        network.Predict([], Span<float>.Empty);
        network.Probabilities([], Span<float>.Empty);
        network.Classify([], Span<int>.Empty);
        using var several = new ThreeOutputs();
        several.Predict([], [], [], []);
        using var exposed = new Autoencoder();
        exposed.Encode([], []);
        exposed.Decode([], []);
    }

    private static float[] Linear(float[] inputs, Parameter weight, Parameter bias)
    {
        int outputs = weight.Shape[0];
        int features = weight.Shape[1];
        var result = new float[inputs.Length / features * outputs];
        for (int i = 0; i < result.Length; i++)
        {
            double sum = bias.Values[i % outputs];
            for (int k = 0; k < features; k++)
                sum += (double)inputs[(i / outputs * features) + k] * weight.Values[(i % outputs * features) + k];
            result[i] = (float)sum;
        }

        return result;
    }

    private static void PortInfoIs(string name, int[] shape, Dsl.Runtime.PortInfo port)
    {
        Assert.Equal(name, port.Name);
        Assert.Equal(shape, port.Shape);
    }
}
