using Dsl.Generator.Checking;
using Dsl.Generator.Frontend;
using Dsl.Generator.Planning;

namespace Dsl.Generator.Schedules;

/// <summary>rate·factor^floor(epoch / everyEpochs).</summary>
internal sealed partial class StepDecaySchedule : Schedule
{
    public override string Name => "StepDecay";

    public override void CheckArguments(Site site)
    {
        site.AtLeast("everyEpochs", 1);
        site.PositiveDouble("factor");
    }

    public override string RateCall(Entry entry) =>
        $"StepDecay(baseRate, step, stepsPerEpoch, {Literal.Int(entry.Int("everyEpochs"))}, {Literal.Double(entry.Double("factor"))})";
}
