using System;
using System.Linq;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Xunit;

namespace Dsl.Generator.Tests.Checking;

/// <summary>Layers that a user writes: DSL117 at the type argument and in the struct, their shapes, and layers of other assemblies.</summary>
public sealed class OwnLayerTests
{
    private const string Forward = "static void Forward(ReadOnlySpan<float> x, Span<float> y) { }";
    private const string Backward = "static void Backward(ReadOnlySpan<float> x, ReadOnlySpan<float> y, ReadOnlySpan<float> dy, Span<float> dx) { }";
    private const string ForwardWith = "static void Forward(ReadOnlySpan<float> x, ReadOnlySpan<float> w, Span<float> y) { }";
    private const string BackwardWith =
        "static void Backward(ReadOnlySpan<float> x, ReadOnlySpan<float> y, ReadOnlySpan<float> dy, ReadOnlySpan<float> w, Span<float> dx, Span<float> dw) { }";

    [Theory]
    [InlineData("[Layer] partial struct L { " + Forward + Backward + " }")]
    [InlineData("[Layer(Features = 5)] public readonly partial struct L { private const int ParameterCount = 2; private " + ForwardWith + " private " + BackwardWith + " }")]
    [InlineData("[Layer] internal partial struct L { public const int ParameterCount = 2; static void Initialize(Span<float> p, Random r) { } public " + ForwardWith + BackwardWith + " }")]
    [InlineData("[Layer] partial struct L { const int ParameterCount = 0; " + Forward + " } partial struct L { " + Backward + " }")]
    public void Right_ones(string layer) => Marked.Verify("using System; " + layer + " [Model, Input(4)] [Linear(3), Custom<L>] partial class M;");

    [Theory]
    [InlineData("[Layer] struct {|DSL117:L|} { " + Forward + Backward + " }")]
    [InlineData("[Layer] partial struct {|DSL117:L|} { " + Forward + " }")]
    [InlineData("[Layer] partial struct L { static int {|DSL117:Forward|}(ReadOnlySpan<float> x, Span<float> y) => 0; " + Backward + " }")]
    [InlineData("[Layer] partial struct L { static void {|DSL117:Forward|}(float[] x, Span<float> y) { } " + Backward + " }")]
    [InlineData("[Layer] partial struct L { static void {|DSL117:Forward|}(ReadOnlySpan<double> x, Span<float> y) { } " + Backward + " }")]
    [InlineData("[Layer] partial struct L { void {|DSL117:Forward|}(ReadOnlySpan<float> x, Span<float> y) { } " + Backward + " }")]
    [InlineData("[Layer] partial struct L { static void {|DSL117:Forward|}(in ReadOnlySpan<float> x, Span<float> y) { } " + Backward + " }")]
    [InlineData("[Layer] partial struct L { const int ParameterCount = 3; static void {|DSL117:Forward|}(ReadOnlySpan<float> x, Span<float> y) { } " + BackwardWith + " }")]
    [InlineData("[Layer] partial struct L { " + Forward + " static void {|DSL117:Backward|}(ReadOnlySpan<float> x, ReadOnlySpan<float> dy, Span<float> dx) { } }")]
    [InlineData("[Layer] partial struct L { const int {|DSL117:ParameterCount|} = -1; " + Forward + Backward + " }")]
    [InlineData("[Layer] partial struct L { static readonly int {|DSL117:ParameterCount|} = 1; " + Forward + Backward + " }")]
    [InlineData("[Layer] partial struct L { static void {|DSL117:Initialize|}(Span<float> p, Random r) { } " + Forward + Backward + " }")]
    [InlineData("[Layer] partial struct L { const int ParameterCount = 3; static void {|DSL117:Initialize|}(Span<float> p) { } " + ForwardWith + BackwardWith + " }")]
    [InlineData("[Layer(Features = {|DSL202:-2|})] partial struct L { " + Forward + Backward + " }")]
    [InlineData("[Layer] ref partial struct {|DSL117:L|} { " + Forward + Backward + " }", true)]
    public void Wrong_ones(string layer, bool isAlone = false) =>
        Marked.Verify("using System; " + layer + (isAlone ? "" : " [Model, Input(4)] [Linear(3), Custom<{|DSL117:L|}>, Linear(2)] partial class M;"));

    [Theory]
    [InlineData("string")]
    [InlineData("int")]
    [InlineData("System.Guid")]
    [InlineData("M")]
    public void No_layer(string type) => Marked.Verify($"[Model, Input(4)] [Linear(3), Custom<{{|DSL117:{type}|}}>] partial class M;");

    [Fact]
    public void The_messages_say_what_is_wanted()
    {
        Assert.Equal(
            [
                "Custom1 needs a struct that is marked Layer",
                "Custom2 takes L, which cannot be that: L.Forward must be static void Forward(ReadOnlySpan<float> x, Span<float> y)",
                "L.Forward must be static void Forward(ReadOnlySpan<float> x, Span<float> y)",
            ],
            Compiling.Analyze(Compiling.Compile("using System; using Dsl; [Layer] partial struct L { static void Forward() { } " + Backward + " } [Model, Input(4)] [Custom<int>, Linear(2), Custom<L>] partial class M;"))
                .Select(one => one.GetMessage()).Order(StringComparer.Ordinal));
    }

    [Fact]
    public void User_code_compiles_beside_a_wrong_one()
    {
        CSharpCompilation compilation = Compiling.Compile(
            "using System; using Dsl; [Layer] partial struct L { static void Forward() { } } [Model, Input(4)] [Linear(2), Custom<L>, CrossEntropy, Adam] partial class M;"
            + " class User { void Run() { GradientCheck.Run<L>(); new M().TrainStep(new float[4], new int[1]); var w = new M().Linear1.Weight; } }");
        Generating.Driver(compilation)
            .RunGeneratorsAndUpdateCompilation(compilation, out Compilation generated, out _);
        Assert.Equal("", string.Join("\n", generated.GetDiagnostics().Where(one => one.Severity == DiagnosticSeverity.Error)));
    }

    [Fact]
    public void Shapes_and_parameters_are_those_of_the_struct()
    {
        const string Layer = "[Layer(Features = 5)] partial struct L { const int ParameterCount = 7; " + ForwardWith + BackwardWith + " }";
        foreach ((string input, string shape) in new[] { ("4", "5"), ("6, 4", "6×5"), ("2, 6, 4", "2×6×5") })
        {
            Declaring.Declaration declaration = Reading.Declaration($"using System; using Dsl; {Layer} [Model, Input({input})] [Custom<L>] partial class M;");
            Networks.Graph.Network network = Networks.Checking.NetworkChecker.Check(declaration);
            Assert.Empty(network.Findings);
            Assert.Equal(shape, network.OutputShape.ToString());
            Assert.Equal(7, network.ParameterCount);
            Assert.Equal("weight", Assert.Single(network.Nodes[1].Parameters).Name);
        }
    }

    [Fact]
    public void A_layer_may_be_of_another_assembly()
    {
        CSharpCompilation library = Compiling.Compile("Library", ["using System; using Dsl; namespace Far { [Layer(Features = 2)] public partial struct L { const int ParameterCount = 3; " + ForwardWith + BackwardWith + " } }"], []);
        Generating.Driver(library)
            .RunGeneratorsAndUpdateCompilation(library, out Compilation compiled, out _);
        using System.IO.MemoryStream image = new();
        Assert.Empty(compiled.Emit(image).Diagnostics.Where(one => one.Severity == DiagnosticSeverity.Error));
        CSharpCompilation user = Compiling.Compile("User", ["using Dsl; [Model, Input(4)] [Custom<Far.L>] [MeanSquaredError, Adam] public partial class M;"], [MetadataReference.CreateFromImage(image.ToArray())]);
        Assert.Empty(Compiling.Analyze(user));
        Generating.Driver(user)
            .RunGeneratorsAndUpdateCompilation(user, out Compilation generated, out _);
        Assert.Equal("", string.Join("\n", generated.GetDiagnostics().Where(one => one.Severity == DiagnosticSeverity.Error)));
        Assert.Contains("ParameterCount = 3L", generated.SyntaxTrees.Last().ToString(), StringComparison.Ordinal);
    }
}
