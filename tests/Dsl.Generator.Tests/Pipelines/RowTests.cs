using System.Linq;
using Dsl.Generator.Pipelines.Facts;
using Dsl.Generator.Pipelines.Graph;
using Xunit;

namespace Dsl.Generator.Tests.Pipelines;

/// <summary>The row type: its columns in order, what can be none (DSL505), how a file's cells make one.</summary>
public sealed class RowTests
{
    [Theory]
    [InlineData("[Pipeline<{|DSL505:int|}>", "")]
    [InlineData("[Pipeline<{|DSL505:string|}>", "")]
    [InlineData("[Pipeline<{|DSL505:int?|}>", "")]
    [InlineData("[Pipeline<{|DSL505:object|}>", "")]
    [InlineData("[Pipeline<{|DSL505:Row[]|}>", "record Row(string Text);")]
    [InlineData("[Pipeline<{|DSL505:(string Text, int A)|}>", "")]
    [InlineData("[Pipeline<{|DSL505:E|}>", "enum E { A }")]
    [InlineData("[Pipeline<{|DSL505:System.Collections.Generic.List<int>|}>", "")]
    [InlineData("[Pipeline<{|DSL505:Row|}>", "class Row { public string Text = \"\"; public static int A { get; set; } public int this[int i] => 0; int B { get; set; } }")]
    [InlineData("[Pipeline<{|DSL505:Row|}>", "class Row { public int Text { set { } } public int A { private get; set; } }")]
    [InlineData("[Pipeline<{|DSL505:Row|}>", "record Row(string Text, string text);")]
    [InlineData("[Pipeline<{|DSL505:Row|}>", "ref struct Span2 { } class Row { public unsafe int* A => null; public ref int B => throw null!; }")]
    public void No_row(string mark, string row) => Piped.Verify($"{mark}, Tokenizer(\"Nothing\", \"T\"), KMeans(\"X\")] partial class P; {row}");

    // What does not depend on columns is wrong all the same.
    [Theory]
    [InlineData("[Pipeline<{|DSL505:int|}>, ", "]")]
    [InlineData("[Pipeline<{|DSL505:Hidden|}>, ", "]")]
    [InlineData("[Pipeline<Nothing>, ", "]")]
    [InlineData("[Pipeline<Seen>] partial class P; [KMeans(\"X\", Prediction = \"K\")] partial class P; [", "]")]
    public void Options_are_looked_at_without_columns(string mark, string end)
    {
        string first = mark.StartsWith("[Pipeline<Seen", System.StringComparison.Ordinal) ? "{|DSL105:PCA(\"V\", \"Y\", {|DSL515:0|})|}" : "PCA(\"V\", \"Y\", {|DSL515:0|})";
        Piped.Verify("file record Hidden(double[] V); record Seen(double[] V);\n" + mark + first
            + ", Map({|DSL506:\"Nothing\"|}, \"M\"), Map(\"F\", \"v\"), Split(Train = {|DSL515:2|}, Stratify = \"Nothing\"), {|DSL515:Imputer|}, Tokenizer(\"No\", \"a b\", Name = {|DSL110:\"Fit\"|})"
            + ", LogisticRegression(\"X\", \"Y\", Tol = {|DSL515:-1|}), LogisticRegression(\"X\", \"Y\"), CrossValidate(Metric.Rmse, Prediction = \"Prediction\", Folds = {|DSL515:1|}, Stratify = \"No\")"
            + ", {|DSL510:Evaluate(Metric.Accuracy)|}, Evaluate((Metric)77, Prediction = \"Q\", Name = \"X\"), Select(\"No\"), {|DSL112:DropColumns(\"No\")|}".Replace("(Metric)77", "{|DSL515:(Metric)77|}", System.StringComparison.Ordinal) + end
            + " partial class P { static double F(double a, ref double {|DSL506:b|}) => a; }");
    }

    [Fact]
    public void A_row_that_cannot_be_seen() => Piped.Verify("partial class Outer { private record Row(string Text); [Pipeline<{|DSL505:Row|}>, Tokenizer(\"Text\", \"T\")] internal partial class P; [Pipeline<Row>, Tokenizer(\"Text\", \"T\")] private partial class Q; }");

    // C# says itself what is wrong with these as a type argument, and nothing that is generated could name them.
    [Theory]
    [InlineData("[Pipeline<R>, KMeans(\"X\")] partial class P; ref struct R { public double[] X { get; set; } }")]
    [InlineData("[Pipeline<System.Span<int>>, KMeans(\"X\")] partial class P;")]
    [InlineData("[Pipeline<{|DSL505:R|}>, KMeans(\"X\")] partial class P; static class R { public static double[] X => []; }")]
    [InlineData("[Pipeline<{|DSL505:dynamic|}>, KMeans(\"X\")] partial class P;")]
    [InlineData("[Pipeline<{|DSL505:int*|}>, KMeans(\"X\")] unsafe partial class P;")]
    [InlineData("[Pipeline<Row>, Network<{|DSL509:N|}>(\"Three\", \"Whole\")] partial class P; static class N { } " + Piped.Row)]
    [InlineData("[Pipeline<Row>, Network<N>(\"Three\", \"Whole\")] partial class P; ref struct N { } " + Piped.Row)]
    [InlineData("[Pipeline<Row>, Network<{|DSL509:int*|}>(\"Three\", \"Whole\")] unsafe partial class P; " + Piped.Row)]
    public void What_is_no_type_argument(string source) => Piped.Verify(source);

    [Fact]
    public void A_file_local_row() => Piped.Verify("file record Row(string Text); [Pipeline<{|DSL505:Row|}>, Tokenizer(\"Text\", \"T\")] partial class P;");

    [Theory]
    [InlineData("record Row(string Text, [{|DSL505:VectorSize(3)|}] double A);")]
    [InlineData("class Row { public string Text { get; set; } = \"\"; [{|DSL505:VectorSize(3)|}] public string[] A { get; set; } = []; }")]
    [InlineData("record Row(string Text, [VectorSize({|DSL515:0|})] double[] A);")]
    [InlineData("record Row(string Text, [property: VectorSize({|DSL515:-1|})] float[] A);")]
    [InlineData("record Row(string Text, [VectorSize(2)] Vector A);")]
    public void Sizes(string row) => Piped.Verify($"[Pipeline<Row>, Tokenizer(\"Text\", \"T\")] partial class P; {row}");

    [Theory]
    [InlineData("record Row(string Text, int Clone2, int GetHashCode2);", "Row")]
    [InlineData("class Row { public string Text { get; set; } = \"\"; public int Clone { get; set; } }", "{|DSL110:Row|}")]
    [InlineData("class Row { public string Text { get; set; } = \"\"; public int @class { get; set; } }", "{|DSL110:Row|}")]
    [InlineData("class Row { public string Text { get; set; } = \"\"; [Sensitive] public int Clone { get; set; } }", "Row")]
    [InlineData("record OutputRow(string Text);", "{|DSL110:OutputRow|}")]
    [InlineData("record Scores(string Text);", "{|DSL110:Scores|}")]
    public void Names(string row, string argument) => Piped.Verify($"[Pipeline<{argument}>, Tokenizer(\"Text\", \"T\")] partial class P; {row}");

    [Fact]
    public void Columns_come_in_order_the_base_first()
    {
        CheckedPipeline pipeline = Check("""
            abstract class Base { public int A { get; set; } public virtual string Text { get; set; } = ""; public int Hidden { get; set; } }
            class Row : Base { public double B { get; init; } public override string Text { get; set; } = ""; public new double Hidden { get; set; } public System.Guid Id => default; public System.ReadOnlySpan<int> None => default; }
            """);
        Assert.Equal("A int, Text string, B double, Hidden double, Id System.Guid, T string[]", string.Join(", ", pipeline.Output.Select(column => $"{column.Name} {column.CSharp.Replace("global::", "", System.StringComparison.Ordinal)}")));
        Assert.Equal("(): A, Text, B, Hidden", Built(pipeline));
    }

    [Theory]
    [InlineData("record Row(string Text, int A) { public int B { get; init; } public int C => A; }", "(Text, A): B")]
    [InlineData("record struct Row(string Text, int A);", "(Text, A): ")]
    [InlineData("struct Row { public string Text { get; set; } }", "(): Text")]
    [InlineData("class Row(string text) { public string Text => text; }", "(Text): ")]
    [InlineData("class Row { public required string Text { get; init; } public System.DayOfWeek Day { get; set; } public System.Type? Type { get; set; } }", "(): Text, Day")]
    [InlineData("class Row { public string Text { get; } = \"\"; }", "none")]
    [InlineData("class Row(string name) { public string Text { get; set; } = name; }", "none")]
    [InlineData("abstract class Row { public string Text { get; set; } = \"\"; }", "none")]
    [InlineData("interface Row { string Text { get; set; } }", "none")]
    public void A_row_is_made_of_cells_by_a_constructor_or_setters(string row, string expected) => Assert.Equal(expected, Built(Check(row)));

    [Fact]
    public void Attributes_on_parameters_count_for_properties()
    {
        PipelineFacts facts = Check("""
            public record Row([Column("text_0")] string Text, [property: Column("b")] int B, [Sensitive] string S, [VectorSize(4)] double[] V, [property: System.ComponentModel.DataAnnotations.Schema.Column("d")] int D);
            """).Facts!;
        Assert.Equal(["text_0", "b", null, null, "d"], facts.Row!.Columns.Select(column => column.FileName));
        Assert.Equal(["S"], facts.Row.Columns.Where(column => column.IsSensitive).Select(column => column.Name));
        Assert.Equal([null, null, null, 4, null], facts.Row.Columns.Select(column => column.Size));
    }

    [Theory]
    [InlineData("record Row(string Text);", "public", "internal")]
    [InlineData("public record Row(string Text);", "public", "public")]
    [InlineData("record Row(string Text);", "internal", "public")]
    public void An_internal_row_makes_its_members_internal(string row, string access, string expected)
    {
        string text = Piped.Generated(Compiling.Compile("Test", [$"using Dsl; [Pipeline<Row>, Tokenizer(\"Text\", \"T\")] {access} partial class P; {row}"], [Piped.Runtime]));
        Assert.Contains($"{expected} sealed record OutputRow", text, System.StringComparison.Ordinal);
        Assert.Contains($"{expected} OutputRow Predict(global::Row row)", text, System.StringComparison.Ordinal);
        Assert.Contains($"{expected} static P Fit(", text, System.StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("file record R(string Text); partial class Outer { [Pipeline<{|DSL505:R|}>, Tokenizer(\"Text\", \"T\")] private partial class P; }", "R is file-local, but the pipeline's class is not: its generated part stands in another file")]
    [InlineData("partial class Outer { private record R(string Text); [Pipeline<{|DSL505:R|}>, Tokenizer(\"Text\", \"T\")] protected partial class P; }", "Outer.R is less accessible than the pipeline's class: not everybody who sees that could give it a row")]
    [InlineData("partial class Outer { protected record R(string Text); [Pipeline<{|DSL505:R|}>, Tokenizer(\"Text\", \"T\")] internal partial class P; }", "Outer.R is private or protected, but the pipeline's class is not: nobody could give it a row")]
    [InlineData("partial class Outer { internal record Scores(string Text); [Pipeline<{|DSL110:Scores|}>, Tokenizer(\"Text\", \"T\")] partial class P; }", "Every pipeline has a record Scores, so its row type cannot be called so")]
    public void A_row_that_the_generated_part_cannot_name(string source, string message) => Assert.Equal(message, Assert.Single(Piped.Verify(source)).GetMessage());

    [Theory]
    [InlineData("private", "private")]
    [InlineData("protected", "private")]
    [InlineData("protected", "private protected")]
    public void A_row_within_another_class(string row, string pipeline) =>
        Piped.Verify($"public partial class Outer {{ {row} record R(string Text); [Pipeline<R>, Tokenizer(\"Text\", \"T\")] {pipeline} partial class P; }}");

    [Fact]
    public void A_row_of_another_assembly()
    {
        Microsoft.CodeAnalysis.MetadataReference other = Compiling.Reference("Other", "using Dsl; namespace Far; public record Row([Column(\"t\")] string Text, [VectorSize(2)] double[] V, [Sensitive] string? S, string? Maybe);");
        Marked.Verify([Piped.Runtime, other], "[Pipeline<Far.Row>, Tokenizer(\"Text\", \"T\"), PCA(\"V\", \"W\", {|DSL515:3|}), Tokenizer({|DSL512:\"S\"|}, \"X\"), Tokenizer({|DSL503:\"Maybe\"|}, \"Y\")] public partial class P;");
    }

    private static CheckedPipeline Check(string row) => Piped.Check(Compiling.Compile("Test", [$"using Dsl; [Pipeline<Row>, Tokenizer(\"Text\", \"T\")] partial class P; {row}"], [Piped.Runtime]), "P");

    private static string Built(CheckedPipeline pipeline) => pipeline.Facts!.Row!.Construction is { } made ? $"({string.Join(", ", made.Parameters)}): {string.Join(", ", made.Settables)}" : "none";
}
