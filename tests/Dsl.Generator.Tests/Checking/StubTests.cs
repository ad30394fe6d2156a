using System;
using System.Collections.Immutable;
using System.Linq;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Xunit;

namespace Dsl.Generator.Tests.Checking;

/// <summary>An error in a declaration is one error: code that uses the class compiles as before (README, Errors).</summary>
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
        Generating.Driver(compilation)
            .RunGeneratorsAndUpdateCompilation(compilation, out Compilation generated, out ImmutableArray<Diagnostic> _);
        string[] allowed = id is null ? ["CS1525", "CS7036"] : [];
        Assert.Equal("", string.Join("\n", generated.GetDiagnostics().Where(one => one.Severity == DiagnosticSeverity.Error && !allowed.Contains(one.Id))));
    }

    /// <summary>Whoever runs a program with an error in a declaration (a warning as the editor's, a suppressed error) is told why, whatever he calls.</summary>
    [Theory]
    [InlineData("new M()")]
    [InlineData("new M(seed: 3)")]
    [InlineData("M.On<Dsl.Runtime.CpuBackend>()")]
    [InlineData("M.Load(\"x\")")]
    [InlineData("M.Load(new System.ReadOnlySpan<byte>(new byte[8]))")]
    [InlineData("M.InputShape.Length")]
    [InlineData("M.OutputShape.Length")]
    [InlineData("new M.InputBatch(3)")]
    [InlineData("new M.OutputBatch(new float[5])")]
    [InlineData("default(M.GeneratedLayers.WeightBiasParameters).Weight")]
    [InlineData("default(M.GeneratedLayers.Use1Blocks).Count")]
    [InlineData("default(M.GeneratedLayers.Use1Blocks)[0]")]
    [InlineData("default(M.GeneratedLayers.Use1Block).Linear1")]
    [InlineData("default(M.GeneratedLayers.Use2Blocks).Count")]
    [InlineData("(object)default(M.GeneratedLayers.Use2Blocks)[0]")]
    [InlineData("((M)System.Runtime.CompilerServices.RuntimeHelpers.GetUninitializedObject(typeof(M))).Linear1")]
    [InlineData("((M)System.Runtime.CompilerServices.RuntimeHelpers.GetUninitializedObject(typeof(M))).Loss(new float[4], new int[1])")]
    public void Every_stub_says_that_the_declaration_has_errors(string call)
    {
        Generating run = Generating.Run(
            "[Block, Input(4), Linear(4)] partial class B; [Model, Input(4), Use<B>, Use<string>, Linear(0), CrossEntropy, Adam] public partial class M;",
            $"public static class Program {{ public static object Run() => {call}; }}");
        Assert.Equal(["DSL115 string", "DSL202 0"], run.Squiggles());
        System.Reflection.TargetInvocationException thrown = Assert.Throws<System.Reflection.TargetInvocationException>(() => run.Load().GetType("Program")!.GetMethod("Run")!.Invoke(null, null));
        Assert.Equal("The declaration of M has errors; the compiler shows them.", Assert.IsType<InvalidOperationException>(thrown.InnerException).Message);
    }
}
