using System;
using System.Runtime.InteropServices;
using Dsl;
using Dsl.Conformance;
using Xunit;

namespace ModelTests.Behaviour;

/// <summary>What a run writes lies apart from what it reads: kernels write outputs while they still read inputs.</summary>
public class OverlapTests
{
    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(64 * 7 - 1)]
    public void An_output_over_the_input_is_refused(int shift)
    {
        float[] memory = new float[64 * 14];
        Memory<float> x = memory.AsMemory(0, 64 * 7);
        Memory<float> y = memory.AsMemory(shift, 64 * 7);
        foreach (SquareNet network in new[] { new SquareNet(1), SquareNet.On<ReferenceBackend>(1) })
        {
            Refusal.Says(() => network.Predict(x.Span, y.Span), "SquareNet", "outputs overlaps inputs", "memory of its own");
            Refusal.Says(() => network.Predict(y.Span, x.Span), "outputs overlaps inputs");
            Refusal.Says(() => ((INetwork)network).Predict(x.Span, y.Span), "outputs overlaps inputs");
            network.Predict(x.Span, memory.AsSpan(64 * 7));
            network.Predict(memory.AsSpan(64 * 7), x.Span);
            network.Dispose();
        }

        float[] batch = new float[64];
        using var typed = new SquareNet();
        Refusal.Says(() => typed.Predict(new SquareNet.InputBatch(batch), new SquareNet.OutputBatch(batch)), "outputs overlaps inputs");
    }

    [Fact]
    public void Probabilities_and_labels_over_the_input_are_refused()
    {
        using var network = new Mlp();
        float[] x = new float[16];
        Refusal.Says(() => network.Probabilities(x, x.AsSpan(5, 5)), "Mlp", "probabilities overlaps inputs");
        Refusal.Says(() => network.Classify(x, MemoryMarshal.Cast<float, int>(x.AsSpan(15))), "Mlp", "labels overlaps inputs");
        using var inputs = new TwoInputs();
        float[] right = new float[3];
        Refusal.Says(() => inputs.Probabilities(x.AsSpan(0, 4), right, right), "TwoInputs", "probabilities overlaps rightValues");
        Refusal.Says(() => inputs.Classify(x.AsSpan(0, 4), right, MemoryMarshal.Cast<float, int>(x.AsSpan(3, 1))), "labels overlaps leftValues");
        inputs.Classify(x.AsSpan(0, 4), right, MemoryMarshal.Cast<float, int>(x.AsSpan(4, 1)));
    }

    [Fact]
    public void Several_inputs_and_outputs_are_told_apart_by_name()
    {
        using var inputs = new TwoInputs();
        float[] memory = new float[7];
        Refusal.Says(() => inputs.Predict(memory.AsSpan(0, 4), memory.AsSpan(4), memory.AsSpan(3, 3)), "TwoInputs", "outputs overlaps leftValues");
        Refusal.Says(() => inputs.Predict(new float[4], memory.AsSpan(4), memory.AsSpan(2, 3)), "outputs overlaps rightValues");

        // Inputs are only read: two may be one.
        inputs.Predict(memory.AsSpan(0, 4), memory.AsSpan(1, 3), new float[3]);
        using var outputs = new ThreeOutputs();
        float[] y = new float[11];
        Refusal.Says(() => outputs.Predict(new float[6], y.AsSpan(0, 2), y.AsSpan(1, 5), y.AsSpan(7, 4)), "ThreeOutputs", "hiddenValues overlaps outputs");
        Refusal.Says(() => outputs.Predict(new float[6], y.AsSpan(0, 2), y.AsSpan(2, 5), y.AsSpan(6, 4)), "middleValues overlaps hiddenValues");
        Refusal.Says(() => outputs.Predict(y.AsSpan(5), y.AsSpan(0, 2), new float[5], y.AsSpan(2, 4)), "middleValues overlaps inputs");
        outputs.Predict(new float[6], y.AsSpan(0, 2), y.AsSpan(2, 5), y.AsSpan(7, 4));
    }

    [Fact]
    public void Exposed_parts_are_no_exception()
    {
        using var network = new Autoencoder();
        float[] memory = new float[15];
        Refusal.Says(() => network.Encode(memory.AsSpan(0, 12), memory.AsSpan(11, 3)), "Autoencoder", "values overlaps inputs");
        Refusal.Says(() => network.Decode(memory.AsSpan(0, 3), memory.AsSpan(2, 12)), "outputs overlaps values");
        network.Encode(memory.AsSpan(0, 12), memory.AsSpan(12));
        network.Decode(memory.AsSpan(12), memory.AsSpan(0, 12));
    }

    [Fact]
    public void The_networks_own_parameters_are_no_output()
    {
        foreach (SquareNet network in new[] { new SquareNet(1), SquareNet.On<ReferenceBackend>(1) })
        {
            float[] before = network.Linear1.Weight.Values.ToArray();
            Refusal.Says(() => network.Predict(new float[64], network.Linear1.Bias.Values), "SquareNet", "outputs overlaps", "own parameters");
            Assert.Equal(before, network.Linear1.Weight.Values.ToArray());

            // To read them is another matter, and so are those of another network.
            float[] y = new float[64 * 64];
            network.Predict(network.Linear1.Weight.Values, y);
            using var other = new SquareNet(2);
            network.Predict(new float[64], other.Linear1.Bias.Values);
            network.Dispose();
        }

        using var several = new ThreeOutputs();
        Refusal.Says(() => several.Predict(new float[6], several.Linear3.Bias.Values, new float[5], new float[4]), "own parameters");
        using var parts = new Autoencoder();
        Refusal.Says(() => parts.Encode(new float[12], parts.Linear2.Bias.Values), "Encode", "own parameters");
        using var labels = new Mlp();
        Refusal.Says(() => labels.Classify(new float[16], MemoryMarshal.Cast<float, int>(labels.Linear2.Bias.Values)[..1]), "labels", "own parameters");
        Refusal.Says(() => labels.Probabilities(new float[16], labels.Linear2.Bias.Values), "own parameters");
    }

    [Fact]
    public void A_training_step_does_not_read_what_it_changes()
    {
        using var network = new SquareNet();
        float[] targets = new float[64 * 64];
        Refusal.Says(() => network.TrainStep(network.Linear1.Weight.Values, targets), "SquareNet", "inputs overlaps", "own parameters", "copy");
        Refusal.Says(() => network.TrainStep(targets, network.Linear1.Weight.Values), "targets overlaps", "own parameters");
        Refusal.Says(() => network.TrainStep(network.Linear1.Weight.Gradients, targets), "inputs overlaps", "gradients");
        Assert.Equal(0, network.Step);
        using var labels = new Mlp();
        labels.Linear2.Bias.Values.Clear();
        Refusal.Says(() => labels.TrainStep(new float[16], MemoryMarshal.Cast<float, int>(labels.Linear2.Bias.Values)[..1]), "labels overlaps", "own parameters");
        using var several = new TwoInputs();
        Refusal.Says(() => several.TrainStep(new float[4], several.Side.Bias.Values[..3], [0]), "Right overlaps", "own parameters");
        network.TrainStep(network.Linear1.Weight.Values.ToArray(), targets);

        // A loss changes nothing.
        network.Loss(network.Linear1.Weight.Values, targets);
    }
}
