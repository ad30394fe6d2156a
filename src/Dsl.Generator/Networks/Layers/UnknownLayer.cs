using Dsl.Generator.Networks.Planning;

namespace Dsl.Generator.Networks.Layers;

/// <summary>An attribute that the C# compiler does not find: it may be a layer with a typing error, so its output is unknown.</summary>
internal sealed class UnknownLayer : Layer
{
    public static UnknownLayer Instance { get; } = new();

    public override string Name => "?";

    /// <summary>It may as well be none of ours, so where it stands proves nothing.</summary>
    public override bool HasOrder => false;
}
