using Dsl.Generator.Declaring;

namespace Dsl.Generator.Networks.Planning;

/// <summary>The learning rate of every step. One file a schedule.</summary>
internal abstract class Schedule : Construct
{
    /// <summary>The rate that it has instead of the optimizer's, or null.</summary>
    public virtual double? RateOf(Entry entry) => null;

    /// <summary>The runtime's function that gives the rate of a step, and what it takes.</summary>
    public abstract ScheduleCall CallOf(Entry entry);
}
