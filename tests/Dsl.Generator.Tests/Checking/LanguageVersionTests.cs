using System;
using System.Linq;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Xunit;

namespace Dsl.Generator.Tests.Checking;

/// <summary>Generated code compiles from C# 11 on; below that there is one error, and members that compile (DSL119).</summary>
public sealed class LanguageVersionTests
{
    // Everything that the emitter has forms for, in the C# of 2017.
    private const string Source = """
        using Dsl;
        [Block, Input(4), Linear(4), ReLU] partial class Inner { }
        [Model, Input(1, 8, 8), Conv2d(4, 3), BatchNorm2d, ReLU, MaxPool2d(2), Flatten, Expose("Look", "Rest"), Linear(4), Output("side"), Linear(2)]
        [CrossEntropy, Adam, Cosine]
        partial class M { }
        static class User
        {
            static void Run(float[] x, int[] labels, float[] y)
            {
                using (M net = new M(seed: 7))
                {
                    net.Predict(x, y, y);
                    float loss = net.TrainStep(x, labels) + M.ParameterCount + M.InputShape.Length;
                    net.Conv2d1.Weight.Values.Clear();
                    net.Look(x, y);
                    M.Load("x").CopyFrom(net);
                    M.On<Dsl.Runtime.CpuBackend>();
                }
            }
        }
        """;

    [Theory]
    [InlineData(LanguageVersion.CSharp11)]
    [InlineData(LanguageVersion.CSharp12)]
    [InlineData(LanguageVersion.CSharp13)]
    [InlineData(LanguageVersion.Latest)]
    [InlineData(LanguageVersion.Preview)]
    public void A_version_that_is_new_enough(LanguageVersion version)
    {
        Generating run = Generating.Run(Compiling.Compile(version, Source, "using Dsl; [Model, Input(4), Use<Inner>(Repeat = 2), Linear(2)] partial class Deep { }"));
        Assert.Empty(run.Squiggles());
        Assert.Equal("", run.AllErrors);
        Assert.All(run.Result.GeneratedTrees, tree => Assert.Contains("class Program<TBackend>", tree.ToString(), StringComparison.Ordinal));
    }

    [Theory]
    [InlineData(LanguageVersion.CSharp7_3, "7.3")]
    [InlineData(LanguageVersion.CSharp8, "8.0")]
    [InlineData(LanguageVersion.CSharp9, "9.0")]
    [InlineData(LanguageVersion.CSharp10, "10.0")]
    public void A_version_that_is_too_old(LanguageVersion version, string shown)
    {
        Generating run = Generating.Run(Compiling.Compile(version, Source));
        Assert.Equal(["DSL119 M"], run.Squiggles());
        Assert.Contains($"C# {shown}", run.Findings[0].GetMessage(), StringComparison.Ordinal);
        Assert.Contains("C# 11.0", run.Findings[0].GetMessage(), StringComparison.Ordinal);
        // Static abstract members are an error wherever such an interface is named, in the user's code as in ours.
        Assert.Equal("", run.AllErrors);
    }

    [Theory]
    [InlineData(LanguageVersion.CSharp5)]
    [InlineData(LanguageVersion.CSharp7)]
    public void Far_too_old_a_version_gets_nothing(LanguageVersion version)
    {
        Generating run = Generating.Run(Compiling.Compile(version, "using Dsl; [Model, Input(4), Linear(3)] partial class M { } [Block, Input(4)] partial class B { }"));
        Assert.Equal(["DSL119 M"], run.Squiggles());
        Assert.Empty(run.Result.GeneratedTrees);
        Assert.Equal("", run.AllErrors);
    }
}
