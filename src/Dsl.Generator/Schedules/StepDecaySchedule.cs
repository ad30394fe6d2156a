using Dsl.Generator.Checking;
using Dsl.Generator.Frontend;
using Dsl.Generator.Planning;

namespace Dsl.Generator.Schedules;

/// <summary>rate·factor^floor(epoch / everyEpochs).</summary>
internal sealed class StepDecaySchedule : Schedule
{
    public override string Name => "StepDecay";

    public override void CheckArguments(Site site)
    {
        site.AtLeast("everyEpochs", 1);
        site.Positive("factor");
    }

    public override ScheduleCall CallOf(Entry entry) => new(
        "StepDecay", ScheduleValue.BaseRate, ScheduleValue.Step, ScheduleValue.StepsPerEpoch, entry.Int("everyEpochs"), entry.Double("factor"));
}
