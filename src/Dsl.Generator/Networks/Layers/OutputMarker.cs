using Dsl.Generator.Declaring;

namespace Dsl.Generator.Networks.Layers;

/// <summary>What <c>Output</c> declares.</summary>
internal sealed record OutputOptions(string Name);

/// <summary>A further output of the network.</summary>
internal sealed class OutputMarker : MarkerConstruct
{
    public override string Name => "Output";

    public override object ReadOptions(Entry entry) => new OutputOptions(entry.Attribute<OutputAttribute>().OutputName ?? "");
}
