using Dsl.Generator.Checking;
using Dsl.Generator.Frontend;
using Dsl.Generator.Planning;

namespace Dsl.Generator.Layers;

/// <summary>Float32 values of one to four dimensions.</summary>
internal sealed class InputLayer : SourceLayer
{
    public override string Name => "Input";

    public override void CheckArguments(Site site)
    {
        int rank = site.Entry.Ints("shape").Count;
        if (rank is < 1 or > 4)
            site.FailHere(Descriptors.OutOfRange, $"needs 1 to 4 dimensions, but has {rank}");
        site.AllAtLeast("shape", 1);
    }

    public override Shape OutputOf(Site site)
    {
        EquatableArray<int> written = site.Entry.Ints("shape");
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
