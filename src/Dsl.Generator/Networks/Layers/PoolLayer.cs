using Dsl.Generator.Declaring;
using Dsl.Generator.Networks.Graph;
using Dsl.Runtime;

namespace Dsl.Generator.Networks.Layers;

/// <summary>A window that slides over every channel by itself. Operations: one per element read.</summary>
internal abstract class PoolLayer : ImageLayer
{
    public override void CheckArguments(Site site) => Window.Check(site, site.Entry.Options<WindowOptions>(), isPool: true);

    public override Shape OutputOf(LayerSite site)
    {
        Window window = site.Entry.Options<WindowOptions>().Over(site.Input);
        return window.Fits(site) ? Sized(site, site.Input[0], window.Height.Output, window.Width.Output) : Shape.Unknown;
    }

    public override long OperationsOf(Node node)
    {
        Window window = node.Entry.Options<WindowOptions>().Over(node.InputShape);
        return Counting.Multiply(Counting.Multiply(window.Height.Kernel, window.Width.Kernel), node.Shape.Count);
    }

    /// <summary>The window as the seam has it.</summary>
    public static PoolShape ShapeOf(Node node)
    {
        Window window = node.Entry.Options<WindowOptions>().Over(node.InputShape);
        return new(window.Height.Kernel, window.Width.Kernel, window.Height.Stride, window.Width.Stride, window.Height.Before, window.Width.Before);
    }
}
