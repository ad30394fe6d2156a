using System;
using System.Linq;
using Dsl.Generator.Networks.Planning;
using Xunit;

namespace Dsl.Generator.Tests.Planning;

/// <summary>Which weights the runtime is told to have in their prepared form alone.</summary>
public sealed class HeldWeightsTests
{
    [Theory]
    [InlineData("[Input(64, 8, 8), Conv2d(256, 1), ReLU, GlobalAvgPool2d, Linear(100), ReLU, Linear(10)]", "Conv2d1.weight Linear1.weight")]
    [InlineData("[Input(64, 8, 8), Conv2d(256, 1), GlobalAvgPool2d, Linear(100), Linear(10), CrossEntropy, Adam, Expose(\"Features\", UpTo = \"GlobalAvgPool2d1\")]", "Conv2d1.weight Linear1.weight")]
    [InlineData("[Input(64, 8, 8), Conv2d(256, 3, Padding = 1), Flatten, Linear(10)]", "Linear1.weight")]
    [InlineData("[Input(64, 8, 8), Conv2d(8, 1), Flatten, Linear(10)]", "")]
    public void Large_ones_that_nothing_reads_as_they_are(string declared, string held)
    {
        Program program = Planner.Plan(Reading.Network(declared));
        string[] names = [.. program.Preparation.Operations.Where(IsHold).Select(one => one.Of("weight").Storage!.Name)];
        Assert.Equal(held.Split(' ', StringSplitOptions.RemoveEmptyEntries), names);
    }

    [Fact]
    public void They_are_given_up_right_behind_what_prepares_them()
    {
        Program program = Planner.Plan(Reading.Network("[Input(64, 8, 8), Conv2d(256, 1), BatchNorm2d, ReLU, GlobalAvgPool2d, Linear(100)]"));
        int hold = program.Preparation.Operations.FindIndex(IsHold);
        Assert.Equal(Operations.PrepareConv2d, program.Preparation.Operations[hold - 1].Signature);
        Assert.Equal(program.Preparation.Operations[hold - 1].Operands, program.Preparation.Operations[hold].Operands);
    }

    [Fact]
    public void A_run_that_reads_them_as_they_are_is_no_program()
    {
        Program program = Planner.Plan(Reading.Network("[Input(64, 8, 8), Conv2d(256, 1), GlobalAvgPool2d, Linear(100)]"));
        Storage weight = program.Preparation.Operations.First(IsHold).Of("weight").Storage!;
        Operation linear = program.EntryPoints[0].Pass.Operations.Single(one => one.Signature == Operations.Linear);
        linear.Operands[2] = Operand.Buffer(weight);
        Assert.Contains(Verifier.Verify(program), one => one.Contains("reads Conv2d1.weight", StringComparison.Ordinal) && one.Contains("prepared form alone", StringComparison.Ordinal));
    }

    private static bool IsHold(Operation operation) => operation.Signature == Operations.HoldLinear || operation.Signature == Operations.HoldConv2d;
}
