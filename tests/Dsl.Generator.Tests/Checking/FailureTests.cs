using System;
using System.Linq;
using Dsl.Generator.Declaring;
using Dsl.Generator.Networks.Graph;
using Dsl.Generator.Networks.Planning;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Xunit;

namespace Dsl.Generator.Tests.Checking;

/// <summary>DSL120: what the compiler throws at one class costs that class alone, and is one diagnostic.</summary>
public sealed class FailureTests
{
    // As a user's attributes they stand in namespace Dsl.
    private const string Attributes = """

        namespace Dsl
        {
            sealed class ThrowingShapeAttribute : System.Attribute;
            sealed class ThrowingCodeAttribute : System.Attribute;
            sealed class ThrowingReadAttribute : System.Attribute;
        }
        """;

    private const string Others = """

        [Model, Input(4), Linear(3), CrossEntropy, Adam] partial class Right;
        [Model, Input(4), Linear(0)] partial class Wrong;
        static class User
        {
            static void Run(float[] x, int[] labels, float[] y)
            {
                using M net = new(seed: 7);
                net.Predict(x, y);
                float loss = net.TrainStep(x, labels) + M.ParameterCount;
                M.Load("x").CopyFrom(net);
                new Right().Predict(x, y);
            }
        }
        """;

    static FailureTests()
    {
        FurtherConstructs.Add("ThrowingShape", () => ThrowingShape.Instance);
        FurtherConstructs.Add("ThrowingCode", () => ThrowingCode.Instance);
        FurtherConstructs.Add("ThrowingRead", () => throw new InvalidOperationException("read\nsecond line"));
    }

    [Theory]
    [InlineData("ThrowingShape", "System.InvalidOperationException: shape")]
    [InlineData("ThrowingCode", "System.NotSupportedException: code")]
    [InlineData("ThrowingRead", "System.InvalidOperationException: read")]
    public void What_a_rule_throws_is_one_diagnostic_and_costs_that_model_alone(string rule, string message)
    {
        string layers = rule == "ThrowingRead" ? "" : "static class Deep { static void Run(M net) { net.Linear1.Weight.Values.Clear(); net.Look(default, default); } }";
        Generating run = Generating.Run($"[Model, Input(4), Linear(3), {rule}, Expose(\"Look\"), Linear(0 + 2), CrossEntropy, Adam] partial class {{|M|}}; {layers}".Replace("{|M|}", "M", StringComparison.Ordinal) + Others + Attributes);
        Assert.Equal(["DSL120 M", "DSL202 0"], run.Squiggles());
        string text = run.Findings[0].GetMessage();
        Assert.Contains($"({message})", text, StringComparison.Ordinal);
        Assert.Contains("issue tracker", text, StringComparison.Ordinal);
        Assert.Equal("", run.AllErrors);
        Assert.Equal(3, run.Result.GeneratedTrees.Length);
    }

    [Fact]
    public void What_a_rule_throws_in_a_block_is_reported_where_it_is_met()
    {
        Generating run = Generating.Run("[Block, Input(4), Linear(4), ThrowingShape] partial class B; [Model, Input(4), Use<B>, Linear(3)] partial class M; [Model, Input(4), Linear(3)] partial class N;" + Attributes);
        Assert.Equal(["DSL120 B", "DSL120 M"], run.Squiggles());
        Assert.Equal("", run.AllErrors);
    }

    [Fact]
    public void Other_models_are_not_generated_again()
    {
        CSharpCompilation compilation = Compiling.Compile(
            "using Dsl; [Model, Input(4), Linear(3)] partial class M;",
            "using Dsl; [Model, Input(4), Linear(3)] partial class N;",
            Attributes);
        GeneratorDriver driver = CSharpGeneratorDriver.Create(
            [new ModelGenerator().AsSourceGenerator()],
            parseOptions: (CSharpParseOptions)compilation.SyntaxTrees[0].Options,
            driverOptions: new GeneratorDriverOptions(IncrementalGeneratorOutputKind.None, trackIncrementalGeneratorSteps: true));
        driver = driver.RunGenerators(compilation);
        SyntaxTree broken = CSharpSyntaxTree.ParseText("using Dsl; [Model, Input(4), Linear(3), ThrowingCode] partial class M;", (CSharpParseOptions)compilation.SyntaxTrees[0].Options, "File0.cs");
        GeneratorRunResult result = driver.RunGenerators(compilation.ReplaceSyntaxTree(compilation.SyntaxTrees[0], broken)).GetRunResult().Results[0];
        Assert.Null(result.Exception);
        Assert.Equal(
            [IncrementalStepRunReason.Modified, IncrementalStepRunReason.Cached],
            result.TrackedOutputSteps.SelectMany(step => step.Value).SelectMany(step => step.Outputs).Select(output => output.Reason).OrderBy(reason => reason));
    }

    [Theory]
    [InlineData("[Block, Input(8), Conv2d(3, 3)] partial class B;", "DSL201 Conv2d(3, 3)")]
    [InlineData("[Block, Input(8), Linear(8), Use<B>] partial class B;", "DSL114 Use<B>")]
    [InlineData("[Block, Input(8), Linear(8), Use<C>] partial class B; [Block, Input(8), Use<B>] partial class C;", "DSL114 Use<C>", "DSL114 Use<B>")]
    [InlineData("[Block, Input(8), Linear({|0|})] partial class B;", "DSL202 0")]
    [InlineData("[Block, Input(8), Use<string>] partial class B;", "DSL115 string")]
    public void A_wrong_block_off_the_way_to_the_output_is_its_own_error_only(string block, params string[] found)
    {
        Generating run = Generating.Run($"{block.Replace("{|", "", StringComparison.Ordinal).Replace("|}", "", StringComparison.Ordinal)} [Model, Input(8), Use<B>, BatchNorm1d, Linear(3, From = \"Input\"), CrossEntropy, Adam] partial class M; [Model, Input(8), Linear(3)] partial class N;");
        Assert.Equal(found, run.Squiggles());
        Assert.Equal("", run.AllErrors);
        Assert.Equal(2, run.Result.GeneratedTrees.Length);
    }

    private sealed class ThrowingShape : Layer
    {
        public static ThrowingShape Instance { get; } = new();

        public override string Name => nameof(ThrowingShape);

        public override Shape OutputOf(LayerSite site) => throw new InvalidOperationException("shape\r\nand more");
    }

    private sealed class ThrowingCode : Layer
    {
        public static ThrowingCode Instance { get; } = new();

        public override string Name => nameof(ThrowingCode);

        public override void Lower(Lowering lowering, FusedGroup group) => throw new NotSupportedException("code");
    }
}
