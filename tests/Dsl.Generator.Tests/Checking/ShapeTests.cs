using System.Linq;
using Dsl.Generator.Networks.Graph;
using Xunit;

namespace Dsl.Generator.Tests.Checking;

using Network = Dsl.Generator.Networks.Graph.Network; // nearer than the runtime's Dsl.Network

/// <summary>DSL201 to DSL208: what a layer wants of its input and its arguments.</summary>
public sealed class ShapeTests
{
    private const string Image = "[Input(6, 8, 9)] ";

    [Theory]
    [InlineData("Linear(3)", "channels × height × width", false)]
    [InlineData("{|DSL201:Linear(3)|}", "Linear1 needs features or steps × features, but receives 6×8×9 (Input 6×8×9)")]
    [InlineData("Flatten, {|DSL201:Conv2d(4, 3)|}", "Conv2d1 needs channels × height × width, but receives 432 (Input 6×8×9 → Flatten1 432)")]
    [InlineData("Flatten, {|DSL201:DepthwiseConv2d(3)|}", "height")]
    [InlineData("Flatten, {|DSL201:MaxPool2d(2)|}", "height")]
    [InlineData("Flatten, {|DSL201:AvgPool2d(2)|}", "height")]
    [InlineData("Flatten, {|DSL201:AdaptiveAvgPool2d(2, 2)|}", "height")]
    [InlineData("Flatten, {|DSL201:GlobalAvgPool2d|}", "height")]
    [InlineData("Flatten, {|DSL201:GlobalMaxPool2d()|}", "height")]
    [InlineData("Flatten, {|DSL201:BatchNorm2d|}", "height")]
    [InlineData("Flatten, {|DSL201:Upsample2d(2)|}", "height")]
    [InlineData("Flatten, {|DSL201:ZeroPad2d(1)|}", "height")]
    [InlineData("{|DSL201:BatchNorm1d|}", "steps")]
    public void Rank(string layers, string text, bool isWrong = true)
    {
        if (isWrong)
            Assert.Contains(text, Marked.Message($"{Image}[{layers}]"), System.StringComparison.Ordinal);
        else
            Marked.Model($"[Input(7)] [{layers}] [Linear(3)]");
    }

    [Fact]
    public void The_message_of_the_language_page() => Assert.Equal(
        "Conv2d2 needs channels × height × width, but receives 1024 (Input 1×8×8 → Conv2d1 16×8×8 → Flatten1 1024)",
        Marked.Message("[Input(1, 8, 8)] [Conv2d(16, 3, Padding = 1), Flatten, {|DSL201:Conv2d(8, 3)|}]"));

    [Fact]
    public void A_long_trace_is_shortened()
    {
        string message = Marked.Message($"[Input(4)] [{string.Concat(Enumerable.Repeat("ReLU, ", 30))} {{|DSL201:Conv2d(8, 3)|}}]");
        Assert.Contains("(Input 4 → ReLU1 4 → ReLU2 4 → … → ReLU22 4 → ", message, System.StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("Conv2d({|DSL202:0|}, 3)")]
    [InlineData("Conv2d(4, {|DSL202:-1|})")]
    [InlineData("Conv2d(k: {|DSL202:0|}, channels: 4)")]
    [InlineData("Conv2d(4, 3, Stride = {|DSL202:0|})")]
    [InlineData("Conv2d(4, 3, Padding = {|DSL202:-1|})")]
    [InlineData("Conv2d(4, 3, Dilation = {|DSL202:0|})")]
    [InlineData("Conv2d(4, 3, Groups = {|DSL202:0|})")]
    [InlineData("Conv2d(4, 3, KernelHeight = {|DSL202:0|})")]
    [InlineData("Conv2d(4, 3, KernelWidth = {|DSL202:0|})")]
    [InlineData("Conv2d(4, 3, StrideHeight = {|DSL202:0|})")]
    [InlineData("Conv2d(4, 3, PaddingWidth = {|DSL202:-2|})")]
    [InlineData("Conv2d(4, 3, Same = true, Padding = {|DSL202:0|})")]
    [InlineData("Conv2d(4, 3, Same = true, PaddingHeight = {|DSL202:1|})")]
    [InlineData("Conv2d(4, 3, Same = false, Padding = 1)")]
    [InlineData("Conv2d(4, 3, Init = {|DSL202:(Init)99|})")]
    [InlineData("Conv2d(4, 3, Init = Init.Zeros)")]
    [InlineData("DepthwiseConv2d({|DSL202:0|})")]
    [InlineData("DepthwiseConv2d(3, Stride = {|DSL202:0|}, Dilation = 0)")]
    [InlineData("MaxPool2d({|DSL202:0|})")]
    [InlineData("MaxPool2d(2, Stride = {|DSL202:0|})")]
    [InlineData("MaxPool2d(3, Padding = {|DSL202:2|})")]
    [InlineData("MaxPool2d(3, Padding = 1)")]
    [InlineData("AvgPool2d(2, Padding = {|DSL202:-1|})")]
    [InlineData("AvgPool2d(4, Padding = {|DSL202:2|}, KernelHeight = 2)")]
    [InlineData("AvgPool2d(4, PaddingHeight = {|DSL202:3|})")]
    [InlineData("AdaptiveAvgPool2d({|DSL202:0|}, 1)")]
    [InlineData("AdaptiveAvgPool2d(1, {|DSL202:0|})")]
    [InlineData("BatchNorm2d(Momentum = {|DSL202:1|}), ReLU")]
    [InlineData("BatchNorm2d(Epsilon = {|DSL202:0|}), ReLU")]
    [InlineData("LayerNorm(Epsilon = {|DSL202:-1e-5|}), ReLU")]
    [InlineData("RMSNorm(Epsilon = {|DSL202:0|}), ReLU")]
    [InlineData("GroupNorm({|DSL202:0|}), ReLU")]
    [InlineData("GroupNorm(2, Epsilon = {|DSL202:0|}), ReLU")]
    [InlineData("GroupNorm({|DSL204:4|}), ReLU")]
    [InlineData("Flatten, {|DSL201:GroupNorm(4)|}, ReLU")]
    [InlineData("Reshape(8, 54), GroupNorm({|DSL204:4|}), ReLU")]
    [InlineData("Dropout({|DSL202:1.0|}), ReLU")]
    [InlineData("Dropout({|DSL202:-0.1|}), ReLU")]
    [InlineData("Dropout({|DSL202:double.NaN|}), ReLU")]
    [InlineData("Dropout({|DSL202:0.99999999999|}), ReLU")]
    [InlineData("LeakyReLU({|DSL202:1e300|})")]
    [InlineData("LeakyReLU({|DSL202:double.NaN|})")]
    [InlineData("ELU({|DSL202:-1e39|})")]
    [InlineData("BatchNorm2d(Momentum = {|DSL202:0.99999999999|}), ReLU")]
    [InlineData("BatchNorm2d(Epsilon = {|DSL202:1e-50|}), ReLU")]
    [InlineData("LeakyReLU({|DSL202:double.PositiveInfinity|})")]
    [InlineData("ELU({|DSL202:double.NaN|})")]
    [InlineData("LeakyReLU(-1)")]
    [InlineData("Upsample2d({|DSL202:0|})")]
    [InlineData("ZeroPad2d({|DSL202:-1|})")]
    [InlineData("Reshape(2, {|DSL202:-1|})")]
    [InlineData("{|DSL202:Add|}")]
    [InlineData("{|DSL202:Multiply()|}")]
    [InlineData("{|DSL202:Concat(Axis = 1)|}")]
    [InlineData("{|DSL202:Add(null!)|}")]
    [InlineData("Concat(\"Input\", Axis = {|DSL202:3|})")]
    [InlineData("Concat(\"Input\", Axis = {|DSL202:-1|})")]
    [InlineData("Flatten, Linear({|DSL202:0|}, Init = (Init)7)")]
    [InlineData("Flatten, Linear({|DSL202:int.MinValue|})")]
    public void Ranges(string layers) => Marked.Model($"{Image}[{layers}]");

    [Theory]
    [InlineData("[{|DSL202:Input()|}] [ReLU]")]
    [InlineData("[{|DSL202:Input|}] [ReLU]")]
    [InlineData("[{|DSL202:Input(1, 2, 3, 4, 5)|}] [ReLU]")]
    [InlineData("[Input(1, {|DSL202:0|}, 3)] [Conv2d(1, 1)]")]
    [InlineData("[Input(new int[] { 1, {|DSL202:-4|} })] [ReLU]")]
    [InlineData("[Input(shape: new[] { 1, {|DSL202:-4|} })] [ReLU]")]
    [InlineData("[Input(1, 2, 3, 4)] [ReLU, Softmax]")]
    public void Input_sizes(string attributes) => Marked.Model(attributes);

    [Theory]
    [InlineData("Conv2d(4, {|DSL203:9|})")]
    [InlineData("Conv2d(4, {|DSL203:5|}, Dilation = 2)")]
    [InlineData("Conv2d(4, 3, KernelHeight = {|DSL203:9|})")]
    [InlineData("Conv2d(4, {|DSL203:10|}, KernelHeight = 3)")]
    [InlineData("Conv2d(4, 9, Padding = 1)")]
    [InlineData("Conv2d(4, 99, Same = true)")]
    [InlineData("DepthwiseConv2d({|DSL203:10|}, KernelHeight = 1)")]
    [InlineData("MaxPool2d({|DSL203:9|}), Conv2d(4, 1)")]
    [InlineData("AvgPool2d({|DSL203:int.MaxValue|})")]
    public void Windows(string layers) => Marked.Model($"{Image}[{layers}]");

    [Fact]
    public void The_window_message_names_both() => Assert.Equal(
        "Conv2d1 has a window 9 elements high, but the padded input has 8 (Input 6×8×9)",
        Marked.Message($"{Image}[Conv2d(4, {{|DSL203:9|}})]"));

    [Theory]
    [InlineData("Conv2d(4, 3, Groups = {|DSL204:4|})")]
    [InlineData("Conv2d(4, 3, Groups = {|DSL204:3|})")]
    [InlineData("Conv2d(4, 3, Groups = 2)")]
    public void Groups(string layers) => Marked.Model($"{Image}[{layers}]");

    [Theory]
    [InlineData("Conv2d(6, 3, Padding = 1), Add(\"Input\")")]
    [InlineData("Conv2d(6, 3), Add({|DSL205:\"Input\"|})")]
    [InlineData("Conv2d(6, 3), Multiply(\"Conv2d1\", {|DSL205:\"Input\"|})")]
    [InlineData("Conv2d(4, 3, Padding = 1), Concat(\"Input\")")]
    [InlineData("Conv2d(6, 3), Concat({|DSL205:\"Input\"|}, Axis = 1)")]
    [InlineData("Conv2d(6, 3, PaddingWidth = 1), Concat(\"Input\", Axis = 1)")]
    [InlineData("Flatten, Concat({|DSL205:\"Input\"|})")]
    public void Merges(string layers) => Marked.Model($"{Image}[{layers}]");

    [Theory]
    [InlineData("{|DSL206:Reshape(6, 8, 8)|}")]
    [InlineData("{|DSL206:Reshape()|}")]
    [InlineData("{|DSL206:Reshape(int.MaxValue, int.MaxValue, int.MaxValue)|}")]
    [InlineData("Reshape(8, 9, 6), Reshape(2, 3, 4, 9, 2), Reshape(432)")]
    [InlineData("{|DSL206:Permute(0, 1)|}")]
    [InlineData("{|DSL206:Permute(0, 1, 1)|}")]
    [InlineData("{|DSL206:Permute(1, 2, 3)|}")]
    [InlineData("{|DSL206:Permute(-1, 1, 0)|}")]
    [InlineData("Permute(2, 0, 1)")]
    public void Reordering(string layers) => Marked.Model($"{Image}[{layers}]");

    [Theory]
    [InlineData("[{|DSL208:Input(65536, 32768)|}] [ReLU]")]
    [InlineData("[{|DSL208:Input(int.MaxValue, int.MaxValue, int.MaxValue, int.MaxValue)|}] [ReLU]")]
    [InlineData("[Input(1, 8, 8)] [{|DSL208:Upsample2d(int.MaxValue)|}, Conv2d(3, 2)]")]
    [InlineData("[Input(1, 8, 8)] [{|DSL208:ZeroPad2d(int.MaxValue)|}]")]
    [InlineData("[Input(1, 8, 8)] [{|DSL208:Conv2d(int.MaxValue, 3)|}]")]
    [InlineData("[Input(1, 8, 8)] [{|DSL208:Conv2d(9, 3, Padding = int.MaxValue)|}]")]
    [InlineData("[Input(100000)] [{|DSL208:Linear(100000)|}, ReLU]")]
    [InlineData("[Input(40000)] [Linear(40000), {|DSL208:Linear(40000)|}, Linear(10), ReLU]")]
    public void Sizes(string attributes) => Marked.Model(attributes);

    [Fact]
    public void Nothing_that_depends_on_an_error_is_reported_but_argument_errors_are() => Marked.Model(
        "[Input(4)] [{|DSL201:Conv2d(0, 0)|}, MaxPool2d(2), Linear({|DSL202:0|}), Add(\"Input\"), Reshape(7)] [CrossEntropy(LabelSmoothing = {|DSL202:2|})]");

    [Fact]
    public void Constants_may_be_written_in_many_ways() => Marked.Verify("""
        static class Sizes { public const int Side = 8; public const double Rate = 0.5; public const string Hidden = "hid" + "den"; }
        [Model, Input(1, Sizes.Side, 2 * Sizes.Side)]
        [Conv2d(channels: 0x10, 3, Padding = Sizes.Side - 7, Init = (Init)3), Dropout(Sizes.Rate), Flatten(Name = Sizes.Hidden)]
        [Linear(unchecked((int)10L), From = nameof(Other.hidden)), LeakyReLU(1)]
        partial class M;
        class Other { public int hidden; }
        """);

    [Theory]
    [InlineData("Conv2d(8, 3, Stride = 2, Padding = 1)", "8×4×5")]
    [InlineData("Conv2d(8, 3, Stride = 2, Same = true)", "8×4×5")]
    [InlineData("Conv2d(8, 3, Dilation = 2, StrideWidth = 3)", "8×4×2")]
    [InlineData("Conv2d(8, 5, KernelWidth = 1, PaddingHeight = 2)", "8×8×9")]
    [InlineData("DepthwiseConv2d(3, Stride = 4)", "6×2×2")]
    [InlineData("MaxPool2d(2)", "6×4×4")]
    [InlineData("MaxPool2d(3, Stride = 2, Padding = 1)", "6×4×5")]
    [InlineData("MaxPool2d(4, KernelWidth = 3)", "6×2×3")]
    [InlineData("MaxPool2d(3, StrideHeight = 1)", "6×6×3")]
    [InlineData("AdaptiveAvgPool2d(3, 12)", "6×3×12")]
    [InlineData("GlobalAvgPool2d", "6")]
    [InlineData("GlobalMaxPool2d", "6")]
    [InlineData("BatchNorm2d", "6×8×9")]
    [InlineData("Flatten", "432")]
    [InlineData("Reshape(3, 144), Linear(5), BatchNorm1d", "3×5")]
    [InlineData("LayerNorm", "6×8×9")]
    [InlineData("RMSNorm", "6×8×9")]
    [InlineData("GroupNorm(3)", "6×8×9")]
    [InlineData("Reshape(8, 54), GroupNorm(3)", "8×54")]
    [InlineData("Flatten, LayerNorm(Epsilon = 1)", "432")]
    [InlineData("Permute(2, 0, 1)", "9×6×8")]
    [InlineData("Upsample2d(3)", "6×24×27")]
    [InlineData("ZeroPad2d(2)", "6×12×13")]
    [InlineData("Concat(\"Input\", \"Input\", Axis = 2)", "6×8×27")]
    public void Outputs(string layers, string shape) => Assert.Equal(shape, Reading.Network($"{Image}[{layers}]").OutputShape.ToString());

    [Theory]
    [InlineData("[Input(7)] [Linear(5)]", 40, 75)]
    [InlineData("[Input(7)] [Linear(5, Bias = false)]", 35, 70)]
    [InlineData("[Input(4, 7)] [Linear(5)]", 40, 300)]
    [InlineData("[Input(6, 8, 8)] [Conv2d(4, 3, Padding = 1)]", 220, 4 * 64 * 109)]
    [InlineData("[Input(6, 8, 8)] [Conv2d(4, 3, Padding = 1, Groups = 2, Bias = false)]", 108, 4 * 64 * 54)]
    [InlineData("[Input(6, 8, 8)] [DepthwiseConv2d(3, Padding = 1)]", 60, 6 * 64 * 19)]
    [InlineData("[Input(6, 8, 8)] [MaxPool2d(2), BatchNorm2d]", 12, 384 + 384)]
    [InlineData("[Input(6, 8)] [LayerNorm]", 16, 4 * 48)]
    [InlineData("[Input(6, 8)] [RMSNorm]", 8, 3 * 48)]
    [InlineData("[Input(6, 8)] [GroupNorm(2)]", 16, 4 * 48)]
    [InlineData("[Input(6, 8, 2)] [GroupNorm(2)]", 12, 4 * 96)]
    public void Counts(string attributes, long parameters, long operations)
    {
        Network network = Reading.Network(attributes);
        Assert.Equal(parameters, network.ParameterCount);
        Assert.Equal(operations, network.Operations);
    }
}
