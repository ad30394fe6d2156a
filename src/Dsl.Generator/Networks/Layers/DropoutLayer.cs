using System;
using Dsl.Generator.Declaring;
using Dsl.Generator.Networks.Graph;
using Dsl.Generator.Networks.Planning;

namespace Dsl.Generator.Networks.Layers;

/// <summary>What <c>Dropout</c> declares.</summary>
internal sealed record DropoutOptions(float Probability);

/// <summary>Zeros at random in training. No operations: outside training it is not there.</summary>
internal sealed class DropoutLayer : Layer
{
    public override string Name => "Dropout";

    public override object ReadOptions(Entry entry) => new DropoutOptions((float)entry.Attribute<DropoutAttribute>().P);

    public override bool EndsUntrained => true;

    public override void CheckArguments(Site site) => site.InUnit("p");

    public override long OperationsOf(Node node) => 0;

    public override bool KeepsFeatures => true;

    public override bool IsCausal(Node node) => true;

    public override Lengths LengthsIn(Node node) => Lengths.Passed;

    public override void Lower(Lowering lowering, FusedGroup group)
    {
        Tensor x = lowering.InputOf(group);
        float probability = group.Head.Entry.Options<DropoutOptions>().Probability;
        if (!lowering.Training || probability == 0)
        {
            lowering.SetOutput(group, x.Reinterpret(x.Name, group.Last.Shape, x.Layout));
            return;
        }

        Tensor y = lowering.NewLike(group, x, lowering.NeedsGradient(group));
        lowering.OnBackward(group, y, Emit(lowering, DropoutLayerKey.Of(group.Head), probability, x, y));
    }

    /// <summary>Calls the operation; what is returned calls that of its gradient, in place: the same key drops the same elements, so the gradient is the same operation.</summary>
    public static Action<Storage> Emit(Lowering lowering, DropoutLayerKey key, float probability, Tensor x, Tensor y)
    {
        lowering.Call(Operations.Dropout, Operand.Of(key), probability, Operand.View(x), Operand.View(y), Operand.Batch);
        return dy => lowering.WriteGradientInPlace(x, dy, dx =>
            lowering.Call(Operations.Dropout, Operand.Of(key), probability, Lowering.GradientView(dy, y), Lowering.GradientView(dx, x), Operand.Batch));
    }

    public override void Export(OnnxGraph graph, Node node) => graph.Node("Identity", node);
}
