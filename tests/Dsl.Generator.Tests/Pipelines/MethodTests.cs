using Xunit;

namespace Dsl.Generator.Tests.Pipelines;

/// <summary>Methods of Map and Where (DSL506, DSL503, DSL515).</summary>
public sealed class MethodTests
{
    [Theory]
    [InlineData("{|DSL506:\"G\"|}", "static double F(double a) => a;")]
    [InlineData("{|DSL506:\"F\"|}", "double F(double a) => a;")]
    [InlineData("{|DSL506:\"F\"|}", "static double F<T>(T a) => 0;")]
    [InlineData("{|DSL506:\"F\"|}", "static double F(double a) => a; static double F(int whole) => whole;")]
    [InlineData("{|DSL506:\"F\"|}", "static double F() => 0;")]
    [InlineData("{|DSL506:\"F\"|}", "static void F(double a) { }")]
    [InlineData("{|DSL506:\"F\"|}", "static int[] F(double a) => [];")]
    [InlineData("{|DSL506:\"F\"|}", "static System.Guid F(double a) => default;")]
    [InlineData("\"F\"", "static double F(double {|DSL506:nothing|}) => 0;")]
    [InlineData("\"F\"", "static double F(string {|DSL506:a|}) => 0;")]
    [InlineData("\"F\"", "static double F(int {|DSL506:a|}) => 0;")]
    [InlineData("\"F\"", "static double F(double a, ref double {|DSL506:b|}) => 0;")]
    [InlineData("\"F\"", "static double F(out double {|DSL506:b|}) => b = 0;")]
    [InlineData("\"F\"", "static double F(in double b) => 0;")]
    [InlineData("\"F\"", "static double F(System.Guid {|DSL506:id|}) => 0;")]
    [InlineData("\"F\"", "static double F(double whole, float single, long Whole, string text, string[] words, double[] three, System.DateTime time, bool flag) => 0;")]
    [InlineData("{|DSL503:\"F\"|}", "static double F(double a, double maybeA) => 0;")]
    [InlineData("\"F\"", "static double F(double? maybeA, string? maybeText, int? maybeWhole, double? a) => 0;")]
    [InlineData("\"F\"", "#nullable disable\nstatic double F(string maybeText) => 0;\n#nullable restore")]
    [InlineData("\"F\"", "static Nothing F(double a) => default; static double G(Nothing a) => 0;")]
    public void Map(string method, string members) => Piped.Rows($"[Map({method}, \"M\")]", members);

    [Theory]
    [InlineData("\"F\"", "static bool F(double a, string? maybeText) => true;")]
    [InlineData("{|DSL506:\"F\"|}", "static bool? F(double a) => true;")]
    [InlineData("{|DSL506:\"F\"|}", "static double F(double a) => a;")]
    [InlineData("{|DSL503:\"F\"|}", "static bool F(string maybeText) => true;")]
    [InlineData("\"F\"", "static bool F(double pay) => true;")]
    public void Where(string method, string members) => Piped.Rows($"[Where({method})]", members);

    [Theory]
    [InlineData("[Map(\"F\", \"M\", Size = {|DSL515:3|})]", "static double F(double a) => a;")]
    [InlineData("[Map(\"F\", \"M\", Size = {|DSL515:0|})]", "static double[] F(double a) => [a];")]
    [InlineData("[Map(\"F\", \"M\", Size = 1), VectorSlicer(\"M\", \"S\", 0, {|DSL515:1|})]", "static Vector F(double a) => default;")]
    public void Size(string attributes, string members) => Piped.Rows(attributes, members);

    [Fact]
    public void A_method_may_stand_on_another_part() => Piped.Verify(
        "[Pipeline<Row>, Map(\"F\", \"M\")] partial class P; " + Piped.Row, "partial class P { static double F(double {|DSL506:nothing|}) => 0; }");

    [Theory]
    [InlineData("static ref double F(double a) => throw null!;", "Map1 calls F, which returns ref double, but Map needs ")]
    [InlineData("static ref readonly double F(double a) => throw null!;", "Map1 calls F, which returns ref readonly double, but Map needs ")]
    [InlineData("static void F(double a) { }", "Map1 calls F, which returns void, but Map needs a number, a flag, text, tokens, a vector or a time")]
    [InlineData("static double F(System.ReadOnlySpan<double> three) => 0;", "Map1 calls F, whose parameter three has a type that no column has")]
    [InlineData("static double F(double nothing) => 0;", "Map1 calls F, but there is no column nothing here: ")]
    [InlineData("static double F(int a) => 0;", "Map1 gives F the column A, a number (double), but a is int: write double")]
    public void Messages(string members, string message) =>
        Assert.StartsWith(message, Assert.Single(Compiling.Analyze(Compiling.Compile("Test", [$"using Dsl; [Pipeline<Row>, Map(\"F\", \"M\")] partial class P {{ {members} }} {Piped.Row}"], [Piped.Runtime]))).GetMessage(), System.StringComparison.Ordinal);
}
