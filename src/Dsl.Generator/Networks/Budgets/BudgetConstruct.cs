using Dsl.Generator.Declaring;

namespace Dsl.Generator.Networks.Budgets;

/// <summary>What <c>Budget</c> declares; the largest number where it bounds nothing.</summary>
internal sealed record BudgetOptions(long Parameters, double MegaFlops, double Megabytes, int Batch);

/// <summary>An upper bound that the compiler holds the declaration to.</summary>
internal sealed class BudgetConstruct : Construct
{
    public override string Name => "Budget";

    public override object ReadOptions(Entry entry)
    {
        BudgetAttribute written = entry.Attribute<BudgetAttribute>();
        return new BudgetOptions(
            entry.Has("Parameters") ? written.Parameters : long.MaxValue,
            entry.Has("MegaFlops") ? written.MegaFlops : double.MaxValue,
            entry.Has("Megabytes") ? written.Megabytes : double.MaxValue,
            written.Batch);
    }

    public override void CheckArguments(Site site)
    {
        site.AtLeast("Parameters", 0);
        site.NonNegativeDouble("MegaFlops");
        site.NonNegativeDouble("Megabytes");
        site.AtLeast("Batch", 1);
    }
}
