using Dsl.Generator.Declaring;

namespace Dsl.Generator.Networks.Layers;

/// <summary>
/// Marks a value without changing it: the current output, or the one that <c>From</c> names. The next layer goes on with the current
/// output as if the mark were not there.
/// </summary>
internal abstract class MarkerConstruct : Construct
{
    public override bool HasOrder => true;

    public override bool OnlyNames => true;
}
