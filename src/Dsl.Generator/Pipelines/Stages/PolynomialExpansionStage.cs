using System;
using System.Collections.Generic;
using Dsl.Generator.Declaring;
using Dsl.Generator.Declaring.Writing;
using Dsl.Generator.Pipelines.Emitting;
using Dsl.Generator.Pipelines.Graph;

namespace Dsl.Generator.Pipelines.Stages;

/// <summary>All products of elements up to a degree.</summary>
internal sealed class PolynomialExpansionStage : ColumnStage<PolynomialExpansionAttribute>
{
    public override IReadOnlyList<(string Argument, Range Range)> Ranges { get; } = [("Degree", Range.AtLeast(1))];

    public override IReadOnlyList<string> Sizing { get; } = ["Degree"];

    public override IReadOnlyList<string> Settings { get; } = ["Degree"];

    public override (bool Dense, bool Sparse) IsNamed => (false, true);

    protected override Wanted Input => Wanted.Vector;

    protected override Column OutputOf(StageSite site, Column input)
    {
        if (!site.IsRight("Degree") || input.Size <= 0)
            return Columns.Vector(site.IsRight("Degree") ? input.Size : Column.Wrong);

        // binomial(n + d, d) - 1, factor by factor: each product of neighbours is divisible.
        int degree = OptionsOf(site.Entry).Degree;
        long terms = 1;
        for (int i = 1; i <= System.Math.Min(degree, input.Size) && terms <= int.MaxValue; i++)
            terms = terms * (System.Math.Max(degree, input.Size) + i) / i;
        if (terms - 1 > int.MaxValue)
            site.FailOption("Degree", $"makes more than {int.MaxValue} elements of the {input.Size} of {input.Name}");
        return Columns.Vector(terms - 1 > int.MaxValue ? Column.Wrong : (int)(terms - 1));
    }

    public override string? FittedSize(StageEmission emission, Column output, string model, Func<Column, string?> sizeOf) => sizeOf(output.Sources[0]) is { } size
        ? $"global::Dsl.Pipelines.PolynomialExpansionStage.SizeOf({emission.Name}, {size}, {emission.Option("Degree")})"
        : null;
}
