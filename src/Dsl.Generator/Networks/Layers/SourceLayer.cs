using Dsl.Generator.Networks.Graph;

namespace Dsl.Generator.Networks.Layers;

/// <summary>Where values enter the network: no layer before it, no operations.</summary>
internal abstract class SourceLayer : Layer
{
    /// <summary>The values are int32 ids.</summary>
    public virtual bool GivesIds => false;

    public override long OperationsOf(Node node) => 0;
}
