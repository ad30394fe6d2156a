using System.Collections.Generic;
using System.Linq;
using Dsl.Generator.Networks.Planning;
using Xunit;

namespace Dsl.Generator.Tests.Planning;

/// <summary>The end of a residual in training: a batch norm takes along the sum behind it, and the function behind that.</summary>
public sealed class ResidualTests
{
    private const string Stem = "[Input(3, 8, 8), Conv2d(4, 3, Padding = 1, Name = \"Stem\"), ";
    private const string End = ", Flatten, Linear(5), CrossEntropy, SGD(0.1)]";

    [Fact]
    public void A_norm_takes_sum_and_function_along()
    {
        List<string> names = Training(Stem + "Conv2d(4, 3, Padding = 1), BatchNorm2d, Add(\"Stem\"), ReLU" + End);
        Assert.Equal(1, names.Count(name => name == "BatchNormAdd"));
        Assert.Equal(1, names.Count(name => name == "BatchNormAddBackward"));
        Assert.DoesNotContain(names, name => name is "BatchNorm" or "Add" or "Unary" or "UnaryBackward" or "Copy");
    }

    [Fact]
    public void Of_two_norms_the_later_one_does()
    {
        List<string> names = Training(Stem + "BatchNorm2d(Name = \"Body\"), Conv2d(4, 1, From = \"Stem\"), BatchNorm2d, Add(\"Body\")" + End);
        Assert.Equal(1, names.Count(name => name == "BatchNorm"));
        Assert.Equal(1, names.Count(name => name == "BatchNormAdd"));
        Assert.DoesNotContain("Add", names);
    }

    [Theory]
    [InlineData("Conv2d(4, 3, Padding = 1), BatchNorm2d(Trainable = false), Add(\"Stem\"), ReLU")]
    [InlineData("BatchNorm2d(Name = \"Norm\"), ReLU, Add(\"Norm\")")]
    [InlineData("BatchNorm2d(Name = \"Norm\"), Conv2d(4, 1, From = \"Stem\"), Add(\"Norm\")")]
    [InlineData("Conv2d(4, 1), Conv2d(4, 1, Name = \"Other\"), BatchNorm2d, Add(\"Stem\", \"Other\")")]
    public void A_frozen_norm_one_that_others_read_and_sums_of_more_or_of_what_is_not_there_yet_stay_apart(string layers)
    {
        List<string> names = Training(Stem + layers + End);
        Assert.Contains("Add", names);
        Assert.DoesNotContain("BatchNormAdd", names);
    }

    private static List<string> Training(string declared)
    {
        Program program = Planner.Plan(Reading.Network(declared));
        Assert.Empty(Verifier.Verify(program));
        return [.. program.EntryPoints.Single(entry => entry.Name == "TrainStep").Stages.SelectMany(stage => stage.Operations).Select(operation => operation.Signature.Name)];
    }
}
