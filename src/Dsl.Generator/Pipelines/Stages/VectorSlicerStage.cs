using System.Collections.Generic;
using Dsl.Generator.Declaring;
using Dsl.Generator.Pipelines.Graph;

namespace Dsl.Generator.Pipelines.Stages;

/// <summary>Some elements of a vector.</summary>
internal sealed class VectorSlicerStage : ColumnStage<VectorSlicerAttribute>
{
    public override IReadOnlyList<string> Settings { get; } = ["Indices"];

    public override (bool Dense, bool Sparse) IsNamed => (true, true);

    protected override Wanted Input => Wanted.Vector;

    protected override Column OutputOf(StageSite site, Column input)
    {
        EquatableArray<int> indices = CheckIndices(site);
        for (int i = 0; i < indices.Count; i++)
        {
            if (input.Size > 0 && indices[i] >= input.Size)
                site.FailOption("indices", $"needs places below {input.Size}, the size of {input.Name}, but has {indices[i]}", i);
        }

        return Columns.Vector(indices.Count > 0 && site.IsRight("indices") ? indices.Count : Column.Wrong);
    }

    protected override void Miss(StageSite site) => CheckIndices(site);

    private static EquatableArray<int> CheckIndices(StageSite site)
    {
        EquatableArray<int> indices = new(OptionsOf(site.Entry).Indices);
        if (indices.Count == 0)
            site.FailHere(Descriptors.WrongOption, "needs at least one place");
        for (int i = 0; i < indices.Count; i++)
        {
            if (indices[i] < 0)
                site.FailOption("indices", $"needs places of at least 0, but has {indices[i]}", i);
            else if (indices.IndexOf(indices[i]) < i)
                site.FailOption("indices", $"has the place {indices[i]} twice", i);
        }

        return indices;
    }
}
