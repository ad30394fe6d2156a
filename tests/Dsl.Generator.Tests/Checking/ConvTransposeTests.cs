using Xunit;

namespace Dsl.Generator.Tests.Checking;

using Network = Dsl.Generator.Networks.Graph.Network; // nearer than the runtime's Dsl.Network

/// <summary>Arguments, shapes and counts of the transposed convolution.</summary>
public sealed class ConvTransposeTests
{
    private const string Image = "[Input(6, 8, 9)] ";

    [Theory]
    [InlineData("{|DSL202:0|}, 3")]
    [InlineData("4, {|DSL202:0|}")]
    [InlineData("4, 3, Stride = {|DSL202:0|}")]
    [InlineData("4, 3, Padding = {|DSL202:-1|}")]
    [InlineData("4, 3, OutputPadding = {|DSL202:-1|}")]
    [InlineData("4, 3, OutputPadding = {|DSL202:1|}")]
    [InlineData("4, 3, Stride = 2, OutputPadding = {|DSL202:2|}")]
    [InlineData("4, 3, Stride = 3, StrideWidth = 2, OutputPadding = {|DSL202:2|}")]
    [InlineData("4, 3, Stride = 2, OutputPadding = 1")]
    [InlineData("4, 3, Groups = {|DSL202:0|}")]
    [InlineData("4, 3, Init = {|DSL202:(Init)99|}")]
    [InlineData("4, {|DSL203:1|}, Padding = 4")]
    [InlineData("4, {|DSL203:3|}, Padding = 6, KernelHeight = 7")]
    [InlineData("4, 7, Padding = 5, KernelWidth = {|DSL203:1|}")]
    [InlineData("4, 3, Groups = {|DSL204:4|}")]
    [InlineData("4, 3, Groups = {|DSL204:3|}")]
    [InlineData("4, 3, Groups = 2")]
    public void Arguments(string arguments) => Marked.Model($"{Image}[ConvTranspose2d({arguments})]");

    [Fact]
    public void A_sequence_is_DSL201() => Marked.Model("[Input(6, 8)] [{|DSL201:ConvTranspose2d(4, 3)|}]");

    [Fact]
    public void Too_large_an_output_is_DSL208() => Marked.Model($"{Image}[{{|DSL208:ConvTranspose2d(4, 3, Stride = 10000000)|}}]");

    [Fact]
    public void The_message_says_what_is_left() => Assert.Equal(
        "ConvTranspose2d1 leaves no rows: (input - 1)·stride - 2·padding + kernel + OutputPadding is 0 (Input 6×8×9)",
        Marked.Message($"{Image}[ConvTranspose2d(4, {{|DSL203:1|}}, Padding = 4)]"));

    [Theory]
    [InlineData("4, 3", "4×10×11")]
    [InlineData("4, 3, Stride = 2, Padding = 1, OutputPadding = 1", "4×16×18")]
    [InlineData("4, 2, Stride = 2", "4×16×18")]
    [InlineData("4, 3, KernelHeight = 1, StrideWidth = 3, PaddingWidth = 2", "4×8×23")]
    public void Outputs(string arguments, string shape) => Assert.Equal(shape, Reading.Network($"{Image}[ConvTranspose2d({arguments})]").OutputShape.ToString());

    [Fact]
    public void Counts()
    {
        Network network = Reading.Network($"{Image}[ConvTranspose2d(4, 3, Stride = 2, Groups = 2)]");
        Assert.Equal((112L, (2L * 18 * 432) + (4 * 17 * 19)), (network.ParameterCount, network.Operations));
        Assert.Equal("6×2×3×3", network.Nodes[^1].Parameters[0].Shape.ToString());
    }
}
