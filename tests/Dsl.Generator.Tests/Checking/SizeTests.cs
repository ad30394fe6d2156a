using System;
using System.Collections.Generic;
using System.Linq;
using System.Reflection;
using Dsl.Generator.Declaring;
using Dsl.Generator.Networks.Graph;
using Dsl.Generator.Networks.Planning;
using Microsoft.CodeAnalysis;
using Xunit;

namespace Dsl.Generator.Tests.Checking;

using Network = Dsl.Generator.Networks.Graph.Network; // nearer than the runtime's Dsl.Network

/// <summary>DSL208: whatever is larger than the runtime can hold is refused, and no legal size makes the compiler throw.</summary>
public sealed class SizeTests
{
    [Fact]
    public void The_limit_is_the_runtimes()
    {
        Type shared = typeof(Dsl.Network).Assembly.GetType("Dsl.Runtime.SharedFloats`1")!;
        int Constant(string name) => (int)shared.GetField(name, BindingFlags.NonPublic | BindingFlags.Static)!.GetRawConstantValue()!;
        // Values that are not trained start on a cache line of 16 floats.
        Assert.Equal(Network.MostParameterFloats, Array.MaxLength - Constant("Slack") - (Constant("Alignment") / sizeof(float)) - 15);
    }

    [Theory]
    [InlineData("[Input(1), {|DSL208:Linear(2147483600, Bias = false)|}] [CrossEntropy, Adam]")]
    [InlineData("[Input(1), {|DSL208:Linear(2147483497, Bias = false)|}, Linear(3)]")]
    [InlineData("[Input(1), Linear(2147483496, Bias = false)]")]
    [InlineData("[Input(1), Linear(2147483000, Bias = false), {|DSL208:Linear(1)|}]")]
    [InlineData("[Input(2147483000), {|DSL208:BatchNorm1d|}, Linear(1)]")]
    [InlineData("[Input(46000), Linear(46000), Linear(600, From = \"Input\"), {|DSL208:Linear(700, From = \"Linear1\")|}, Concat(\"Linear2\")]")]
    [InlineData("[Input(100000), {|DSL208:Linear(100000)|}]")]
    public void Parameters(string attributes) => Marked.Model(attributes);

    [Fact]
    public void The_message_says_the_count_and_the_limit()
    {
        string message = Marked.Message("[Input(1), {|DSL208:Linear(2147483600, Bias = false)|}]");
        Assert.Contains("2147483600", message, StringComparison.Ordinal);
        Assert.Contains("2147483496", message, StringComparison.Ordinal);
    }

    [Fact]
    public void Parameters_of_blocks_count_as_often_as_they_are_used() => Marked.Verify(
        "[Block, Input(20000), Linear(20000, Bias = false)] partial class B; [Model, Input(20000), Use<B>(Repeat = 5), {|DSL208:Use<B>|}, Linear(2)] partial class M; [Model, Input(20000), {|DSL208:Use<B>(Repeat = 6)|}] partial class N; [Model, Input(20000), Use<B>(Repeat = 5)] partial class P;");

    [Theory]
    [InlineData("[Input(1, 8, 8), {|DSL208:Conv2d(1, 1, Padding = 2147483647, Stride = 2147483647)|}]")]
    [InlineData("[Input(1, 8, 8), {|DSL208:Conv2d(1, 3, Dilation = 2147483647, Same = true)|}]")]
    [InlineData("[Input(1, 8, 8), {|DSL208:DepthwiseConv2d(1, Padding = 1073741824, Stride = 1073741824)|}]")]
    [InlineData("[Input(1, 8, 8), Conv2d(1, 1, PaddingHeight = 20000000, Stride = 10000000), {|DSL208:Conv2d(1, 1, PaddingWidth = 20000000, Stride = 10000000, From = \"Input\")|}, Add(\"Conv2d1\")]", "{|DSL205:\"Conv2d1\"|}")]
    [InlineData("[Input(1, 8, 8), Conv2d(1, 1, Padding = 10000, Stride = 9999)]")]
    public void Zeros_around_an_image(string attributes, string? last = null) =>
        Marked.Model(last is null ? attributes : "[Input(1, 8, 8), Conv2d(1, 1, PaddingHeight = 200000, StrideHeight = 20000), Flatten, Linear(3), {|DSL208:Conv2d(1, 1, PaddingWidth = 200000, StrideWidth = 20000, From = \"Input\")|}, Flatten, Linear(3), Add(\"Linear1\")]");

    /// <summary>Extreme arguments everywhere: a diagnostic or code, never an exception, and no number that C# cannot read.</summary>
    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    public void Extreme_sizes_never_fail_the_compiler(int seed)
    {
        Random random = new(seed);
        int[] sizes = [0, 1, 2, 3, 7, 8, 255, 256, 4096, 46340, 46341, 65535, 65536, 1 << 24, 1 << 30, int.MaxValue - 64, int.MaxValue - 1, int.MaxValue];
        int Size() => random.Next(5) != 0 ? random.Next(1, 5) : sizes[random.Next(sizes.Length)];
        string Layer() => random.Next(18) switch
        {
            0 => $"Conv2d({Size()}, {Size()}, Padding = {Size()}, Stride = {Size()}, Dilation = {Size()})",
            1 => $"Conv2d({Size()}, 3, Same = true, Dilation = {Size()}, Stride = {Size()})",
            2 => $"Conv2d({Size()}, {Size()}, Groups = {Size()}, PaddingWidth = {Size()}, StrideWidth = {Size()}, KernelHeight = {Size()})",
            3 => $"DepthwiseConv2d({Size()}, Padding = {Size()}, Stride = {Size()})",
            4 => $"MaxPool2d({Size()}, Stride = {Size()}, Padding = {Size()})",
            5 => $"AvgPool2d({Size()}, Padding = {Size()})",
            6 => $"AdaptiveAvgPool2d({Size()}, {Size()})",
            7 => $"Upsample2d({Size()})",
            8 => $"ZeroPad2d({Size()})",
            9 => $"Linear({Size()})",
            10 => "Flatten",
            11 => "BatchNorm2d",
            12 => "BatchNorm1d",
            13 => $"Reshape({Size()}, {Size()}, {Size()})",
            14 => "Permute(2, 0, 1)",
            15 => $"Concat(\"Input\", Axis = {random.Next(3)})",
            16 => "GlobalAvgPool2d",
            _ => "ReLU",
        };
        List<string> models = [];
        for (int i = 0; i < 50; i++)
        {
            string losses = new[] { "", ", CrossEntropy, Adam", ", MeanSquaredError, SGD(0.1)" }[random.Next(3)];
            models.Add($"[Model, Input({Size()}, {Size()}, {Size()}), {string.Join(", ", Enumerable.Range(0, random.Next(1, 4)).Select(_ => Layer()))}{losses}] partial class M{i};");
        }
        Generating run = Generating.Run([.. models]);
        Assert.DoesNotContain(run.Findings, one => one.Id is "DSL120" or "AD0001");
        Assert.Equal("", run.AllErrors);
        Assert.InRange(run.Result.GeneratedTrees.Count(tree => !tree.ToString().Contains(GeneratorOutput.StubMark, StringComparison.Ordinal)), 2, 55);
        // Prepared and arena offsets may need 64 bits; whatever is an int in a call must be one.
        IEnumerable<string> negative = run.Result.GeneratedTrees
            .SelectMany(tree => tree.ToString().Split('\n'))
            .Where(line => System.Text.RegularExpressions.Regex.IsMatch(line, @"[^eE]-\d") && !line.Contains("-2147483648", StringComparison.Ordinal)); // IgnoreLabel is int.MinValue
        Assert.Equal("", string.Join("\n", negative));
    }
}
