namespace Dsl.Generator.Layers;

/// <summary>max(0, x). Operations: one per element.</summary>
internal sealed partial class ReLULayer : Layer
{
    public override string Name => "ReLU";
}
