using Xunit;

namespace Dsl.Generator.Tests.Checking;

/// <summary>Inputs of ids and the layers that take sequences.</summary>
public sealed class TokenTests
{
    [Theory]
    [InlineData("[Tokens({|DSL202:0|}, Vocabulary = 3), Embedding(2)]", "length of at least 1, but has 0")]
    [InlineData("[Tokens(4, Vocabulary = {|DSL202:0|}), Embedding(2)]", "Vocabulary of at least 1, but has 0")]
    [InlineData("[{|DSL202:Tokens(4)|}, Embedding(2)]", "needs Vocabulary, the number of ids")]
    [InlineData("[Tokens(4, Vocabulary = 3, Padding = {|DSL202:3|}), Embedding(2)]", "Padding from 0 to 2, or -1 for none, but has 3")]
    [InlineData("[Tokens(4, Vocabulary = 3, Padding = {|DSL202:-2|}), Embedding(2)]", "Padding from 0 to 2")]
    [InlineData("[Tokens(4, Vocabulary = 3), Embedding({|DSL202:0|})]", "features of at least 1")]
    [InlineData("[Tokens(4, Vocabulary = 3), {|DSL207:Linear(2)|}]", "needs numbers, but receives ids (Input 4)")]
    [InlineData("[Input(4), {|DSL207:Embedding(2)|}]", "needs ids, but receives numbers (Input 4)")]
    [InlineData("[Tokens(4, Vocabulary = 3), Embedding(2), LastStep, {|DSL201:LastStep|}]", "steps × features")]
    [InlineData("[Input(4), {|DSL201:PositionalEmbedding|}]", "steps × features")]
    [InlineData("[Input(4, 3, 2), {|DSL201:SinusoidalPosition|}]", "steps × features")]
    [InlineData("[Tokens(4, Vocabulary = 3), Embedding(2), LastStep, Linear(4), {|DSL301:Reconstruction|}, Adam]", "needs an input of numbers")]
    [InlineData("[Tokens(2147483647, Vocabulary = 3), {|DSL208:Embedding(2)|}]", "elements per sample")]
    public void Mistakes(string attributes, string text) => Assert.Contains(text, Marked.Message(attributes), System.StringComparison.Ordinal);

    [Theory]
    [InlineData("[Tokens(4, Vocabulary = 3), Embedding(2)]", "4×2", 6, 0)]
    [InlineData("[Tokens(4, Vocabulary = 3), Embedding(2), LastStep]", "2", 6, 0)]
    [InlineData("[Input(4, 3), PositionalEmbedding]", "4×3", 12, 12)]
    [InlineData("[Input(4, 3), SinusoidalPosition, LastStep]", "3", 0, 12)]
    public void Shapes_and_counts(string attributes, string shape, long parameters, long operations)
    {
        var network = Reading.Network(attributes);
        Assert.Equal((shape, parameters, operations), (network.OutputShape.ToString(), network.ParameterCount, network.Operations));
    }

    [Theory]
    [InlineData("Tokens(4, Vocabulary = 3)", "Tokens(4, Vocabulary = 3)", "")]
    [InlineData("Tokens(4, Vocabulary = 3)", "Tokens(4, Vocabulary = 5)", "needs ids below 3, the input of B, but receives ids below 5")]
    [InlineData("Tokens(4, Vocabulary = 3)", "Tokens(4, Vocabulary = 3, Padding = 0)", "receives ids below 3 with padding 0")]
    [InlineData("Tokens(4, Vocabulary = 3)", "Input(4)", "needs ids below 3, the input of B, but receives numbers")]
    public void A_block_of_ids_fits_ids_of_its_own(string block, string model, string message)
    {
        Generating run = Generating.Run($"[Block, {block}, Embedding(2), LastStep] partial class B; [Model, {model}, Use<B>, Linear(3), CrossEntropy, Adam] partial class M;");
        Assert.Equal("", run.AllErrors);
        if (message.Length == 0)
            Assert.Empty(run.Findings);
        else
            Assert.Contains(message, Assert.Single(run.Findings, one => one.Id == "DSL209").GetMessage(), System.StringComparison.Ordinal);
    }
}
