using Dsl.Generator.Declaring;
using Dsl.Generator.Networks.Graph;
using Dsl.Generator.Networks.Planning;

namespace Dsl.Generator.Networks.Layers;

/// <summary>C×H×W per channel.</summary>
internal sealed class BatchNorm2dLayer : BatchNormLayer
{
    public override string Name => "BatchNorm2d";

    public override object ReadOptions(Entry entry)
    {
        BatchNorm2dAttribute written = entry.Attribute<BatchNorm2dAttribute>();
        return new BatchNormOptions((float)written.Momentum, (float)written.Epsilon);
    }

    public override string Needs => "channels × height × width";

    public override bool TakesRank(int rank) => rank == 3;

    public override bool TakesSum(Node node) => node.IsTrainable;

    public override int AxisOf(Shape input) => 0;

    protected override Tensor ByChannel(Lowering lowering, Tensor input) => lowering.Image(input);

    protected override Tensor NewOutput(Lowering lowering, FusedGroup group, Tensor x, bool needsGradient) => lowering.NewImage(group, needsGradient);
}
