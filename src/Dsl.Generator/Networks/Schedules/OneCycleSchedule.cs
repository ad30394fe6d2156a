using Dsl.Generator.Declaring;
using Dsl.Generator.Networks.Planning;

namespace Dsl.Generator.Networks.Schedules;

/// <summary>What <c>OneCycle</c> declares.</summary>
internal sealed record OneCycleOptions(double MaxRate);

/// <summary>PyTorch's OneCycleLR in place of the optimizer's rate.</summary>
internal sealed class OneCycleSchedule : Schedule
{
    public override string Name => "OneCycle";

    public override object ReadOptions(Entry entry) => new OneCycleOptions(entry.Attribute<OneCycleAttribute>().MaxRate);

    public override void CheckArguments(Site site)
    {
        site.Positive("maxRate");
    }

    public override double? RateOf(Entry entry) => entry.Options<OneCycleOptions>().MaxRate;

    public override ScheduleCall CallOf(Entry entry) => new("OneCycle", ScheduleValue.BaseRate, ScheduleValue.Step, ScheduleValue.TotalSteps);
}
