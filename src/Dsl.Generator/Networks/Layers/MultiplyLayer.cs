using System.Collections.Generic;
using System.Globalization;
using Dsl.Generator.Declaring;
using Dsl.Generator.Networks.Graph;
using Dsl.Generator.Networks.Planning;

namespace Dsl.Generator.Networks.Layers;

/// <summary>The elementwise product. Operations: one per element of every further input.</summary>
internal sealed class MultiplyLayer : MergeLayer
{
    public override string Name => "Multiply";

    public override object ReadOptions(Entry entry) => new MergeOptions(new EquatableArray<string>(entry.Attribute<MultiplyAttribute>().With));

    public override Shape OutputOf(LayerSite site) => HasEqualShapes(site) ? site.Input : Shape.Unknown;

    public override long OperationsOf(Node node) => Counting.Multiply(node.Inputs.Count - 1, node.Shape.Count);

    public override bool IsCausal(Node node) => true;

    public override Lengths LengthsIn(Node node) => Lengths.Passed;

    public override void Lower(Lowering lowering, FusedGroup group)
    {
        List<Tensor> inputs = Aligned(lowering, group);
        bool needsGradient = lowering.NeedsGradient(group);
        Tensor y = lowering.NewLike(group, inputs[0], needsGradient);
        lowering.Call(Operations.Multiply, Operand.View(inputs[0]), Operand.View(inputs[1]), Operand.View(y), Operand.Batch);
        for (int i = 2; i < inputs.Count; i++)
            lowering.Call(Operations.Multiply, Operand.View(y), Operand.View(inputs[i]), Operand.View(y), Operand.Batch);
        lowering.OnBackward(group, y, dy =>
        {
            for (int i = 0; i < inputs.Count; i++)
            {
                Tensor x = inputs[i];
                int own = i;
                lowering.WriteGradient(x, dx =>
                {
                    // The product of all others, times dy: a quotient by the own value would fail at zero.
                    Operand product = Lowering.GradientView(dy, y);
                    for (int other = 0; other < inputs.Count; other++)
                    {
                        if (other == own)
                            continue;
                        lowering.Call(Operations.Multiply, product, Operand.View(inputs[other]), Lowering.GradientView(dx, x), Operand.Batch);
                        product = Lowering.GradientView(dx, x);
                    }
                });
            }
        });
    }

    public override void Export(OnnxGraph graph, Node node)
    {
        string product = graph.Input(node);
        for (int i = 1; i < node.Inputs.Count; i++)
        {
            string next = i == node.Inputs.Count - 1 ? node.Path : OnnxGraph.Inner(node, "Product" + i.ToString(CultureInfo.InvariantCulture));
            graph.Node("Mul", next, product, graph.Input(node, i));
            product = next;
        }
    }
}
