using System;

namespace Dsl.Generator.Networks.Graph;

/// <summary>A parameter that a kind of layer has. Its name is known from what is written, the rest once the shape of a layer is.</summary>
/// <param name="Name">PyTorch's: <c>weight</c>, <c>bias</c>, <c>running_mean</c> ...</param>
/// <param name="Shape">PyTorch's dimensions for a layer of known shape: out×in, O×I×kh×kw.</param>
/// <param name="Start">Its first values there.</param>
/// <param name="IsBuffer">State that is saved but neither trained nor counted as a parameter, such as running statistics.</param>
internal sealed record LayerParameter(string Name, Func<Node, Shape> Shape, Func<Node, Initialisation> Start, bool IsBuffer = false)
{
    /// <summary>The parameter of one layer.</summary>
    public ParameterSpec Of(Node node) => new(Name, Shape(node), Start(node), IsBuffer);
}
