using Dsl.Generator.Declaring;
using Dsl.Generator.Networks.Planning;

namespace Dsl.Generator.Networks.Schedules;

/// <summary>What <c>WarmupLinear</c> declares.</summary>
internal sealed record WarmupLinearOptions(int WarmupSteps);

/// <summary>A linear rise, then a linear fall to 0.</summary>
internal sealed class WarmupLinearSchedule : Schedule
{
    public override string Name => "WarmupLinear";

    public override object ReadOptions(Entry entry) => new WarmupLinearOptions(entry.Attribute<WarmupLinearAttribute>().WarmupSteps);

    public override void CheckArguments(Site site)
    {
        site.AtLeast("warmupSteps", 0);
    }

    public override ScheduleCall CallOf(Entry entry) => new(
        "WarmupLinear", ScheduleValue.BaseRate, ScheduleValue.Step, ScheduleValue.TotalSteps, entry.Options<WarmupLinearOptions>().WarmupSteps);
}
