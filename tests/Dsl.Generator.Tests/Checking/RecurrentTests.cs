using System.Linq;
using Dsl.Generator.Networks.Graph;
using Xunit;

namespace Dsl.Generator.Tests.Checking;

/// <summary>Arguments, shapes and parameters of the recurrent layers.</summary>
public sealed class RecurrentTests
{
    [Theory]
    [InlineData("RNN({|DSL202:0|})")]
    [InlineData("LSTM({|DSL202:-3|}, Layers = 0)")]
    [InlineData("GRU(3, Layers = {|DSL202:0|})")]
    [InlineData("GRU(3, Layers = {|DSL202:int.MaxValue|}, Bidirectional = true)")]
    [InlineData("LSTM(3, Dropout = {|DSL202:1|})")]
    [InlineData("LSTM(3, Dropout = {|DSL202:-0.5|}, Layers = 2)")]
    [InlineData("RNN(3, Dropout = {|DSL202:double.NaN|})")]
    [InlineData("RNN(3, Init = {|DSL202:(Init)99|})")]
    [InlineData("{|DSL208:LSTM(600000000)|}")]
    [InlineData("{|DSL208:RNN(1000000000, Bidirectional = true)|}")]
    [InlineData("LSTM(3, Dropout = 0.9, Layers = 3, Bidirectional = true, Init = Init.Orthogonal, Trainable = false), Linear(1)")]
    public void Ranges(string layers) => Marked.Model($"[Input(6, 8)] [{layers}]");

    [Theory]
    [InlineData("[Input(6)] [{|DSL201:RNN(3)|}]")]
    [InlineData("[Input(6)] [{|DSL201:LSTM(3)|}]")]
    [InlineData("[Input(6, 8, 9)] [{|DSL201:GRU(3)|}]")]
    public void Ranks(string attributes) => Marked.Model(attributes);

    [Fact]
    public void The_rank_message_says_what_is_wanted() =>
        Assert.Equal("LSTM1 needs steps × features, but receives 6 (Input 6)", Marked.Message("[Input(6)] [{|DSL201:LSTM(3)|}]"));

    [Theory]
    [InlineData("RNN(5)", "6×5")]
    [InlineData("LSTM(5, Layers = 3)", "6×5")]
    [InlineData("GRU(5, Bidirectional = true)", "6×10")]
    public void Outputs(string layers, string shape) => Assert.Equal(shape, Reading.Network($"[Input(6, 8)] [{layers}]").OutputShape.ToString());

    // PyTorch's own counts of parameters.
    [Theory]
    [InlineData("RNN(5)", 75, 6 * 5 * 27)]
    [InlineData("LSTM(5)", 300, 6 * 20 * 27)]
    [InlineData("GRU(5)", 225, 6 * 15 * 27)]
    [InlineData("GRU(5, Layers = 2)", 405, 6 * 15 * (27 + 21))]
    [InlineData("LSTM(5, Layers = 2, Bidirectional = true)", 1280, 6 * 40 * (27 + 31))]
    public void Counts(string layers, long parameters, long operations)
    {
        var network = Reading.Network($"[Input(6, 8)] [{layers}]");
        Assert.Equal(parameters, network.ParameterCount);
        Assert.Equal(operations, network.Operations);
    }

    [Fact]
    public void Parameters_have_PyTorchs_names_and_order()
    {
        var network = Reading.Network("[Input(6, 8)] [LSTM(5, Layers = 2, Bidirectional = true)]");
        Assert.Equal(
            [
                "weight_ih_l0 20×8", "weight_hh_l0 20×5", "bias_ih_l0 20", "bias_hh_l0 20",
                "weight_ih_l0_reverse 20×8", "weight_hh_l0_reverse 20×5", "bias_ih_l0_reverse 20", "bias_hh_l0_reverse 20",
                "weight_ih_l1 20×10", "weight_hh_l1 20×5", "bias_ih_l1 20", "bias_hh_l1 20",
                "weight_ih_l1_reverse 20×10", "weight_hh_l1_reverse 20×5", "bias_ih_l1_reverse 20", "bias_hh_l1_reverse 20",
            ],
            network.Nodes[^1].Parameters.Select(parameter => $"{parameter.Name} {parameter.Shape}"));
        Assert.All(network.Nodes[^1].Parameters, parameter => Assert.Equal(Initialisation.FanIn(5), parameter.Initialisation));
    }

    [Fact]
    public void Init_is_that_of_each_matrix() => Assert.Equal(
        [Initialisation.Of(Init.XavierUniform, 8, 15), Initialisation.Of(Init.XavierUniform, 5, 15), Initialisation.FanIn(5), Initialisation.FanIn(5)],
        Reading.Network("[Input(6, 8)] [GRU(5, Init = Init.XavierUniform)]").Nodes[^1].Parameters.Select(parameter => parameter.Initialisation));
}
