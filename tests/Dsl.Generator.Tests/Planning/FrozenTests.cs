using System.Collections.Generic;
using System.Linq;
using Dsl.Generator.Networks.Planning;
using Xunit;

namespace Dsl.Generator.Tests.Planning;

/// <summary>What a training step makes of layers below the first one that learns: they fuse as in inference.</summary>
public sealed class FrozenTests
{
    private const string Start = "[Input(3, 8, 8), ";
    private const string End = ", Flatten, Linear(5), CrossEntropy, SGD(0.1)]";

    [Theory]
    [InlineData("Conv2d(4, 3, Trainable = false), BatchNorm2d(Trainable = false), ReLU")]
    [InlineData("Conv2d(4, 3, Trainable = false), BatchNorm2d(Trainable = false), GELU, MaxPool2d(2)")]
    [InlineData("DepthwiseConv2d(3, Trainable = false), BatchNorm2d(Trainable = false), ReLU6")]
    [InlineData("Flatten, Linear(4, Trainable = false), BatchNorm1d(Trainable = false), GELU")]
    public void A_frozen_norm_folds_into_frozen_weights_and_any_function_rides(string layers)
    {
        List<string> names = Training(layers);
        Assert.Contains("FoldBatchNorm", names);
        Assert.DoesNotContain(names, name => name is "ScaleShift" or "Unary" or "MaxPool2d" or "ScaleShiftBackward");
    }

    [Theory]
    [InlineData("Conv2d(4, 3, Trainable = false), BatchNorm2d, ReLU", "BatchNorm")]
    [InlineData("Conv2d(4, 3), BatchNorm2d(Trainable = false), ReLU", "ScaleShift")]
    [InlineData("Conv2d(4, 3), Conv2d(4, 3, Trainable = false), BatchNorm2d(Trainable = false), ReLU", "ScaleShift")]
    [InlineData("Conv2d(4, 3), Conv2d(4, 3, Trainable = false), GELU", "Unary")]
    public void Where_a_gradient_passes_or_a_norm_learns_they_stay_apart(string layers, string apart) => Assert.Contains(apart, Training(layers));

    private static List<string> Training(string layers)
    {
        Program program = Planner.Plan(Reading.Network(Start + layers + End));
        Assert.Empty(Verifier.Verify(program));
        return [.. program.EntryPoints.Single(entry => entry.Name == "TrainStep").Stages.SelectMany(stage => stage.Operations).Select(operation => operation.Signature.Name)];
    }
}
