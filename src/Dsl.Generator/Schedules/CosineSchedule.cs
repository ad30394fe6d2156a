using Dsl.Generator.Checking;
using Dsl.Generator.Frontend;
using Dsl.Generator.Planning;

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

    public override string RateCall(Entry entry) =>
        $"Cosine(baseRate, step, totalSteps, {Literal.Int(entry.Int("WarmupSteps"))}, {Literal.Double(entry.Double("FinalRate"))})";
}
