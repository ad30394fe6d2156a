using Dsl.Generator.Checking;
using Dsl.Generator.Frontend;
using Dsl.Generator.Planning;

namespace Dsl.Generator.Schedules;

/// <summary>PyTorch's OneCycleLR in place of the optimizer's rate.</summary>
internal sealed class OneCycleSchedule : Schedule
{
    public override string Name => "OneCycle";

    public override void CheckArguments(Site site)
    {
        site.Positive("maxRate");
    }

    public override ScheduleCall CallOf(Entry entry) => new("OneCycle", ScheduleValue.BaseRate, ScheduleValue.Step, ScheduleValue.TotalSteps);
}
