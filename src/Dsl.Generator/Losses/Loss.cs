using Dsl.Generator.Checking;

namespace Dsl.Generator.Losses;

/// <summary>What a loss wants of the main output. One file a loss.</summary>
internal abstract partial class Loss : Construct
{
    /// <summary>Takes int32 labels instead of float32 targets.</summary>
    public virtual bool TakesLabels => false;

    /// <summary>Takes float32 targets of the output's shape; <c>Reconstruction</c> takes neither.</summary>
    public virtual bool TakesTargets => !TakesLabels;

    /// <summary>Whether the loss applies that activation itself, so that it must not stand before it (DSL302).</summary>
    public virtual bool Applies(string activation) => false;

    /// <summary>What is wrong with the main output, in words that follow the loss's name (DSL301), or null.</summary>
    public virtual string? Refuses(Network network) => null;
}
