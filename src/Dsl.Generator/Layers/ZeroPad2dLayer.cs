using Dsl.Generator.Checking;
using Dsl.Generator.Planning;

namespace Dsl.Generator.Layers;

/// <summary>Zeros around the image: C×H×W → C×(H + 2p)×(W + 2p). No operations: values are copied.</summary>
internal sealed class ZeroPad2dLayer : ImageLayer
{
    public override string Name => "ZeroPad2d";

    public override void CheckArguments(Site site) => site.AtLeast("p", 0);

    public override Shape OutputOf(Site site)
    {
        long both = 2L * site.Entry.Int("p");
        return Sized(site, site.Input[0], site.Input[1] + both, site.Input[2] + both);
    }

    public override long OperationsOf(Node node) => 0;

    public override void Lower(Lowering lowering, FusedGroup group)
    {
        Operand padding = group.Head.Entry.Int("p");
        Tensor x = lowering.Image(lowering.InputOf(group));
        Tensor y = lowering.NewImage(group, lowering.NeedsGradient(group));
        lowering.Call(Operations.ZeroPad2d, padding, Operand.View(x), Operand.View(y), Operand.Batch);
        lowering.OnBackward(group, y, dy => lowering.WriteGradient(x, dx =>
            lowering.Call(Operations.ZeroPad2dBackward, padding, Lowering.GradientView(dy, y), Lowering.GradientView(dx, x), Operand.Batch)));
    }
}
