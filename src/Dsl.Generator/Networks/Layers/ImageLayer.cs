using Dsl.Generator.Networks.Planning;

namespace Dsl.Generator.Networks.Layers;

/// <summary>A layer that works on images only.</summary>
internal abstract class ImageLayer : Layer
{
    public override string Needs => "channels × height × width";

    public override bool TakesRank(int rank) => rank == 3;
}
