using Dsl.Generator.Frontend;

namespace Dsl.Generator.Schedules;

/// <summary>The learning rate of every step. One file a schedule.</summary>
internal abstract partial class Schedule : Construct
{
    /// <summary>C# after <c>Schedule.</c> that gives the rate from baseRate, step, totalSteps and stepsPerEpoch.</summary>
    public abstract string RateCall(Entry entry);
}
