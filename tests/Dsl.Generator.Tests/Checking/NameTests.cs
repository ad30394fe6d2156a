using System.Linq;
using Xunit;

namespace Dsl.Generator.Tests.Checking;

/// <summary>DSL106 to DSL110: names, what is read by name, and what nobody reads.</summary>
public sealed class NameTests
{
    [Theory]
    [InlineData("[Input(4)] [Linear(4), ReLU(Name = \"a\"), Linear(4), Add(\"a\", \"Linear1\", \"Input\")]")]
    [InlineData("[Input(4, Name = \"x\"), Input(4, Name = \"y\")] [Linear(3, From = \"x\"), Linear(3, From = \"y\"), Add(\"Linear1\")]")]
    [InlineData("[Input(4)] [Linear(3, Name = null, From = null)]")]
    [InlineData("[Input(4)] [Linear(3, Name = \"größe\")]")]
    [InlineData("[Input(4, Name = \"x\")] [Linear(3, Name = \"h\"), Output(\"h\"), ReLU]")]
    [InlineData("[Input(4, Name = \"X\"), Input(4, Name = \"x\")] [Linear(4, From = \"X\"), Add(\"x\"), Output(\"y\"), ReLU, Output(\"Y\"), Linear(2)] [CrossEntropy, Adam]")]
    [InlineData("[Input(4)] [Linear(3, Name = \"async\"), ReLU(Name = \"record\")]")]
    public void Right_names(string attributes) => Marked.Model(attributes);

    [Theory]
    [InlineData("[Input(4)] [Linear(4), ReLU, Linear(3, From = {|DSL106:\"Linar1\"|})]", "did you mean \"Linear1\"?")]
    [InlineData("[Input(4)] [Linear(4), Add({|DSL106:\"input\"|})]", "did you mean \"Input\"?")]
    [InlineData("[Input(4)] [Linear(4), Add(\"Input\", {|DSL106:\"nothing\"|}, \"what\")]", "no layer has that name")]
    [InlineData("[Input(4)] [Linear(4), Add(new[] { \"Input\", {|DSL106:\"Inpt\"|} })]", "did you mean \"Input\"?")]
    [InlineData("[Input(4)] [Linear(4), Add(with: new string[] { {|DSL106:\"Inptu\"|} })]", "did you mean \"Input\"?")]
    [InlineData("[Input(4, Name = \"x\")] [Linear(4, From = {|DSL106:\"Input\"|})]", "\"Input\"")]
    [InlineData("[Input(4)] [Linear(4), Output(\"A\", From = {|DSL106:\"Linear2\"|})]", "did you mean \"Linear1\"?")]
    [InlineData("[Input(4)] [Linear(4), Expose(\"Encode\"), Linear(3, From = {|DSL106:\"Encode\"|})]", "no layer has that name")]
    public void Unknown_names(string attributes, string text) => Assert.Contains(text, Marked.Message(attributes), System.StringComparison.Ordinal);

    [Theory]
    [InlineData("[Input(4)] [Linear(4, Name = \"a\"), ReLU(Name = {|DSL107:\"a\"|})]")]
    [InlineData("[Input(4)] [Linear(4, Name = \"Input\")]", "{|DSL107:\"Input\"|}")]
    [InlineData("[Input(4)] [ReLU(Name = \"ReLU2\"), {|DSL107:ReLU|}]")]
    [InlineData("[{|DSL107:Input(4)|}, Input(4, Name = \"y\")] [Linear(3, From = \"y\")]")]
    [InlineData("[Input(4)] [Linear(4), Output(\"A\"), ReLU, Output({|DSL107:\"A\"|}), ReLU]")]
    [InlineData("[Input(4, Name = \"x\"), Input(4, Name = \"y\")] [Linear(4, From = \"x\", Name = {|DSL107:\"yShape\"|}), Add(\"y\")]")]
    [InlineData("[Input(4)] [Linear(4), Expose(\"A\", {|DSL107:\"A\"|}), ReLU]")]
    [InlineData("[Input(4)] [Linear(4, Name = \"A\"), Expose({|DSL107:\"A\"|}), ReLU]")]
    [InlineData("[Input(4)] [Linear(4), Expose(\"A\"), ReLU(Name = {|DSL107:\"A\"|})]")]
    public void Duplicate_names(string attributes, string? marked = null)
    {
        if (marked is not null)
            attributes = attributes.Replace("\"Input\"", marked, System.StringComparison.Ordinal);
        Marked.Model(attributes);
    }

    [Theory]
    [InlineData("[{|DSL108:Linear(3)|}, Input(4), Linear(2)]")]
    [InlineData("[Input(4, Name = \"x\"), Input(4, Name = \"y\")] [{|DSL108:Linear(3)|}, ReLU]")]
    [InlineData("[Input(4, Name = \"x\"), Linear(4), Input(4, Name = \"y\")] [{|DSL108:Add(\"x\")|}, ReLU]")]
    [InlineData("[Input(4)] [Linear(3, From = {|DSL108:\"ReLU1\"|}), ReLU]")]
    [InlineData("[Input(4)] [ReLU, Add(\"Input\", {|DSL108:\"Add1\"|})]")]
    [InlineData("[Input(4)] [ReLU(From = {|DSL106:\"x\"|}), Add({|DSL108:\"ReLU3\"|}, {|DSL106:\"wrong\"|}), ReLU, ReLU]", true)]
    [InlineData("[{|DSL108:Output(\"A\")|}, Input(4), Linear(2)]")]
    public void Nothing_to_read(string attributes, bool isUnknownFirst = false)
    {
        if (isUnknownFirst)
            attributes = attributes.Replace("{|DSL108:\"ReLU3\"|}", "\"ReLU3\"", System.StringComparison.Ordinal);
        Marked.Model(attributes);
    }

    [Theory]
    [InlineData("[Input(4)] [{|DSL109:Linear(3)|}, Linear(2, From = \"Input\")]")]
    [InlineData("[Input(4, Name = \"x\"), {|DSL109:Input(4, Name = \"y\")|}] [Linear(3, From = \"x\")]")]
    [InlineData("[Input(4)] [Linear(3), {|DSL109:ReLU|}, Linear(2, From = \"Input\")]")]
    [InlineData("[Input(4)] [Linear(3), Output(\"A\"), Linear(2, From = \"Input\")]")]
    [InlineData("[Input(4)] [Linear(3), Expose(\"A\"), Linear(2, From = \"Input\")]")]
    [InlineData("[Input(4)] [Linear(3, Name = \"h\"), Linear(2), Output(\"A\", From = \"h\")]")]
    public void Unused_outputs(string attributes) => Marked.Model(attributes);

    [Fact]
    public void Suppressible_like_any_other() => Marked.Verify("""
        #pragma warning disable DSL109, DSL202
        [Model, Input(4)] [Linear(3), Linear(2, From = "Input")] partial class M;
        [Model, Input(4)] [Linear(0)] partial class N;
        """);

    [Fact]
    public void No_warning_in_a_class_with_an_error() => Marked.Model("[Input(4)] [Linear(3), Linear({|DSL202:0|}, From = \"Input\")]");

    [Theory]
    [InlineData("[Input(4)] [Linear(3, Name = {|DSL110:\"a b\"|})]")]
    [InlineData("[Input(4)] [Linear(3, Name = {|DSL110:\"\"|})]")]
    [InlineData("[Input(4)] [Linear(3, Name = {|DSL110:\"class\"|}), ReLU, Add(\"class\")]")]
    [InlineData("[Input(4)] [Linear(3, Name = {|DSL110:\"@class\"|})]")]
    [InlineData("[Input(4)] [Linear(3, Name = {|DSL110:\"Predict\"|})]")]
    [InlineData("[Input(4)] [Linear(3, Name = {|DSL110:\"Init\"|})]")]
    [InlineData("[Input(4)] [Linear(3, Name = {|DSL110:\"Activation\"|})]")]
    [InlineData("[Input(4)] [Linear(3, Name = {|DSL110:\"M\"|})]")]
    [InlineData("[Input(4, Name = {|DSL110:\"1\"|})] [Linear(3)]")]
    [InlineData("[Input(4)] [Linear(3), Expose({|DSL110:\"Fit\"|}, {|DSL110:\"in\"|}), ReLU]")]
    [InlineData("[Input(4)] [Linear(3), Output({|DSL110:\"a-b\"|}), ReLU]")]
    [InlineData("[Input(4)] [Linear(3), Output({|DSL110:null!|}), ReLU]")]
    public void Names_that_are_no_members(string attributes) => Marked.Model(attributes);

    [Theory]
    [InlineData("[Model, Input(4), {|DSL110:Linear(3)|}] partial class M { int Linear1; }")]
    [InlineData("[Model, Input(4), Linear(3, Name = {|DSL110:nameof(Hidden)|})] partial class M { class Hidden; }")]
    [InlineData("[Model, Input(4), Linear(3)] partial class M { void {|DSL110:Predict|}() { } }")]
    [InlineData("[Model, Input(4), Linear(3)] partial class M { int {|DSL110:Step|} { get; set; } float {|DSL110:Loss|}; }")]
    [InlineData("[Model, Input(4), Linear(3)] partial class M { public {|DSL110:M|}(ulong seed) : base(null!, seed) { } }")]
    [InlineData("[Model, Input(4, Name = {|DSL110:\"x\"|}), Input(4, Name = \"y\"), Linear(3, From = \"x\"), Linear(3, From = \"y\"), Add(\"Linear1\")] partial class M { int xShape; }")]
    [InlineData("[Model, Input(4), Linear(3)] partial class M { public M(int x) : this(seed: 5) { } public override string ToString() => \"\"; int field; int this[int i] => i; }")]
    [InlineData("[Block, Input(4), Linear(3)] partial class B { void Predict() { } }")]
    public void Names_that_clash_with_members(string source) => Marked.Verify(source);

    [Fact]
    public void A_clash_in_another_part_is_found() => Marked.Verify(
        "[Model, Input(4), Linear(3)] partial class M;",
        "partial class M { void {|DSL110:Fit|}() { } void {|DSL110:Fit|}(int x) { } }");

    [Fact]
    public void The_suggestion_travels_with_the_diagnostic()
    {
        Microsoft.CodeAnalysis.Diagnostic found = Marked.Model("[Input(4)] [Linear(4), Add({|DSL106:\"Inputt\"|})]").Single();
        Assert.Equal("Input", found.Properties[NetworkAnalyzer.Suggestion]);
    }
}
