using Dsl.Generator.Networks.Graph;
using Dsl.Generator.Networks.Planning;

namespace Dsl.Generator.Networks.Layers;

/// <summary>Where values enter the network: no layer before it, no operations.</summary>
internal abstract class SourceLayer : Layer
{
    public override bool IsSource => true;

    public override long OperationsOf(Node node) => 0;
}
