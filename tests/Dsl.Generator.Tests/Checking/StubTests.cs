using System;
using System.Collections.Immutable;
using System.Linq;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Xunit;

namespace Dsl.Generator.Tests.Checking;

/// <summary>An error in a declaration is one error: code that uses the class compiles as before (language.md section 5).</summary>
public sealed class StubTests
{
    private const string User = """

        static class User
        {
            static void Run(System.ReadOnlySpan<float> inputs, System.ReadOnlySpan<int> labels, System.Span<float> outputs)
            {
                using var net = new Net(seed: 7);
                net.Predict(inputs, outputs);
                net.Probabilities(inputs, outputs);
                float loss = net.Loss(inputs, labels) + net.TrainStep(inputs, labels);
                net.Encode(inputs, outputs);
                net.Decode(inputs, outputs);
                net.LearningRate = 0.1;
                var weight = net.Conv2d1.Weight.Values;
                var bias = net.Linear1.Bias.Gradients;
                var deep = net.Use1[1].Conv2d1.Weight;
                var mean = net.Use1[0].BatchNorm2d1.RunningMean;
                long count = Net.ParameterCount + Net.InputShape.Length + Net.OutputShape.Length;
                net.CopyFrom(Net.Load("x"));
                net.Save("y");
            }
        }
        """;

    [Theory]
    [InlineData("[Input(1, 8, 8)]", "[Input(1, 8, 8)]", null)]
    [InlineData("[Input(1, 8, 8)]", "", "DSL104")]
    [InlineData("[Input(1, 8, 8)]", "[Input(1, 0, 8)]", "DSL202")]
    [InlineData("[Input(1, 8, 8)]", "[Input(64)]", "DSL201")]
    [InlineData("Conv2d(4, 3, Padding = 1), Use", "Conv2d(4, 30), Use", "DSL203")]
    [InlineData("Conv2d(4, 3, Padding = 1), Use", "Conv2d(4, 3, Groups = 0), Use", "DSL202")]
    [InlineData("Conv2d(4, 3, Padding = 1), Use", "Conv2d(4, 3, Bias = ), Use", null)]
    [InlineData("Conv2d(4, 3, Padding = 1), Use", "Conv2d(4), Use", null)]
    [InlineData("Conv2d(4, 3, Padding = 1), Use", "Conv2d(5, 3, Padding = 1), Use", "DSL209")]
    [InlineData("Repeat = 2", "Repeat = 0", "DSL202")]
    [InlineData("Use<Step>", "Use<Wrong>", "DSL115")]
    [InlineData("Flatten, ", "", "DSL201")]
    [InlineData("Expose(\"Encode\", \"Decode\")", "Expose(\"Encode\", \"Decode\", From = \"Nothing\")", "DSL106")]
    [InlineData("Linear(10)", "Linear(1)", "DSL301")]
    [InlineData("Linear(10)", "Linear(10, From = \"Input\")", "DSL201")]
    [InlineData("CrossEntropy,", "CrossEntropy, Hinge,", "DSL112")]
    [InlineData("CrossEntropy,", "CrossEntropy(LabelSmoothing = 2),", "DSL202")]
    [InlineData("/* step */", "Linear(3),", "DSL201")]
    [InlineData("/* other part */", "[ReLU] partial class Net;", "DSL105")]
    [InlineData("/* other part */", "partial class Net { int Summary; }", "DSL110")]
    public void User_code_compiles_beside_an_error(string right, string wrong, string? id)
    {
        string source = """
            using Dsl;
            class Wrong;
            [Block, Input(4, 8, 8)] [/* step */ Conv2d(4, 3, Padding = 1), BatchNorm2d, ReLU] partial class Step;
            [Model] [Input(1, 8, 8)]
            [Conv2d(4, 3, Padding = 1), Use<Step>(Repeat = 2), Expose("Encode", "Decode"), Flatten, Linear(10)]
            [CrossEntropy, Adam]
            partial class Net;
            /* other part */
            """;
        Assert.Contains(right, source, StringComparison.Ordinal);
        CSharpCompilation compilation = Compiling.Compile(source.Replace(right, wrong, StringComparison.Ordinal) + User);
        if (id is not null)
            Assert.Contains(Compiling.Analyze(compilation), one => one.Id == id);
        CSharpGeneratorDriver.Create([new ModelGenerator().AsSourceGenerator()], parseOptions: (CSharpParseOptions)compilation.SyntaxTrees[0].Options)
            .RunGeneratorsAndUpdateCompilation(compilation, out Compilation generated, out ImmutableArray<Diagnostic> _);
        string[] allowed = id is null ? ["CS1525", "CS7036"] : [];
        Assert.Equal("", string.Join("\n", generated.GetDiagnostics().Where(one => one.Severity == DiagnosticSeverity.Error && !allowed.Contains(one.Id))));
    }
}
