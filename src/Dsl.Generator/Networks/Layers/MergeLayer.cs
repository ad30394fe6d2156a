using System.Collections.Generic;
using Dsl.Generator.Declaring;
using Dsl.Generator.Networks.Graph;
using Dsl.Generator.Networks.Planning;

namespace Dsl.Generator.Networks.Layers;

/// <summary>What a merge declares: the names of what the current output is merged with.</summary>
internal record MergeOptions(EquatableArray<string> With);

/// <summary>Brings the current output and the named ones together.</summary>
internal abstract class MergeLayer : Layer
{
    public override string? MergeArgument => "with";

    public override EquatableArray<string> MergedNames(Entry entry) => entry.Options<MergeOptions>().With;

    public override void CheckArguments(Site site)
    {
        if (site.Entry.Options<MergeOptions>().With.Count == 0)
            site.FailHere(Descriptors.OutOfRange, "needs at least one name of what to merge with");
    }

    /// <summary>Reports the first named output that differs from the current one, if any.</summary>
    protected static bool HasEqualShapes(LayerSite site)
    {
        for (int i = 1; i < site.Inputs.Count; i++)
        {
            if (site.Inputs[i] == site.Input)
                continue;
            site.Fail(
                Descriptors.ShapesDiffer,
                "with",
                $"needs equal shapes, but \"{site.Entry.Options<MergeOptions>().With[i - 1]}\" is {site.Inputs[i]} and its input {site.Input}{site.Origin}",
                i - 1);
            return false;
        }

        return true;
    }

    /// <summary>The inputs in one layout: channels last if any is, each with its own halo; row-major otherwise.</summary>
    protected static List<Tensor> Aligned(Lowering lowering, FusedGroup group)
    {
        List<Tensor> inputs = [];
        bool isImage = false;
        for (int i = 0; i < group.Head.Inputs.Count; i++)
        {
            inputs.Add(lowering.InputOf(group, i));
            isImage |= !inputs[i].Layout.IsPlain && group.Head.Shape.Rank == 3;
        }

        for (int i = 0; i < inputs.Count; i++)
            inputs[i] = isImage ? lowering.Image(inputs[i]) : lowering.Plain(lowering.Contiguous(inputs[i]));
        return inputs;
    }

    /// <summary>The values to merge, by name.</summary>
    protected static IEnumerable<string> InputsOf(OnnxGraph graph, Node node)
    {
        for (int i = 0; i < node.Inputs.Count; i++)
            yield return graph.Input(node, i);
    }
}
