using Dsl.Generator.Checking;

namespace Dsl.Generator.Schedules;

/// <summary>A linear rise, then half a cosine down to FinalRate.</summary>
internal sealed partial class CosineSchedule : Schedule
{
    public override string Name => "Cosine";

    public override void CheckArguments(Site site)
    {
        site.AtLeast("WarmupSteps", 0);
        site.NonNegative("FinalRate");
    }
}
