namespace Dsl.Generator.Layers;

/// <summary>Cuts the network in two: a method up to here and, where asked for, one from here on.</summary>
internal sealed class ExposeMarker : MarkerConstruct
{
    public override string Name => "Expose";
}
