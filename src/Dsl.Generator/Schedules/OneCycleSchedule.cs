using Dsl.Generator.Checking;
using Dsl.Generator.Frontend;

namespace Dsl.Generator.Schedules;

/// <summary>PyTorch's OneCycleLR in place of the optimizer's rate.</summary>
internal sealed partial class OneCycleSchedule : Schedule
{
    public override string Name => "OneCycle";

    public override void CheckArguments(Site site)
    {
        site.Positive("maxRate");
    }

    public override string RateCall(Entry entry) => "OneCycle(baseRate, step, totalSteps)";
}
