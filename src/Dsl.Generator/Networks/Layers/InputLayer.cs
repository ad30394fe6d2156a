using Dsl.Generator.Declaring;
using Dsl.Generator.Networks.Graph;
using Dsl.Generator.Networks.Planning;

namespace Dsl.Generator.Networks.Layers;

/// <summary>What <c>Input</c> declares.</summary>
internal sealed record InputOptions(EquatableArray<int> Shape);

/// <summary>Float32 values of one to four dimensions.</summary>
internal sealed class InputLayer : SourceLayer
{
    public override string Name => "Input";

    public override object ReadOptions(Entry entry) => new InputOptions(new EquatableArray<int>(entry.Attribute<InputAttribute>().Shape));

    public override void CheckArguments(Site site)
    {
        int rank = site.Entry.Options<InputOptions>().Shape.Count;
        if (rank is < 1 or > 4)
            site.FailHere(Descriptors.OutOfRange, $"needs 1 to 4 dimensions, but has {rank}");
        site.AllAtLeast("shape", site.Entry.Options<InputOptions>().Shape, 1);
    }

    public override Shape OutputOf(LayerSite site)
    {
        EquatableArray<int> written = site.Entry.Options<InputOptions>().Shape;
        long[] sizes = new long[written.Count];
        for (int i = 0; i < sizes.Length; i++)
            sizes[i] = written[i];
        return Sized(site, sizes);
    }

    /// <summary>Inputs are bound by the program, not computed.</summary>
    public override void Lower(Lowering lowering, FusedGroup group)
    {
    }
}
