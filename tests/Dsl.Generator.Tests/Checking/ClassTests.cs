using Xunit;

namespace Dsl.Generator.Tests.Checking;

/// <summary>DSL101 to DSL105, DSL111 and DSL116: the class and where its attributes stand.</summary>
public sealed class ClassTests
{
    private const string Layers = "[Input(4), Linear(3)]";

    [Theory]
    [InlineData("[Model] [Input(4), Linear(3)] partial class M;")]
    [InlineData("[Model, Input(4), Linear(3), CrossEntropy, Adam] public sealed partial class M { int field; void Other() { } }")]
    [InlineData("namespace A.B; [Model, Input(4), Linear(3)] internal partial class M { }")]
    [InlineData("partial class Outer { partial struct Inner { [Model, Input(4), Linear(3)] private partial class M; } }")]
    [InlineData("partial interface I { partial record R { partial record struct S { [Model, Input(4), Linear(3)] partial class M; } } }")]
    [InlineData("[Block, Input(4)] partial class B;")]
    [InlineData("[Model, Input(4), Linear(3)] partial class Net; [Model, Input(4), Linear(3)] partial class NET; namespace A { [Model, Input(4), Linear(3)] partial class Net; }")]
    [InlineData("partial class @class { [Model, Input(4), Linear(3)] partial class @event; }")]
    [InlineData("namespace @namespace.@int; [Model, Input(4), Linear(3)] partial class Net;")]
    [InlineData("[Model] partial class M; [Input(4), Linear(3)] partial class M;")]
    [InlineData("[Model, CrossEntropy] partial class M; [Input(4), Linear(3)] partial class M; [Adam] partial class M;")]
    [InlineData("[System.Serializable] class Other; struct S; enum E { A } interface J; delegate void D();")]
    [InlineData("[Model, Input(4), Linear(3)] partial class M : System.IFormattable { public string ToString(string? format, System.IFormatProvider? provider) => \"\"; }")]
    public void Right_classes_have_no_diagnostics(string source) => Marked.Verify(source);

    [Theory]
    [InlineData("[Model, Input(4), Linear(3)] class {|DSL101:M|};")]
    [InlineData("[Block, Input(4), Linear(3)] public class {|DSL101:B|} { }")]
    [InlineData("[Model, Input(4), Linear(3)] static partial class {|DSL102:M|};")]
    [InlineData("[Model, Input(4), Linear(3)] abstract partial class {|DSL102:M|};")]
    [InlineData("[Model, Input(4), Linear(3)] partial class {|DSL102:M|}<T>;")]
    [InlineData("partial class Outer<T> { [Model, Input(4), Linear(3)] partial class {|DSL102:M|}; }")]
    [InlineData("[Model, Input(4), Linear(3)] partial record {|DSL102:M|};")]
    [InlineData("[Model, Input(4), Linear(3)] file partial class {|DSL102:M|};")]
    [InlineData("class Base; [Model, Input(4), Linear(3)] partial class {|DSL102:M|} : Base;")]
    [InlineData("[Model, Input(4), Linear(3)] partial class {|DSL102:M|}(int x) { int y = x; }")]
    [InlineData("[Model, Input(4), Linear(3)] partial class {|DSL102:M|}();")]
    [InlineData("[Model, Block, Input(4), Linear(3)] partial class {|DSL102:M|};")]
    [InlineData("[Model, Input(4), Linear(3)] abstract class {|DSL101:{|DSL102:M|}|};")]
    [InlineData("class {|DSL103:Outer|} { [Model, Input(4), Linear(3)] partial class M; }")]
    [InlineData("class {|DSL103:Outer|} { partial class Inner { [Model, Input(4), Linear(3)] partial class M; [Block, Input(4)] partial class N; } }")]
    [InlineData("struct {|DSL103:S|} { class {|DSL103:C|} { [Model, Input(4), Linear(3)] partial class M; } [Model, Input(4), Linear(3)] partial class N; }")]
    public void Wrong_classes(string source) => Marked.Verify(source);

    [Theory]
    [InlineData("[{|DSL104:Model|}, Linear(3), ReLU] partial class M;")]
    [InlineData("[{|DSL104:Block|}] partial class B;")]
    [InlineData("[{|DSL104:Model|}, Linear(0, From = {|DSL106:\"Input\"|})] partial class M;")]
    [InlineData("[{|DSL104:Model|}, Linear({|DSL202:0|})] partial class M;")]
    [InlineData("[{|DSL104:{|DSL116:Model|}|}] partial class M;")]
    [InlineData("[{|DSL116:Model|}, Input(4)] partial class M;")]
    [InlineData("[{|DSL116:Model|}, Input(4), MeanSquaredError, Output(\"A\")] partial class M;")]
    public void Missing_input_or_layers(string source) => Marked.Verify(source);

    [Fact]
    public void Layers_in_several_parts()
    {
        Marked.Verify("[Model] " + Layers + " partial class M; [{|DSL105:ReLU|}, Linear(0)] partial class M;".Replace("Linear(0)", "Linear({|DSL202:0|})", System.StringComparison.Ordinal));
        Marked.Verify(
            "[Model, Linear(3)] partial class M;",
            "[CrossEntropy, {|DSL105:Input(4)|}] partial class M;",
            "[{|DSL105:ReLU|}, ReLU] partial class M; [{|DSL105:ReLU|}] partial class M;");
    }

    [Theory]
    [InlineData("[{|DSL111:Input(4)|}, {|DSL111:Linear(0)|}] [{|DSL111:CrossEntropy|}, {|DSL111:Adam|}, {|DSL111:Cosine|}, {|DSL111:Budget(Batch = 2)|}] class C;")]
    [InlineData("[{|DSL111:Use<C>|}, {|DSL111:Expose(\"A\")|}, {|DSL111:Output(\"A\")|}] partial class C;")]
    public void Attributes_without_a_mark(string source) => Marked.Verify(source);
}
