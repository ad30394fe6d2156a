using System.Collections.Generic;
using Dsl.Generator.Declaring;
using Dsl.Generator.Networks.Graph;
using Dsl.Generator.Networks.Planning;
using Dsl.Runtime;

namespace Dsl.Generator.Networks.Layers;

/// <summary>A layer that the user wrote, row by row. Operations: one per element that is read or written, for nobody counts those of his code.</summary>
internal sealed class CustomLayer : Layer
{
    private const string Weight = "weight";

    public override string Name => "Custom";

    public override bool TakesOwnLayer => true;

    public override void CheckArguments(Site site)
    {
        if (site.Entry.Own is { Problem: { } problem } own)
            site.FailTypeArgument(Descriptors.WrongOwnLayer, own.Problem.StartsWith("needs", System.StringComparison.Ordinal) ? problem : $"takes {own.Name}, which {problem}");
    }

    public override Shape OutputOf(LayerSite site)
    {
        int features = OwnOf(site.Entry).Features;
        if (features == 0)
            return site.Input;
        long[] sizes = new long[site.Input.Rank];
        for (int i = 0; i < sizes.Length; i++)
            sizes[i] = i == sizes.Length - 1 ? features : site.Input[i];
        return Sized(site, sizes);
    }

    public override IReadOnlyList<LayerParameter> Parameters(Entry entry) => entry.Own is { ParameterCount: > 0 } own
        ? [new LayerParameter(Weight, _ => new Shape(own.ParameterCount), node => new Initialisation(ParameterStart.Own) { Own = LayerOf(node) })]
        : [];

    public override long OperationsOf(Node node) => Counting.Add(node.InputShape.Count, node.Shape.Count);

    public override Lengths LengthsIn(Node node) => Lengths.Passed;

    public override bool IsCausal(Node node) => true;

    public override void Lower(Lowering lowering, FusedGroup group)
    {
        Node node = group.Head;
        Tensor x = lowering.Plain(lowering.Contiguous(lowering.InputOf(group)));
        Tensor y = lowering.NewFlat(group, lowering.NeedsGradient(group));
        Operand layer = Operand.Of(LayerOf(node), lowering.NameOf(group) + "Layer");
        Operand parameters = lowering.Parameter(node, Weight);
        Operand rows = Operand.PerSample(node.Shape.Count / node.Shape.Last);
        lowering.Call(Operations.OwnRows, layer, parameters, Operand.Buffer(x), Operand.Buffer(y), rows);
        lowering.OnBackward(group, y, dy => lowering.WithGradient(x, dx => lowering.Call(
            Operations.OwnRowsBackward,
            layer,
            parameters,
            Operand.Buffer(x),
            Operand.Buffer(y),
            Operand.Buffer(dy),
            Operand.BufferOrNone(dx),
            lowering.ParameterGradient(node, Weight),
            rows)));
    }

    private static RowLayerOf LayerOf(Node node) => new(OwnOf(node.Entry).FullName, node.InputShape.Last);

    private static OwnLayer OwnOf(Entry entry) => entry.Own!;
}
