namespace Dsl;

/// <summary>A trained row for each id: T ids → T×features; how many ids there are, <c>Tokens</c> says. The row of the padding id is zero and stays zero.</summary>
/// <param name="features">Values of a row, at least 1.</param>
public sealed class EmbeddingAttribute(int features) : TrainableNodeAttribute
{
    /// <summary>The values of a row.</summary>
    public int Features { get; } = features;
}
