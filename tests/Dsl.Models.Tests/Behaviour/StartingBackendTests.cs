using System;
using System.Linq;
using System.Reflection;
using Dsl;
using Dsl.Conformance;
using Dsl.Runtime;
using Xunit;

namespace ModelTests.Behaviour;

[Model]
[Input(4)]
[Linear(6), ReLU, Linear(3)]
[CrossEntropy, SGD(0.1)]
public partial class FirstNet;

/// <summary>How far a device comes with few operations of its own.</summary>
public sealed class StartingBackendTests
{
    // Memory, and what the runtime asks outside of steps.
    private static readonly string[] Services = ["get_UsesHostMemory", "Allocate", "AllocateInts", "Free", "Write", "Read", "AllFinite"];

    private static readonly float[] Sample = [0.5f, -1, 2, 0.25f];

    [Fact]
    public void Two_operations_predict_and_five_more_train()
    {
        Assert.Equal(
            ["CheckGradients", "CrossEntropy", "Linear", "LinearBackward", "PrepareLinear", "PrepareLinearBackward", "Sgd"],
            OperationsOf(typeof(FirstBackend)));
        using var first = FirstNet.On<FirstBackend>(1);
        using var complete = FirstNet.On<ReferenceBackend>(1);
        for (int step = 0; step < 3; step++)
        {
            float[] scores = new float[3];
            float[] expected = new float[3];
            first.Predict(Sample, scores);
            complete.Predict(Sample, expected);
            Assert.Equal(expected, scores);
            Assert.Equal(complete.TrainStep(Sample, [2]), first.TrainStep(Sample, [2]));
        }
    }

    [Fact]
    public void An_operation_that_is_not_there_is_named()
    {
        using var network = DigitNet.On<FirstBackend>(1);
        var error = Assert.Throws<NotSupportedException>(() => network.Predict(new float[64], new float[10]));
        Assert.Contains("FirstBackend does not have the operation PrepareConv2d yet", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_verdict_on_a_step_that_was_not_made_is_a_mistake_of_the_backend()
    {
        using var network = FirstNet.On<MisnumberingBackend>(1);
        network.TrainStep(Sample, [2]);
        network.TrainStep(Sample, [2]);
        var error = Assert.Throws<InvalidOperationException>(() => network.TrainStep([float.NaN, 0, 0, 0], [2]));
        Assert.Contains("MisnumberingBackend refused step 1, but made 2 to 2", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Eighteen_operations_are_made_of_others() =>
        Assert.Equal(18, OperationsOf(typeof(ReferenceBackend)).Length - OperationsOf(typeof(StartingBackend)).Length);

    private static string[] OperationsOf(Type backend)
    {
        string[] seam = [.. typeof(IBackend).GetMethods().Select(method => method.Name)];
        return [.. backend.GetMethods(BindingFlags.Public | BindingFlags.Static).Select(method => method.Name)
            .Where(name => seam.Contains(name) && !Services.Contains(name)).Distinct().Order(StringComparer.Ordinal)];
    }
}
