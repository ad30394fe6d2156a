using System;
using System.Linq;
using Dsl.Generator.Networks.Graph;
using Dsl.Generator.Networks.Planning;
using Xunit;

namespace Dsl.Generator.Tests.Checking;

using Network = Dsl.Generator.Networks.Graph.Network; // nearer than the runtime's Dsl.Network

/// <summary>Attention: what it wants of its inputs and arguments, what it has and costs.</summary>
public sealed class AttentionTests
{
    private const string Steps = "[Input(5, 6)] ";

    [Theory]
    [InlineData("MultiheadAttention({|DSL202:0|})")]
    [InlineData("MultiheadAttention({|DSL202:-2|})")]
    [InlineData("MultiheadAttention(2, Dropout = {|DSL202:1|})")]
    [InlineData("MultiheadAttention(2, Dropout = {|DSL202:-0.1|})")]
    [InlineData("MultiheadAttention(2, Dropout = 0.9, Init = Init.Orthogonal)")]
    [InlineData("MultiheadAttention(2, Init = {|DSL202:(Init)9|})")]
    [InlineData("MultiheadAttention(2, Causal = {|DSL202:true|}, KeyValue = \"Input\")")]
    [InlineData("MultiheadAttention(2, Causal = false, KeyValue = \"Input\")")]
    [InlineData("MultiheadAttention({|DSL204:4|})")]
    [InlineData("MultiheadAttention({|DSL204:7|})")]
    [InlineData("MultiheadAttention(6)")]
    [InlineData("TransformerEncoderLayer({|DSL202:0|}, 4)")]
    [InlineData("TransformerEncoderLayer(2, {|DSL202:0|})")]
    [InlineData("TransformerEncoderLayer(2, 4, Dropout = {|DSL202:1.5|})")]
    [InlineData("TransformerEncoderLayer(2, 4, Activation = {|DSL202:(Activation)2|})")]
    [InlineData("TransformerEncoderLayer({|DSL204:5|}, 4)")]
    [InlineData("TransformerEncoderLayer(3, 4, Causal = true, NormFirst = false, Activation = Activation.ReLU)")]
    [InlineData("Flatten, {|DSL201:MultiheadAttention(2)|}")]
    [InlineData("Reshape(1, 5, 6), {|DSL201:TransformerEncoderLayer(2, 4)|}")]
    public void Ranges_and_ranks(string layers) => Marked.Model($"{Steps}[{layers}]");

    [Theory]
    [InlineData("Linear(4), MultiheadAttention(2, KeyValue = {|DSL205:\"Input\"|})")]
    [InlineData("Flatten, Reshape(15, 2), MultiheadAttention(2, KeyValue = {|DSL205:\"Flatten1\"|})")]
    [InlineData("Reshape(10, 3), Linear(6), MultiheadAttention(2, KeyValue = \"Input\")")]
    [InlineData("Linear(6, Name = \"Known\"), MultiheadAttention(2, KeyValue = {|DSL106:\"Knwon\"|})")]
    [InlineData("Linear(6), MultiheadAttention(2, KeyValue = {|DSL106:\"\"|})")]
    [InlineData("MultiheadAttention(2, KeyValue = {|DSL108:\"Linear1\"|}), Linear(6)")]
    [InlineData("Linear(4), MultiheadAttention({|DSL204:3|}, KeyValue = \"Input\")")]
    public void Keys_and_values(string layers) => Marked.Model($"{Steps}[{layers}]");

    [Fact]
    public void Messages_say_what_is_wanted()
    {
        Assert.Equal(
            "MultiheadAttention1 needs steps × 4, but \"Input\" is 5×6 and its input 5×4 (Input 5×6 → Linear1 5×4)",
            Marked.Message($"{Steps}[Linear(4), MultiheadAttention(2, KeyValue = {{|DSL205:\"Input\"|}})]"));
        Assert.Equal(
            "TransformerEncoderLayer1 cannot divide its 6 features into 4 heads (Input 5×6)", Marked.Message($"{Steps}[TransformerEncoderLayer({{|DSL204:4|}}, 2)]"));
        Assert.Contains("did you mean \"Known\"?", Marked.Message($"{Steps}[Linear(6, Name = \"Known\"), MultiheadAttention(2, KeyValue = {{|DSL106:\"Knwon\"|}})]"), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("[Input(100000, 8000)] [{|DSL208:MultiheadAttention(1)|}, Linear(1)]")]
    [InlineData("[Input(2, 800000000)] [{|DSL208:MultiheadAttention(1)|}]")]
    [InlineData("[Input(1, 715827882)] [{|DSL208:MultiheadAttention(1)|}]")]
    [InlineData("[Input(100000, 6)] [{|DSL208:TransformerEncoderLayer(2, 30000)|}, Linear(1)]")]
    [InlineData("[Input(5, 6)] [{|DSL208:TransformerEncoderLayer(2, 400000000)|}]")]
    public void Sizes(string attributes) => Marked.Model(attributes);

    [Theory]
    [InlineData("[Input(5, 6)] [MultiheadAttention(2)]", 4 * 42, (4 * 30 * 13) + (4 * 5 * 5 * 6))]
    [InlineData("[Input(5, 6)] [Reshape(10, 3), Linear(6, Bias = false), MultiheadAttention(1, KeyValue = \"Input\")]", 18 + (4 * 42), (60 * 6) + (2 * 60 * 13) + (2 * 30 * 13) + (4 * 10 * 5 * 6))]
    [InlineData("[Input(5, 6)] [TransformerEncoderLayer(2, 8, Activation = Activation.ReLU)]", (4 * 42) + 56 + 54 + 24, (4 * 30 * 13) + (4 * 5 * 5 * 6) + (40 * 13) + (30 * 17) + (10 * 30) + 40)]
    [InlineData("[Input(5, 6)] [TransformerEncoderLayer(2, 8)]", (4 * 42) + 56 + 54 + 24, (4 * 30 * 13) + (4 * 5 * 5 * 6) + (40 * 13) + (30 * 17) + (10 * 30) + 160)]
    public void Counts(string attributes, long parameters, long operations)
    {
        Network network = Reading.Network(attributes);
        Assert.Equal((parameters, operations), (network.ParameterCount, network.Operations));
    }

    [Fact]
    public void Parameters_are_PyTorchs_in_name_order_and_first_values()
    {
        Node layer = Reading.Network($"{Steps}[TransformerEncoderLayer(2, 8)]").Nodes[1];
        Assert.Equal(
            "self_attn.in_proj_weight 18×6, self_attn.in_proj_bias 18, self_attn.out_proj.weight 6×6, self_attn.out_proj.bias 6, linear1.weight 8×6, linear1.bias 8, linear2.weight 6×8, "
            + "linear2.bias 6, norm1.weight 6, norm1.bias 6, norm2.weight 6, norm2.bias 6",
            string.Join(", ", layer.Parameters.Select(parameter => $"{parameter.Name} {parameter.Shape}")));
        double[] bounds = [Math.Sqrt(6.0 / 24), 0, 1 / Math.Sqrt(6), 0, 1 / Math.Sqrt(6), 1 / Math.Sqrt(6), 1 / Math.Sqrt(8), 1 / Math.Sqrt(8), 1, 0, 1, 0];
        Assert.Equal(bounds, layer.Parameters.Select(parameter => parameter.Initialisation.Value));
        Node orthogonal = Reading.Network($"{Steps}[TransformerEncoderLayer(2, 8, Init = Init.Orthogonal)]").Nodes[1];
        string[] drawn = ["self_attn.in_proj_weight", "self_attn.out_proj.weight", "linear1.weight", "linear2.weight"];
        Assert.Equal(drawn, orthogonal.Parameters.Where(parameter => parameter.Initialisation.Kind.ToString() == "Orthogonal").Select(parameter => parameter.Name));
    }

    [Fact]
    public void Each_dropout_of_a_layer_has_a_number_of_its_own()
    {
        Network network = Reading.Network($"{Steps}[TransformerEncoderLayer(2, 8), Dropout, MultiheadAttention(3, Dropout = 0.5), CrossEntropy, Adam]");
        Operation[] step = [.. Planner.Plan(network).EntryPoints.Select(entry => entry.Pass.Operations).First(one => one.Any(operation => operation.Signature == Operations.AttentionBackward))];
        object[] keys = [.. step.SelectMany(operation => operation.Operands).Where(operand => operand.Constant is DropoutLayerKey).Select(operand => operand.Constant!)];
        Assert.Equal(6, keys.Distinct().Count());
        Assert.Equal(12, keys.Length);
    }
}
