using Dsl.Generator.Checking;
using Dsl.Generator.Planning;

namespace Dsl.Generator.Layers;

/// <summary>A window that slides over every channel by itself. Operations: one per element read.</summary>
internal abstract class PoolLayer : ImageLayer
{
    public override void CheckArguments(Site site) => Window.Check(site, isPool: true);

    public override Shape OutputOf(Site site)
    {
        Window window = Window.OfPool(site.Entry, site.Input);
        return window.Fits(site) ? Sized(site, site.Input[0], window.Height.Output, window.Width.Output) : Shape.Unknown;
    }

    public override long OperationsOf(Node node)
    {
        Window window = Window.OfPool(node.Entry, node.InputShape);
        return Counting.Multiply(Counting.Multiply(window.Height.Kernel, window.Width.Kernel), node.Shape.Count);
    }

    /// <summary>C# that makes the runtime's PoolShape.</summary>
    public static string ShapeText(Node node)
    {
        Window window = Window.OfPool(node.Entry, node.InputShape);
        return $"new global::Dsl.Runtime.PoolShape({window.Height.Kernel}, {window.Width.Kernel}, {window.Height.Stride}, {window.Width.Stride}, {window.Height.Before}, {window.Width.Before})";
    }

    /// <summary>Floats of one sample's stored indices: one byte each, four where a window has more than 255 elements, rounded to a cache line.</summary>
    public static long IndexFloats(Node node)
    {
        Window window = Window.OfPool(node.Entry, node.InputShape);
        long bytes = node.Shape.Count * ((long)window.Height.Kernel * window.Width.Kernel <= 255 ? 1 : 4);
        return (bytes + 63) / 64 * 16;
    }
}
