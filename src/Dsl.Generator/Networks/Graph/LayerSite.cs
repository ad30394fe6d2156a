using Dsl.Generator.Declaring;

namespace Dsl.Generator.Networks.Graph;

/// <summary>A layer under check, with the shapes that reach it: it reports one diagnostic about them.</summary>
internal sealed class LayerSite(Entry entry, int ordinal, string label, EquatableArray<Shape> inputs, Trace? trace = null) : Site(entry, ordinal, label)
{
    /// <summary>The shapes that reach the layer; unknown ones where something before is wrong.</summary>
    public EquatableArray<Shape> Inputs { get; } = inputs;

    /// <summary>The shape of the current output, which is the first input of every layer.</summary>
    public Shape Input => Inputs.Count == 0 ? Shape.Unknown : Inputs[0];

    /// <summary>How the input came to its shape: <c> (Input 1×8×8 → Flatten1 64)</c>.</summary>
    public string Origin => trace?.ToString() ?? "";
}
