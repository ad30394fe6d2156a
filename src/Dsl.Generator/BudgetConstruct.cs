using Dsl.Generator.Checking;

namespace Dsl.Generator;

/// <summary>An upper bound that the compiler holds the declaration to.</summary>
internal sealed class BudgetConstruct : Construct
{
    public override string Name => "Budget";

    public override void CheckArguments(Site site)
    {
        site.AtLeast("Parameters", 0);
        site.NonNegativeDouble("MegaFlops");
        site.NonNegativeDouble("Megabytes");
        site.AtLeast("Batch", 1);
    }
}
