using Dsl.Generator.Checking;

namespace Dsl.Generator.Schedules;

/// <summary>rate·factor^floor(epoch / everyEpochs).</summary>
internal sealed partial class StepDecaySchedule : Schedule
{
    public override string Name => "StepDecay";

    public override void CheckArguments(Site site)
    {
        site.AtLeast("everyEpochs", 1);
        site.Positive("factor");
    }
}
