using Xunit;

namespace Dsl.Generator.Tests.Checking;

/// <summary>Arguments, shapes and counts of what slides over steps.</summary>
public sealed class StepWindowTests
{
    private const string Sequence = "[Input(9, 6)] ";

    [Theory]
    [InlineData("{|DSL202:0|}, 3")]
    [InlineData("4, {|DSL202:0|}")]
    [InlineData("4, 3, Stride = {|DSL202:0|}")]
    [InlineData("4, 3, Padding = {|DSL202:-1|}")]
    [InlineData("4, 3, Dilation = {|DSL202:0|}")]
    [InlineData("4, 3, Groups = {|DSL202:0|}")]
    [InlineData("4, 3, Same = true, Padding = {|DSL202:0|}")]
    [InlineData("4, 3, Init = {|DSL202:(Init)99|}")]
    [InlineData("4, {|DSL203:10|}")]
    [InlineData("4, {|DSL203:5|}, Dilation = 3")]
    [InlineData("4, 10, Padding = 1")]
    [InlineData("4, 99, Same = true")]
    [InlineData("4, 3, Groups = {|DSL204:4|}")]
    [InlineData("4, 3, Groups = {|DSL204:3|}")]
    [InlineData("4, 3, Groups = 2")]
    public void Convolutions(string arguments) => Marked.Model($"{Sequence}[Conv1d({arguments})]");

    [Theory]
    [InlineData("{|DSL202:0|}")]
    [InlineData("2, Stride = {|DSL202:0|}")]
    [InlineData("3, Padding = {|DSL202:2|}")]
    [InlineData("3, Padding = {|DSL202:-1|}")]
    [InlineData("{|DSL203:10|}")]
    [InlineData("3, Padding = 1")]
    public void Pools(string arguments)
    {
        Marked.Model($"{Sequence}[MaxPool1d({arguments}), Linear(2)]");
        Marked.Model($"{Sequence}[AvgPool1d({arguments}), Linear(2)]");
    }

    [Theory]
    [InlineData("Conv1d(4, 3)")]
    [InlineData("MaxPool1d(2)")]
    [InlineData("AvgPool1d(2)")]
    [InlineData("GlobalAvgPool1d")]
    [InlineData("GlobalMaxPool1d")]
    public void Anything_but_a_sequence_is_DSL201(string layer)
    {
        Marked.Model($"[Input(6, 8, 9)] [{{|DSL201:{layer}|}}, Flatten, Linear(2)]");
        Marked.Model($"[Input(6)] [{{|DSL201:{layer}|}}, Linear(2)]");
    }

    [Fact]
    public void An_image_is_DSL201_for_what_takes_steps_and_a_sequence_for_what_takes_images() => Assert.Equal(
        "Conv1d1 needs steps × features, but receives 6×8×9 (Input 6×8×9)",
        Marked.Message("[Input(6, 8, 9)] [{|DSL201:Conv1d(4, 3)|}]"));

    [Fact]
    public void The_window_message_names_steps() => Assert.Equal(
        "Conv1d1 has a window 10 steps long, but the padded input has 9 (Input 9×6)",
        Marked.Message($"{Sequence}[Conv1d(4, {{|DSL203:10|}})]"));

    [Theory]
    [InlineData("[Input(9, 6)] [{|DSL208:Conv1d(int.MaxValue, 3)|}]")]
    [InlineData("[Input(9, 6)] [{|DSL208:Conv1d(9, 3, Padding = int.MaxValue)|}]")]
    public void Sizes(string attributes) => Marked.Model(attributes);

    [Theory]
    [InlineData("Conv1d(8, 3)", "7×8")]
    [InlineData("Conv1d(8, 3, Stride = 2, Padding = 1)", "5×8")]
    [InlineData("Conv1d(8, 4, Stride = 2, Same = true)", "5×8")]
    [InlineData("Conv1d(8, 3, Dilation = 3)", "3×8")]
    [InlineData("MaxPool1d(2)", "4×6")]
    [InlineData("MaxPool1d(3, Stride = 2, Padding = 1)", "5×6")]
    [InlineData("AvgPool1d(4, Stride = 1)", "6×6")]
    [InlineData("GlobalAvgPool1d", "6")]
    [InlineData("GlobalMaxPool1d", "6")]
    public void Outputs(string layers, string shape) => Assert.Equal(shape, Reading.Network($"{Sequence}[{layers}]").OutputShape.ToString());

    [Theory]
    [InlineData("Conv1d(4, 3)", (4 * 6 * 3) + 4, 7 * 4 * 37)]
    [InlineData("Conv1d(4, 3, Groups = 2, Bias = false)", 4 * 3 * 3, 7 * 4 * 18)]
    [InlineData("MaxPool1d(3)", 0, 3 * 6 * 3)]
    [InlineData("GlobalAvgPool1d", 0, 54)]
    public void Counts(string layer, long parameters, long operations)
    {
        Networks.Graph.Network network = Reading.Network($"{Sequence}[{layer}]");
        Assert.Equal((parameters, operations), (network.ParameterCount, network.Operations));
    }

    [Fact]
    public void A_kernel_has_the_layout_of_PyTorch() => Assert.Equal("4×3×5", Reading.Network($"{Sequence}[Conv1d(4, 5, Groups = 2)]").Nodes[^1].Parameters[0].Shape.ToString());
}
