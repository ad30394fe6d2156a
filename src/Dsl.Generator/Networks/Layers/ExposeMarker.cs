using Dsl.Generator.Declaring;

namespace Dsl.Generator.Networks.Layers;

/// <summary>What <c>Expose</c> declares: the names of the two parts' methods.</summary>
internal sealed record ExposeOptions(string UpTo, string? Onward);

/// <summary>Cuts the network in two: a method up to here and, where asked for, one from here on.</summary>
internal sealed class ExposeMarker : MarkerConstruct
{
    public override string Name => "Expose";

    public override object ReadOptions(Entry entry)
    {
        ExposeAttribute written = entry.Attribute<ExposeAttribute>();
        return new ExposeOptions(written.UpTo ?? "", written.Onward);
    }
}
