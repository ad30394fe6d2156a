using System;
using System.Linq;
using Dsl.Generator.Declaring;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Xunit;

namespace Dsl.Generator.Tests.Checking;

/// <summary>What the generator cannot see because it is generated, the analyzer must not believe either (DSL202).</summary>
public sealed class GeneratedConstantTests
{
    private const string Other = " [Model, Input(4), Linear(3)] partial class Other;";

    [Theory]
    [InlineData("[Model, Input(4), Linear((int)Other.ParameterCount)] partial class M;", "DSL202 (int)Other.ParameterCount")]
    [InlineData("[Model, Input(4), Linear(features: (int)(2 + Other.FlopsPerSample), Bias = false)] partial class M;", "DSL202 (int)(2 + Other.FlopsPerSample)")]
    [InlineData("static class Sizes { public const int N = 2 * Half; const int Half = (int)Other.ParameterCount; } [Model, Input(4), Linear(Sizes.N)] partial class M;", "DSL202 Sizes.N")]
    [InlineData("enum Sizes { None, N = (int)Other.ParameterCount, Next } [Model, Input(4), Linear((int)Sizes.Next)] partial class M;", "DSL202 (int)Sizes.Next")]
    [InlineData("[Model, Input(1, (int)Other.ParameterCount, 8), Flatten, Linear(3)] partial class M;", "DSL202 (int)Other.ParameterCount")]
    [InlineData("[Model, Input(new[] { (int)Other.ParameterCount }), Linear(3)] partial class M;", "DSL202 new[] { (int)Other.ParameterCount }")]
    [InlineData("[Model, Input(4), Linear(3), CrossEntropy, Adam((double)Other.ParameterCount)] partial class M;", "DSL202 (double)Other.ParameterCount")]
    [InlineData("[Model, Input(4), Linear(3), CrossEntropy(LabelSmoothing = 1.0 / Other.ParameterCount)] partial class M;", "DSL202 1.0 / Other.ParameterCount")]
    [InlineData("[Model, Input(4), Linear((int)ParameterCount)] partial class M;", "DSL202 (int)ParameterCount")]
    [InlineData("[Model, Input(4), Linear(3), Budget(Parameters = Other.ParameterCount)] partial class M;", "DSL202 Other.ParameterCount")]
    [InlineData("[Block, Input(4), Linear((int)Other.ParameterCount)] partial class B; [Model, Input(4), Use<B>, Linear(2)] partial class M;", "DSL202 (int)Other.ParameterCount")]
    public void A_value_from_generated_code_is_an_error_at_the_argument(string source, string found)
    {
        // ParameterCount of a class outside a model is found in no scope of the attribute but through its class.
        Generating run = Generating.Run(source.Replace("(int)ParameterCount", "(int)M.ParameterCount", StringComparison.Ordinal) + Other);
        Assert.Equal([found.Replace("(int)ParameterCount", "(int)M.ParameterCount", StringComparison.Ordinal)], run.Squiggles());
        Assert.Contains("constant", run.Findings[0].GetMessage(), StringComparison.Ordinal);
        Assert.Equal("", run.AllErrors);
    }

    [Theory]
    [InlineData("static class Sizes { public const int N = 7; } [Model, Input(4), Linear(Sizes.N, Name = nameof(Other))] partial class M;")]
    [InlineData("static class Sizes { public const int N = (int)Other.ParameterCount; } [Model, Input(4), Linear(3, Name = nameof(Sizes.N))] partial class M;")]
    [InlineData("[Model, Input(4), Linear(3, Name = nameof(Other.Linear1)), Linear(3), Add(nameof(Other.Linear1))] partial class M;")]
    [InlineData("[Model, Input(4), Linear(int.MaxValue - 2147483640, Init = Init.Zeros), MaxOf] partial class M; class MaxOfAttribute : System.Attribute;")]
    public void A_value_of_ones_own_is_none(string source)
    {
        Generating run = Generating.Run(source + Other);
        Assert.Empty(run.Squiggles());
        Assert.Equal("", run.AllErrors);
        Assert.All(run.Result.GeneratedTrees, tree => Assert.DoesNotContain(GeneratorOutput.StubMark, tree.ToString(), StringComparison.Ordinal));
    }

    [Fact]
    public void A_name_of_something_generated_is_seen() =>
        Assert.Equal(["DSL110 nameof(Other.Predict)", "DSL106 nameof(Other.Linear1)"], Generating.Run("[Model, Input(4), Linear(3, Name = nameof(Other.Predict)), Linear(4), Linear(3), Add(nameof(Other.Linear1))] partial class M;" + Other).Squiggles());

    [Fact]
    public void A_value_of_another_assembly_is_one()
    {
        CSharpCompilation other = Compiling.Compile("Other", ["using Dsl; [Model, Input(4), Linear(3)] public partial class Other;"], []);
        using System.IO.MemoryStream image = new();
        Assert.True(Generating.Run(other).After.Emit(image).Success);
        Generating run = Generating.Run(Compiling.Compile("Test", ["using Dsl; [Model, Input(4), Linear((int)Other.ParameterCount)] partial class M;"], [MetadataReference.CreateFromImage(image.ToArray())]));
        Assert.Empty(run.Squiggles());
        Assert.Equal("", run.AllErrors);
    }

    [Theory]
    [InlineData("", "Linear(Made.Size)", "DSL202 Made.Size")]
    [InlineData("/work/app/obj", "Linear(Made.Size)", "DSL202 Made.Size")]
    [InlineData("/work/app/obj", "Use<MadeBlock>", "DSL115 MadeBlock")]
    public void So_is_one_from_another_generator(string folder, string layer, string found)
    {
        Generating run = Generating.Run(Compiling.Compile($"using Dsl; [Model, Input(4), {layer}, Linear(2)] partial class M;"), folder, new MakingGenerator().AsSourceGenerator());
        Assert.Equal([found], run.Squiggles());
        Assert.Equal("", run.AllErrors);
    }

    private sealed class MakingGenerator : IIncrementalGenerator
    {
        public void Initialize(IncrementalGeneratorInitializationContext context) => context.RegisterSourceOutput(context.CompilationProvider, static (output, _) =>
            output.AddSource("Made.g.cs", "// <auto-generated/>\nstatic class Made { public const int Size = 5; } [Dsl.Block, Dsl.Input(4), Dsl.Linear(4)] partial class MadeBlock;"));
    }
}
