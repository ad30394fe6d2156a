namespace Dsl;

/// <summary>The layers of a block in place; the block's own input must equal what reaches it.</summary>
/// <typeparam name="TBlock">A class marked <c>[Block]</c>, of this or another assembly.</typeparam>
public sealed class UseAttribute<TBlock> : TrainableNodeAttribute
{
    /// <summary>How often the block's layers are repeated, each time with parameters of their own; at least 1.</summary>
    public int Repeat { get; set; } = 1;
}
