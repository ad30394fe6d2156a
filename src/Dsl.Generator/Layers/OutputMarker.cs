namespace Dsl.Generator.Layers;

/// <summary>A further output of the network.</summary>
internal sealed class OutputMarker : MarkerConstruct
{
    public override string Name => "Output";
}
