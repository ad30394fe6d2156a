using Dsl.Generator.Checking;
using Dsl.Generator.Frontend;
using Dsl.Generator.Planning;

namespace Dsl.Generator.Schedules;

/// <summary>A linear rise, then a linear fall to 0.</summary>
internal sealed partial class WarmupLinearSchedule : Schedule
{
    public override string Name => "WarmupLinear";

    public override void CheckArguments(Site site)
    {
        site.AtLeast("warmupSteps", 0);
    }

    public override string RateCall(Entry entry) => $"WarmupLinear(baseRate, step, totalSteps, {Literal.Int(entry.Int("warmupSteps"))})";
}
