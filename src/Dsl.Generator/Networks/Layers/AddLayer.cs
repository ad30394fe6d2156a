using System;
using System.Collections.Generic;
using Dsl.Generator.Declaring;
using Dsl.Generator.Networks.Graph;
using Dsl.Generator.Networks.Planning;

namespace Dsl.Generator.Networks.Layers;

/// <summary>The elementwise sum. Operations: one per element of every further input.</summary>
internal sealed class AddLayer : MergeLayer
{
    public override string Name => "Add";

    public override object ReadOptions(Entry entry) => new MergeOptions(new EquatableArray<string>(entry.Attribute<AddAttribute>().With));

    public override Shape OutputOf(LayerSite site) => HasEqualShapes(site) ? site.Input : Shape.Unknown;

    public override long OperationsOf(Node node) => Counting.Multiply(node.Inputs.Count - 1, node.Shape.Count);

    public override bool IsCausal(Node node) => true;

    public override Lengths LengthsIn(Node node) => Lengths.Passed;

    public override bool IsSum => true;

    public override void Lower(Lowering lowering, FusedGroup group)
    {
        List<Tensor> inputs = Aligned(lowering, group);
        Tensor y = lowering.NewLike(group, inputs[0], lowering.NeedsGradient(group));
        lowering.Call(Operations.Add, Operand.View(inputs[0]), Operand.View(inputs[1]), Operand.View(y), Operand.Batch);
        for (int i = 2; i < inputs.Count; i++)
            lowering.Call(Operations.Add, Operand.View(y), Operand.View(inputs[i]), Operand.View(y), Operand.Batch);
        lowering.OnBackward(group, y, Adjoint(lowering, inputs, y));
    }

    /// <summary>What passes a sum's gradient on.</summary>
    public static Action<Storage> Adjoint(Lowering lowering, IReadOnlyList<Tensor> inputs, Tensor y) => dy =>
    {
        // Copies for the later ones first, then the gradient itself goes on to the first.
        for (int i = inputs.Count - 1; i > 0; i--)
        {
            Tensor x = inputs[i];
            lowering.WriteGradient(x, dx => lowering.Call(Operations.Copy, Lowering.GradientView(dy, y), Lowering.GradientView(dx, x), Operand.Batch));
        }

        lowering.WriteGradientInPlace(inputs[0], dy, _ => { });
    };

    public override void Export(OnnxGraph graph, Node node) =>
        graph.Node(node.Inputs.Count == 2 ? "Add" : "Sum", node.Path, [.. InputsOf(graph, node)]);
}
