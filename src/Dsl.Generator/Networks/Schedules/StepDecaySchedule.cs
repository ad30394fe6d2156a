using Dsl.Generator.Declaring;
using Dsl.Generator.Networks.Planning;

namespace Dsl.Generator.Networks.Schedules;

/// <summary>What <c>StepDecay</c> declares.</summary>
internal sealed record StepDecayOptions(int EveryEpochs, double Factor);

/// <summary>rate·factor^floor(epoch / everyEpochs).</summary>
internal sealed class StepDecaySchedule : Schedule
{
    public override string Name => "StepDecay";

    public override object ReadOptions(Entry entry)
    {
        StepDecayAttribute written = entry.Attribute<StepDecayAttribute>();
        return new StepDecayOptions(written.EveryEpochs, written.Factor);
    }

    public override void CheckArguments(Site site)
    {
        site.AtLeast("everyEpochs", 1);
        site.PositiveDouble("factor");
    }

    public override ScheduleCall CallOf(Entry entry)
    {
        StepDecayOptions options = entry.Options<StepDecayOptions>();
        return new("StepDecay", ScheduleValue.BaseRate, ScheduleValue.Step, ScheduleValue.StepsPerEpoch, options.EveryEpochs, options.Factor);
    }
}
