using Dsl.Generator.Declaring;
using Dsl.Generator.Networks.Planning;

namespace Dsl.Generator.Networks.Schedules;

/// <summary>What <c>Cosine</c> declares.</summary>
internal sealed record CosineOptions(int WarmupSteps, double FinalRate);

/// <summary>A linear rise, then half a cosine down to FinalRate.</summary>
internal sealed class CosineSchedule : Schedule
{
    public override string Name => "Cosine";

    public override object ReadOptions(Entry entry)
    {
        CosineAttribute written = entry.Attribute<CosineAttribute>();
        return new CosineOptions(written.WarmupSteps, written.FinalRate);
    }

    public override void CheckArguments(Site site)
    {
        site.AtLeast("WarmupSteps", 0);
        site.NonNegative("FinalRate");
    }

    public override ScheduleCall CallOf(Entry entry)
    {
        CosineOptions options = entry.Options<CosineOptions>();
        return new("Cosine", ScheduleValue.BaseRate, ScheduleValue.Step, ScheduleValue.TotalSteps, options.WarmupSteps, options.FinalRate);
    }
}
