using System.Collections.Generic;
using Dsl.Generator.Declaring;
using Dsl.Generator.Networks.Graph;
using Dsl.Generator.Networks.Planning;

namespace Dsl.Generator.Networks.Layers;

/// <summary>What <c>Concat</c> declares.</summary>
internal sealed record ConcatOptions(EquatableArray<string> With, int Axis) : MergeOptions(With);

/// <summary>The current output, then the named ones, along one axis. No operations: values are copied.</summary>
internal sealed class ConcatLayer : MergeLayer
{
    public override string Name => "Concat";

    public override object ReadOptions(Entry entry)
    {
        ConcatAttribute written = entry.Attribute<ConcatAttribute>();
        return new ConcatOptions(new EquatableArray<string>(written.With), written.Axis);
    }

    public override void CheckArguments(Site site)
    {
        base.CheckArguments(site);
        site.AtLeast("Axis", 0);
    }

    public override void CheckAgainstInput(LayerSite site)
    {
        int axis = site.Entry.Options<ConcatOptions>().Axis;
        if (axis >= site.Input.Rank)
            site.Fail(Descriptors.OutOfRange, "Axis", $"needs Axis below {site.Input.Rank}, but has {axis}{site.Origin}");
    }

    public override Shape OutputOf(LayerSite site)
    {
        int axis = site.Entry.Options<ConcatOptions>().Axis;
        long[] sizes = new long[site.Input.Rank];
        for (int i = 0; i < sizes.Length; i++)
            sizes[i] = site.Input[i];
        for (int k = 1; k < site.Inputs.Count; k++)
        {
            Shape other = site.Inputs[k];
            if (!Fits(site.Input, other, axis))
            {
                string text = $"needs shapes that are equal but for axis {axis}, but \"{site.Entry.Options<ConcatOptions>().With[k - 1]}\" is {other} and its input {site.Input}{site.Origin}";
                site.Fail(Descriptors.ShapesDiffer, "with", text, k - 1);
                return Shape.Unknown;
            }

            sizes[axis] += other[axis];
        }

        return Sized(site, sizes);
    }

    public override long OperationsOf(Node node) => 0;

    public override bool IsCausal(Node node) => node.Entry.Options<ConcatOptions>().Axis == 1;

    /// <summary>Steps that follow on others are not at the place that a length counts from.</summary>
    public override Lengths LengthsIn(Node node) => node.Entry.Options<ConcatOptions>().Axis == 0 ? Lengths.Ended : Lengths.Passed;

    private static bool Fits(Shape shape, Shape other, int axis)
    {
        if (shape.Rank != other.Rank)
            return false;
        for (int i = 0; i < shape.Rank; i++)
        {
            if (i != axis && shape[i] != other[i])
                return false;
        }

        return true;
    }

    public override void Lower(Lowering lowering, FusedGroup group)
    {
        int axis = group.Head.Entry.Options<ConcatOptions>().Axis;
        Shape shape = group.Head.Shape;
        List<Tensor> inputs = Aligned(lowering, group);
        for (int i = 0; i < inputs.Count; i++)
            inputs[i] = lowering.Contiguous(inputs[i]);
        bool isImage = !inputs[0].Layout.IsPlain || (shape.Rank == 3 && IsImageOf(inputs[0]));
        bool needsGradient = lowering.NeedsGradient(group);
        Tensor y = isImage ? lowering.NewDenseImage(group, needsGradient) : lowering.NewFlat(group, needsGradient);
        int offset = 0;
        List<(Tensor X, int Blocks, long XRun, long YRun, long Offset)> slices = [];
        foreach (Tensor x in inputs)
        {
            (int blocks, long inner) = Runs(shape, axis, isImage);
            slices.Add((x, blocks, x.Shape[axis] * inner, shape[axis] * inner, offset * inner));
            offset += x.Shape[axis];
        }

        foreach ((Tensor x, int blocks, long xRun, long yRun, long start) in slices)
        {
            lowering.Call(
                Operations.CopyBlocks, Operand.Buffer(x), x.Layout.Count, xRun, Operand.Buffer(y, start), y.Layout.Count, yRun, blocks, xRun, Operand.Batch);
        }

        lowering.OnBackward(group, y, dy =>
        {
            foreach ((Tensor x, int blocks, long xRun, long yRun, long start) in slices)
            {
                lowering.WriteGradient(x, dx => lowering.Call(
                    Operations.CopyBlocks, Operand.Buffer(dy, start), y.Layout.Count, yRun, Operand.Buffer(dx), x.Layout.Count, xRun, blocks, xRun, Operand.Batch));
            }
        });
    }

    private static bool IsImageOf(Tensor x) => x.Layout == Layout.Image(x.Shape[0], x.Shape[1], x.Shape[2]) && x.Layout.Pixels > 1;

    /// <summary>How many runs a sample has, and floats for one step along the axis: in H×W×C order for images, else row-major.</summary>
    private static (int Blocks, long Inner) Runs(Shape shape, int axis, bool isImage)
    {
        if (isImage)
        {
            return axis switch
            {
                0 => (shape[1] * shape[2], 1),
                1 => (1, (long)shape[2] * shape[0]),
                _ => (shape[1], shape[0]),
            };
        }

        int blocks = 1;
        long inner = 1;
        for (int i = 0; i < shape.Rank; i++)
        {
            if (i < axis)
                blocks *= shape[i];
            else if (i > axis)
                inner *= shape[i];
        }

        return (blocks, inner);
    }

    public override void Export(OnnxGraph graph, Node node) =>
        graph.Node("Concat", node.Path, [.. InputsOf(graph, node)]).Int("axis", node.Entry.Options<ConcatOptions>().Axis + 1);
}
