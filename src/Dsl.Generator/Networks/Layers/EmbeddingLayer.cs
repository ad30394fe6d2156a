using System.Collections.Generic;
using Dsl.Generator.Declaring;
using Dsl.Generator.Networks.Graph;
using Dsl.Generator.Networks.Planning;
using Dsl.Runtime;

namespace Dsl.Generator.Networks.Layers;

/// <summary>What <c>Embedding</c> declares.</summary>
internal sealed record EmbeddingOptions(int Features);

/// <summary>A row of a table for each id. No operations: rows are copied.</summary>
internal sealed class EmbeddingLayer : Layer
{
    // PyTorch's nn.Embedding draws from N(0, 1) and zeroes the padding row.
    private static readonly LayerParameter Weight = new(
        "weight", node => new Shape(node.InputIds.Vocabulary, node.Shape.Last), node => new Initialisation(ParameterStart.Normal, 1, node.InputIds.Padding));

    public override string Name => "Embedding";

    public override ElementType Takes => ElementType.Int32;

    public override string Needs => "the ids of Tokens";

    public override bool TakesRank(int rank) => rank == 1;

    public override bool IsCausal(Node node) => true;

    public override Lengths LengthsIn(Node node) => Lengths.Passed;

    public override object ReadOptions(Entry entry) => new EmbeddingOptions(entry.Attribute<EmbeddingAttribute>().Features);

    public override void CheckArguments(Site site) => site.AtLeast("features", 1);

    public override Shape OutputOf(LayerSite site) => Sized(site, site.Input[0], site.Entry.Options<EmbeddingOptions>().Features);

    public override IReadOnlyList<LayerParameter> Parameters(Entry entry) => [Weight];

    public override long OperationsOf(Node node) => 0;

    public override void Lower(Lowering lowering, FusedGroup group)
    {
        Node node = group.Head;
        Tensor ids = lowering.InputOf(group);
        Operand places = Operand.PerSample(node.Shape[0]);
        Operand features = node.Shape.Last;
        Tensor y = lowering.NewFlat(group, lowering.NeedsGradient(group));
        lowering.Call(Operations.Embedding, lowering.Parameter(node, Weight.Name), Operand.Buffer(ids), Operand.Buffer(y), places, features);
        lowering.OnBackward(group, y, dy => lowering.Call(
            Operations.EmbeddingBackward,
            Operand.Buffer(ids),
            Operand.Buffer(dy),
            lowering.ParameterGradient(node, Weight.Name),
            places,
            node.InputIds.Vocabulary,
            features,
            node.InputIds.Padding));
    }

    public override void Export(OnnxGraph graph, Node node) => graph.Node("Gather", node.Path, OnnxGraph.Parameter(node, Weight.Name), graph.Input(node));
}
