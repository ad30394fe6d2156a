using Xunit;

namespace Dsl.Generator.Tests.Pipelines;

/// <summary>What a pipeline's class must be like (DSL101-116), and what it says of itself (DSL513, DSL516).</summary>
public sealed class ClassTests
{
    private const string T = "Tokenizer(\"Text\", \"T\")";

    [Theory]
    [InlineData("[Pipeline<Row>, " + T + "] class {|DSL101:P|};")]
    [InlineData("[Pipeline<Row>, " + T + "] abstract partial class {|DSL102:P|};")]
    [InlineData("[Pipeline<Row>, " + T + "] partial record {|DSL102:P|};")]
    [InlineData("[Pipeline<Row>, " + T + "] partial class {|DSL102:P|}<X>;")]
    [InlineData("class Base; [Pipeline<Row>, " + T + "] partial class {|DSL102:P|} : Base;")]
    [InlineData("[Model, Pipeline<Row>, Input(3), Linear(2), " + T + "] partial class {|DSL102:P|};")]
    [InlineData("[Model, Pipeline<Row>, " + T + "] partial class {|DSL102:P|};")]
    [InlineData("class {|DSL103:Outer|} { [Pipeline<Row>, " + T + "] partial class P; }")]
    [InlineData("[Pipeline<Row>] partial class P; [" + T + "] partial class P;")]
    [InlineData("[Pipeline<Row>, " + T + "] partial class P; [{|DSL105:Tokenizer(\"Nothing\", \"U\")|}] partial class P;")]
    [InlineData("[Pipeline<Row>, KMeans(\"Three\")] partial class P; [{|DSL105:Evaluate(Metric.Rmse)|}] partial class P;")]
    [InlineData("[Pipeline<Row>, Tokenizer(\"Text\", \"T\", Name = \"X\"), Tokenizer(\"Text\", \"U\", Name = {|DSL107:\"X\"|})] partial class P;")]
    [InlineData("[Pipeline<Row>, Tokenizer(\"Text\", \"T\", Name = \"Tokenizer2\"), {|DSL107:Tokenizer(\"Text\", \"U\")|}] partial class P;")]
    [InlineData("[Pipeline<Row>, Tokenizer(\"Text\", \"T\", Name = {|DSL110:\"Fit\"|}), Tokenizer(\"Text\", \"U\", Name = {|DSL110:\"Metric\"|}), Tokenizer(\"Text\", \"V\", Name = {|DSL110:\"Vector\"|})] partial class P;")]
    [InlineData("[Pipeline<Row>, Tokenizer(\"Text\", \"T\", Name = {|DSL110:\"\"|}), Tokenizer(\"Text\", \"U\", Name = {|DSL110:\"class\"|}), Tokenizer(\"Text\", \"V\", Name = {|DSL110:\"P\"|})] partial class P;")]
    [InlineData("[Pipeline<Row>, {|DSL110:Tokenizer(\"Text\", \"T\")|}] partial class P { int Tokenizer1; }")]
    [InlineData("[Pipeline<Row>, " + T + "] partial class P { int {|DSL110:Predict|}; class {|DSL110:OutputRow|}; enum {|DSL110:Masking|} { A } void {|DSL110:Tune|}() { } }")]
    [InlineData("[Pipeline<Row>, " + T + "] partial class P { public {|DSL110:P|}(int a) { } static P() { } }")]
    [InlineData("[Pipeline<Row>, " + T + "] partial class P { public override string ToString() => \"\"; public override bool Equals(object? other) => other == (object)this; public override int GetHashCode() => 1; }")]
    [InlineData("[Pipeline<Row>, {|DSL110:Network<@event>(\"Three\", \"Whole\")|}, Network<@event>(\"Three\", \"Whole\", Name = \"Deep\", Prediction = \"D\")] partial class P; [Model, Input(3), Linear(2), CrossEntropy, Adam] partial class @event;")]
    [InlineData("[Pipeline<Row>, " + T + "] partial class {|DSL110:Scores|};")]
    [InlineData("[Pipeline<Row>, Tokenizer(\"Text\", {|DSL110:\"\"|}), Tokenizer(\"Text\", {|DSL110:\"a b\"|}), Tokenizer(\"Text\", {|DSL110:\"int\"|}), Tokenizer(\"Text\", {|DSL110:\"ToString\"|}), Tokenizer(\"Text\", {|DSL110:\"OutputRow\"|})] partial class P;")]
    [InlineData("[Pipeline<Row>, NaiveBayes(\"Three\", \"Whole\", Prediction = {|DSL110:\"1a\"|}), Evaluate(Metric.Accuracy, Prediction = \"1a\"), Evaluate(Metric.F1, Prediction = {|DSL501:\"b c\"|})] partial class P;")]
    [InlineData("[{|DSL111:Tokenizer(\"Text\", \"T\")|}, {|DSL111:Grid(\"a\", 1)|}] partial class P;")]
    [InlineData("[Model, Input(3), Linear(2), {|DSL111:Evaluate(Metric.Rmse)|}, {|DSL111:Network<string>(\"A\")|}] partial class P;")]
    [InlineData("[Pipeline<Row>, " + T + ", {|DSL111:Linear(3)|}] partial class P;")]
    [InlineData("[Pipeline<Row>, Split, {|DSL112:Split|}, " + T + "] partial class P;")]
    [InlineData("[Pipeline<Row>, Select(\"A\"), {|DSL112:DropColumns(\"B\")|}, " + T + "] partial class P;")]
    [InlineData("[{|DSL116:Pipeline<Row>|}] partial class P;")]
    [InlineData("[{|DSL116:Pipeline<Row>|}, Evaluate({|DSL510:Metric.Rmse|})] partial class P;")]
    [InlineData("[Pipeline<Nothing>, Tokenizer(\"Text\", \"T\"), KMeans(\"X\")] partial class P;")]
    public void Classes(string source) => Piped.Verify(source + "\n" + Piped.Row);

    [Theory]
    [InlineData("KMeans(\"Three\"), {|DSL513:Tokenizer(\"Text\", \"T\")|}")]
    [InlineData("KMeans(\"Three\"), Tokenizer(\"Text\", \"T\"), Select(\"T\", \"Prediction\")")]
    [InlineData("KMeans(\"Three\"), {|DSL513:Tokenizer(\"Text\", \"T\")|}, DropColumns(\"T\")")]
    [InlineData("KMeans(\"Three\"), Mask(\"Secret\", \"M\", Masking.Hash), DropNulls")]
    [InlineData("KMeans(\"Three\"), VectorAssembler(\"V\", \"Prediction\")")]
    [InlineData("{|DSL513:Imputer(\"MaybeA\")|}, KMeans(\"Three\")")]
    [InlineData("Tokenizer(\"Text\", \"T\"), NGram(\"T\", \"N\")")]
    [InlineData("{|DSL516:StringIndexer(\"Text\", \"L\")|}, Split, LogisticRegression(\"Three\", \"L\")")]
    [InlineData("{|DSL516:KMeans(\"Three\")|}, Tokenizer(\"Text\", \"T\"), Split, Select(\"T\")")]
    [InlineData("Map(\"F\", \"C\"), Split(Stratify = \"Text\"), LinearRegression(\"Three\", \"C\")")]
    [InlineData("StringIndexer(\"Text\", \"L\"), Split, LogisticRegression(\"Three\", {|DSL502:\"A\"|})")]
    public void Warnings(string attributes) => Piped.Rows($"[{attributes}]", "static double F(double a) => a;");

    [Theory]
    [InlineData("{|DSL516:StringIndexer(\"Text\", \"L\")|}, Split, KMeans(\"Three\"), LogisticRegression(\"Three\", \"L\", Prediction = \"Q\")", "StringIndexer1 stands before Split1 and learns from the rows that it holds back: put Split first")]
    [InlineData("{|DSL516:StringIndexer(\"Text\", \"L\")|}, Split(Stratify = \"L\"), LogisticRegression(\"Three\", \"L\")", "StringIndexer1 stands before Split1 and learns from the rows that it holds back: put Split first, and stratify by what is there before it")]
    [InlineData("{|DSL516:StandardScaler(\"Three\", \"S\")|}, Binarizer(\"A\", \"C\"), Split(Stratify = \"C\"), LogisticRegression(\"S\", \"C\")", "StandardScaler1 stands before Split1 and learns from the rows that it holds back: put Split first, and stratify by what is there before it")]
    [InlineData("KMeans(\"Three\"), {|DSL513:Imputer(\"MaybeA\", \"MaybeWhole\")|}, Select(\"MaybeA\")", "Imputer1 makes MaybeWhole, which no stage, no model and no Select reads")]
    public void Messages(string attributes, string message) => Assert.Equal(message, Piped.Message($"[{attributes}]"));

    [Fact]
    public void Two_marks_are_named() =>
        Assert.Equal("P is marked both Model and Pipeline", Assert.Single(Piped.Verify("[Model, Pipeline<Row>, Input(3), Linear(2)] partial class {|DSL102:P|};" + Piped.Row)).GetMessage());

    [Fact]
    public void A_network_is_named_by_its_class_without_the_sign_of_a_keyword() => Assert.Equal(
        "The name event is a keyword of C#",
        Piped.Message("[{|DSL110:Network<@event>(\"Three\", \"Whole\")|}]", others: "[Model, Input(3), Linear(2), CrossEntropy, Adam] partial class @event;"));

    [Theory]
    [InlineData("Where(\"Keep\")", true)]
    [InlineData("DropNulls(\"A\")", true)]
    [InlineData("StringIndexer(\"Text\", \"L\", HandleInvalid = HandleInvalid.Skip)", true)]
    [InlineData("StringIndexer(\"Text\", \"L\", HandleInvalid = HandleInvalid.Skip), NaiveBayes(\"Three\", \"L\")", false)]
    [InlineData("StringIndexer(\"Text\", \"L\")", false)]
    public void Predict_gives_null_where_a_row_can_be_dropped(string attributes, bool expected)
    {
        string text = Piped.Generated(Compiling.Compile("Test", [$"using Dsl; [Pipeline<Row>, {attributes}] public partial class P {{ static bool Keep(double a) => a > 0; }} {Piped.Row}"], [Piped.Runtime]));
        Assert.Contains($"public OutputRow{(expected ? "?" : "")} Predict(global::Row row)", text, System.StringComparison.Ordinal);
    }
}
