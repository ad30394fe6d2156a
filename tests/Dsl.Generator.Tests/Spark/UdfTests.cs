using System;
using System.Collections.Generic;
using System.Linq;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Xunit;

namespace Dsl.Generator.Tests.Spark;

/// <summary>Methods marked <c>[SparkUdf]</c>: DSL401-405 where they belong, and one generated file for each right one.</summary>
public sealed class UdfTests
{
    private const string Points = " record Point(double X, double? Y); record struct Pair(int A, Point? B); record Ring(int A, Ring? Next); record Empty; record Wrong(System.Guid Id);";

    [Theory]
    [InlineData("double F(double x, double? y)")]
    [InlineData("string? F(string a, string? b, bool c, bool? d)")]
    [InlineData("decimal F(sbyte a, short b, int c, long d, float e, decimal f)")]
    [InlineData("DateTime? F(DateOnly a, DateTime? b, byte[]? c)")]
    [InlineData("ReadOnlySpan<char> F(ReadOnlySpan<char> a, ReadOnlySpan<byte> b, ReadOnlySpan<float> c)")]
    [InlineData("double[]? F(int[] a, string[] b, string?[]? c)")]
    [InlineData("Pair? F(Point a, Pair? b)")]
    [InlineData("void F(ReadOnlySpan<double> a, ReadOnlySpan<sbyte> b, Span<float> c)")]
    public void Right_ones(string signature) => Verify($"static partial class U {{ [SparkUdf] public static {signature} => throw null!; }}");

    [Theory]
    [InlineData("{|DSL401:Guid|} F(double x)")]
    [InlineData("double F({|DSL401:uint|} x, {|DSL401:byte|} y, {|DSL401:object|} z)")]
    [InlineData("double F({|DSL401:ulong|} x, {|DSL401:ushort?|} y, {|DSL401:char|} z)")]
    [InlineData("{|DSL401:void|} F(double x)")]
    [InlineData("double F({|DSL401:ReadOnlySpan<bool>|} x)")]
    [InlineData("double F({|DSL401:Span<double>|} x)")]
    [InlineData("double F({|DSL401:bool[]|} x, {|DSL401:double[,]|} y, {|DSL401:double[][]|} z)")]
    [InlineData("double F({|DSL401:List<double>|} x)")]
    [InlineData("double F({|DSL401:Ring|} x, {|DSL401:Empty|} y, {|DSL401:Wrong?|} z)")]
    [InlineData("void F({|DSL401:double|} x, ReadOnlySpan<double> y, Span<double> z)")]
    [InlineData("void F(ReadOnlySpan<double> y, {|DSL401:Span<char>|} z)")]
    [InlineData("{|DSL401:System.Threading.Tasks.Task|} F(double x)")]
    [InlineData("double F({|DSL403:ReadOnlySpan<double?>|} x, {|DSL403:int?[]|} y)")]
    [InlineData("void F({|DSL403:ReadOnlySpan<double?>|} x, {|DSL403:Span<double?>|} y)")]
    [InlineData("double {|DSL402:F|}()")]
    [InlineData("double {|DSL402:F|}<T>(double x)")]
    [InlineData("double F(ref double {|DSL402:x|}, in int {|DSL402:y|})")]
    public void Wrong_ones(string signature) => Verify($"static partial class U {{ [SparkUdf] public static {signature} => throw null!; }}");

    [Theory]
    [InlineData("partial class U { [SparkUdf] public double {|DSL402:F|}(double x) => x; }")]
    [InlineData("partial class U { [SparkUdf] static double F(double x) => x; [SparkUdf] static float {|DSL402:F|}(float x, float y) => x; }")]
    [InlineData("partial class U { [SparkUdf, SparkMap] static IEnumerable<Point> {|DSL402:F|}(IEnumerable<Point> x) => x; }")]
    [InlineData("static class {|DSL404:U|} { [SparkUdf] static double F(double x) => x; [SparkUdf] static double G(double x) => x; }")]
    [InlineData("static partial class {|DSL404:U|}<T> { [SparkUdf] static double F(double x) => x; }")]
    [InlineData("class O { static partial class {|DSL404:U|} { [SparkUdf] static double F(double x) => x; } }")]
    [InlineData("file static partial class {|DSL404:U|} { [SparkUdf] static double F(double x) => x; }")]
    [InlineData("partial interface {|DSL404:U|} { [SparkUdf] static double F(double x) => x; }")]
    [InlineData("[Model, Input(4), Linear(2)] partial class {|DSL404:U|} { [SparkUdf] static double F(double x) => x; }")]
    [InlineData("static partial class U { [SparkUdf(Precision = {|DSL202:39|})] static decimal F(decimal x) => x; }")]
    [InlineData("static partial class U { [SparkUdf(Precision = 5, Scale = {|DSL202:6|})] static decimal F(decimal x) => x; }")]
    public void Wrong_places(string source) => Verify(source);

    [Theory]
    [InlineData("IEnumerable<Point> F(IEnumerable<Pair> rows)")]
    [InlineData("IEnumerable<Pair> F(IEnumerable<Point> barrier, Dsl.Spark.Executors.ITask task)")]
    public void Right_maps(string signature) => Verify($"static partial class U {{ [SparkMap] public static {signature} => throw null!; }}");

    [Theory]
    [InlineData("{|DSL401:List<Point>|} F({|DSL401:Point[]|} rows)")]
    [InlineData("{|DSL401:IEnumerable<double>|} F({|DSL401:IEnumerable<Wrong>|} rows)")]
    [InlineData("{|DSL403:IEnumerable<Point?>|} F(IEnumerable<Point> rows)")]
    [InlineData("{|DSL401:void|} F(IEnumerable<Point> rows)")]
    [InlineData("IEnumerable<Point> {|DSL402:F|}(IEnumerable<Point> rows, int surplus)")]
    [InlineData("IEnumerable<Point> {|DSL402:F|}(IEnumerable<Point> rows, Dsl.Spark.Executors.ITask task, int surplus)")]
    [InlineData("IEnumerable<Point> {|DSL402:F|}()")]
    public void Wrong_maps(string signature) => Verify($"static partial class U {{ [SparkMap] public static {signature} => throw null!; }}");

    [Fact]
    public void Without_the_library_the_mark_is_wrong() =>
        Marked.Verify("static partial class U { [{|DSL405:SparkUdf|}] static double F(double x) => x; [{|DSL405:SparkUdf(Name = \"g\")|}] static System.Guid G(double x) => default; }");

    [Fact]
    public void The_messages_say_what_is_wanted() => Assert.Equal(
        [
            "U must be partial, so that a method over columns can be generated beside the marked one",
            "U.F must be static: there is no instance on an executor",
            "The result of U.G is a Guid, which no column has; there are bool, sbyte, short, int, long, float, double, decimal, string, DateOnly, DateTime, byte[], arrays and spans of numbers, string[] and records of these",
            "x of U.G is a uint, but Spark's integers have a sign: take long",
            "x of U.H is a span of double?, but it views a column's numbers, among which there is no null: take ReadOnlySpan<double>",
            "x of U.I has Outer.Inner, which has Inner.Id, which is a uint, but Spark's integers have a sign: take long",
        ],
        Compiling.Analyze(Compile(
            "using System; using Dsl; record Inner(uint Id); record Outer(Inner Inner); class U { [SparkUdf] double F(double x) => x; [SparkUdf] static Guid G(uint x) => default; "
            + "[SparkUdf] static double H(ReadOnlySpan<double?> x) => 0; [SparkUdf] static int I(Outer x) => 0; }")).Select(one => one.GetMessage()));

    [Fact]
    public void A_class_in_a_class_gets_its_part()
    {
        Generating run = Run("namespace A.B; public partial struct S { internal partial record R { [SparkUdf] private protected static double @class(double @int) => @int; } }");
        Assert.Equal("", run.AllErrors);
        Assert.Empty(run.Findings);
        string text = Assert.Single(run.Result.GeneratedTrees).ToString();
        Assert.Contains("private protected static global::Dsl.Spark.Sql.Column @class(global::Dsl.Spark.Sql.Column @int)", text, StringComparison.Ordinal);
        Assert.Contains("global::A.B.S.R.@class(", text, StringComparison.Ordinal);
    }

    [Fact]
    public void A_wrong_one_keeps_its_method_over_columns()
    {
        Generating run = Run("static partial class U { [SparkUdf] public static System.Guid F(double x) => default; static Dsl.Spark.Sql.Column Use(Dsl.Spark.Sql.Column c) => F(c); }");
        Assert.Equal("", run.AllErrors);
        Assert.Equal(["DSL401 System.Guid"], run.Squiggles());
    }

    [Fact]
    public void A_member_of_the_users_may_have_the_class_name()
    {
        Generating run = Run("static partial class U { [SparkUdf] public static double F(double x) => x; static int FFunction => 1; }");
        Assert.Equal("", run.AllErrors);
        Assert.Contains("class FFunction2 ", run.Result.GeneratedTrees.Single().ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public void An_edit_of_one_method_changes_its_file_alone()
    {
        CSharpCompilation compilation = Compile(
            "using Dsl; static partial class U { [SparkUdf] static double F(double x) => x; [SparkUdf] static double G(double x) => x; }",
            "class Ledger { int Count = 1; }");
        GeneratorDriver driver = CSharpGeneratorDriver
            .Create([new ModelGenerator().AsSourceGenerator()], driverOptions: new GeneratorDriverOptions(IncrementalGeneratorOutputKind.None, trackIncrementalGeneratorSteps: true))
            .RunGenerators(compilation);
        Assert.Equal(2, driver.GetRunResult().GeneratedTrees.Length);

        compilation = Edit(compilation, 1, "class Ledger { int Count = 2; }");
        driver = driver.RunGenerators(compilation);
        Assert.Empty(Redone(driver));
        compilation = Edit(compilation, 0, "using Dsl; static partial class U { [SparkUdf] static double F(double x) => x + 1; [SparkUdf] static double G(double x) => x; }");
        driver = driver.RunGenerators(compilation);
        Assert.Empty(Redone(driver));
        compilation = Edit(compilation, 0, "using Dsl; static partial class U { [SparkUdf] static double F(float x) => x + 1; [SparkUdf] static double G(double x) => x; }");
        driver = driver.RunGenerators(compilation);
        Assert.Equal([IncrementalStepRunReason.Modified], Redone(driver));
        Assert.Equal(
            CSharpGeneratorDriver.Create(new ModelGenerator()).RunGenerators(compilation).GetRunResult().GeneratedTrees.Select(tree => tree.ToString()),
            driver.GetRunResult().GeneratedTrees.Select(tree => tree.ToString()));
    }

    private static void Verify(string source) => Marked.Verify([Compiling.Spark], "using System; using System.Collections.Generic; " + source + Points);

    private static Generating Run(string source) => Generating.Run(Compile("using Dsl;\n" + source));

    private static CSharpCompilation Compile(params string[] sources) => Compiling.Compile(sources).AddReferences(Compiling.Spark);

    private static CSharpCompilation Edit(CSharpCompilation compilation, int file, string source)
    {
        SyntaxTree old = compilation.SyntaxTrees[file];
        return compilation.ReplaceSyntaxTree(old, CSharpSyntaxTree.ParseText(source, (CSharpParseOptions)old.Options, old.FilePath));
    }

    private static IncrementalStepRunReason[] Redone(GeneratorDriver driver) =>
    [
        .. driver.GetRunResult().Results.SelectMany(run => run.TrackedOutputSteps).SelectMany(step => step.Value).SelectMany(step => step.Outputs)
            .Select(output => output.Reason).Where(reason => reason is IncrementalStepRunReason.New or IncrementalStepRunReason.Modified),
    ];
}
