using Dsl.Generator.Checking;
using Dsl.Generator.Planning;

namespace Dsl.Generator.Layers;

/// <summary>The largest value of every channel: C×H×W → C. Operations: one per element of the input.</summary>
internal sealed class GlobalMaxPool2dLayer : ImageLayer
{
    public override string Name => "GlobalMaxPool2d";

    public override Shape OutputOf(Site site) => new(site.Input[0]);

    public override long OperationsOf(Node node) => node.InputShape.Count;

    public override void Lower(Lowering lowering, FusedGroup group)
    {
        Shape input = group.Head.InputShape;
        long bytes = input[0] * ((long)input[1] * input[2] <= 255 ? 1L : 4L);
        string shape = $"new global::Dsl.Runtime.PoolShape({input[1]}, {input[2]}, {input[1]}, {input[2]}, 0, 0)";
        MaxPool2dLayer.LowerMaxPool(lowering, group, shape, (bytes + 63) / 64 * 16);
    }
}
