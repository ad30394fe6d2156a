using Dsl.Generator.Checking;
using Dsl.Generator.Frontend;
using Dsl.Generator.Planning;

namespace Dsl.Generator.Schedules;

/// <summary>A linear rise, then half a cosine down to FinalRate.</summary>
internal sealed class CosineSchedule : Schedule
{
    public override string Name => "Cosine";

    public override void CheckArguments(Site site)
    {
        site.AtLeast("WarmupSteps", 0);
        site.NonNegative("FinalRate");
    }

    public override ScheduleCall CallOf(Entry entry) => new(
        "Cosine", ScheduleValue.BaseRate, ScheduleValue.Step, ScheduleValue.TotalSteps, entry.Int("WarmupSteps"), entry.Double("FinalRate"));
}
