using Dsl.Generator.Checking;

namespace Dsl.Generator.Layers;

/// <summary>The current output, then the named ones, along one axis. No operations: values are copied.</summary>
internal sealed partial class ConcatLayer : MergeLayer
{
    public override string Name => "Concat";

    public override void CheckArguments(Site site)
    {
        base.CheckArguments(site);
        site.AtLeast("Axis", 0);
        int axis = site.Entry.Int("Axis");
        if (site.Input.IsKnown && axis >= site.Input.Rank)
            site.Fail(Descriptors.OutOfRange, "Axis", $"needs Axis below {site.Input.Rank}, but has {axis}{site.Origin}");
    }

    public override Shape OutputOf(Site site)
    {
        int axis = site.Entry.Int("Axis");
        long[] sizes = new long[site.Input.Rank];
        for (int i = 0; i < sizes.Length; i++)
            sizes[i] = site.Input[i];
        for (int k = 1; k < site.Inputs.Count; k++)
        {
            Shape other = site.Inputs[k];
            if (!Fits(site.Input, other, axis))
            {
                string text = $"needs shapes that are equal but for axis {axis}, but \"{site.Entry.Texts("with")[k - 1]}\" is {other} and its input {site.Input}{site.Origin}";
                return site.Fail(Descriptors.ShapesDiffer, "with", text, k - 1);
            }
            sizes[axis] += other[axis];
        }
        return Sized(site, sizes);
    }

    public override long OperationsOf(Node node) => 0;

    private static bool Fits(Shape shape, Shape other, int axis)
    {
        if (shape.Rank != other.Rank)
            return false;
        for (int i = 0; i < shape.Rank; i++)
            if (i != axis && shape[i] != other[i])
                return false;
        return true;
    }
}
