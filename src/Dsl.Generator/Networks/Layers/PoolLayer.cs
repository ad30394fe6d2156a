using Dsl.Generator.Declaring;
using Dsl.Generator.Networks.Graph;
using Dsl.Runtime;

namespace Dsl.Generator.Networks.Layers;

/// <summary>A window that slides over every channel by itself. Operations: one per element read.</summary>
internal abstract class PoolLayer : WindowLayer
{
    public override void CheckArguments(Site site) => Window.Check(site, site.Entry.Options<WindowOptions>(), isPool: true);

    public override Shape OutputOf(LayerSite site) => Slide(site, site.Entry.Options<WindowOptions>(), ImageOf(site.Input)[0]);

    public override long OperationsOf(Node node)
    {
        Window window = WindowOf(node, node.Entry.Options<WindowOptions>());
        return Counting.Multiply(Counting.Multiply(window.Height.Kernel, window.Width.Kernel), node.Shape.Count);
    }

    /// <summary>The window as the seam has it.</summary>
    public static PoolShape ShapeOf(Node node)
    {
        Window window = WindowOf(node, node.Entry.Options<WindowOptions>());
        return new(window.Height.Kernel, window.Width.Kernel, window.Height.Stride, window.Width.Stride, window.Height.Before, window.Width.Before);
    }
}
