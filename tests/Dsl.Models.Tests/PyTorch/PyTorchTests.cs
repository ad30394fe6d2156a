using System;
using System.Collections.Generic;
using System.Linq;
using Dsl;
using Xunit;

namespace ModelTests.PyTorch;

/// <summary>
/// Every layer, loss, optimizer and schedule against PyTorch 1.13 (in double precision): inference, loss, gradients, and the weights after
/// training steps, to 1e-5 of each tensor's largest value.
/// </summary>
public class PyTorchTests
{
    private const double Tolerance = 1e-5;

    /// <summary>Each declaration on the SIMD kernels and on the plain loops that prove the seam.</summary>
    public static IEnumerable<object[]> Names => PyTorchCases.ByName.Keys.SelectMany(name => new object[][] { [name, "cpu"], [name, "reference"] });

    /// <summary>Those whose fixture has the gradient at the input.</summary>
    public static IEnumerable<object[]> NamesWithInputGradients => Names.Where(one => PyTorchCases.ByName[(string)one[0]].InputGradients is not null);

    [Theory]
    [MemberData(nameof(Names))]
    public void Inference_gives_PyTorchs_outputs(string name, string backend)
    {
        PyTorchCase it = PyTorchCases.ByName[name];
        Fixture fixture = Fixture.Read(name);
        using Network network = Start(it, backend);
        it.Predict(network, fixture);
        for (int i = 0; i < fixture.OutputCount; i++)
            AssertClose($"output.{i}", fixture.Values($"output.{i}"), fixture.Output(i));
        AssertClose("loss", fixture.Values("loss"), [it.Loss(network, fixture)]);
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void The_first_step_has_PyTorchs_loss_and_gradients(string name, string backend)
    {
        PyTorchCase it = PyTorchCases.ByName[name];
        Fixture fixture = Fixture.Read(name);
        using Network network = Start(it, backend);
        Schedule(network, fixture);
        float loss = it.TrainStep(network, fixture);
        AssertClose("loss", fixture.Values("losses")[..1], [loss]);

        // The gradient of a bias before a batch norm is nothing but rounding: gradients are held against the largest of all.
        double steepest = fixture.Under("gradient/").Max(k => Largest(fixture.Values("gradient/" + k)));
        foreach (string parameter in fixture.Under("gradient/"))
            AssertClose("gradient of " + parameter, fixture.Values("gradient/" + parameter), network.Parameters[parameter].Gradients, steepest);
    }

    [Theory]
    [MemberData(nameof(NamesWithInputGradients))]
    public void Gradients_at_the_input_are_PyTorchs(string name, string backend)
    {
        PyTorchCase it = PyTorchCases.ByName[name];
        Fixture fixture = Fixture.Read(name);
        using Network network = Start(it, backend);
        float[] gradients = new float[fixture.Input(0).Length];
        float loss = it.InputGradients!(network, fixture, gradients);
        AssertClose("loss", fixture.Values("losses")[..1], [loss]);
        AssertClose("gradient of the input", fixture.Values("inputGradient/input.0"), gradients);
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void Training_steps_lead_to_PyTorchs_weights(string name, string backend)
    {
        PyTorchCase it = PyTorchCases.ByName[name];
        Fixture fixture = Fixture.Read(name);
        using Network network = Start(it, backend);
        Schedule(network, fixture);
        var losses = new float[fixture.Steps];
        for (int step = 0; step < losses.Length; step++)
            losses[step] = it.TrainStep(network, fixture);

        AssertClose("losses", fixture.Values("losses"), losses);
        foreach (string parameter in fixture.Under("after/"))
            AssertClose(parameter, fixture.Values("after/" + parameter), network.Parameters[parameter].Values);
        it.Predict(network, fixture);
        for (int i = 0; i < fixture.OutputCount; i++)
            AssertClose($"trained.{i}", fixture.Values($"trained.{i}"), fixture.Output(i));
    }

    private static Network Start(PyTorchCase it, string backend)
    {
        Network network = backend == "cpu" ? it.OnCpu() : it.OnReference();
        network.LoadWeights(Fixture.Path(it.Name), "initial/");
        return network;
    }

    private static void Schedule(Network network, Fixture fixture)
    {
        if (fixture.Schedule is not { } schedule)
            return;
        network.TotalSteps = schedule.Total;
        network.StepsPerEpoch = schedule.PerEpoch;
    }

    private static void AssertClose(string what, ReadOnlySpan<float> expected, ReadOnlySpan<float> actual, double scale = 0)
    {
        Assert.Equal(expected.Length, actual.Length);
        scale = Math.Max(1e-3, Math.Max(scale, Largest(expected)));
        for (int i = 0; i < expected.Length; i++)
        {
            double error = Math.Abs((double)expected[i] - actual[i]);
            Assert.True(error <= Tolerance * scale, $"{what}[{i}]: {actual[i]:R} instead of {expected[i]:R}, off by {error / scale:E1} of the largest value");
        }
    }

    private static double Largest(ReadOnlySpan<float> values)
    {
        double largest = 0;
        foreach (float value in values)
            largest = Math.Max(largest, Math.Abs(value));
        return largest;
    }
}
