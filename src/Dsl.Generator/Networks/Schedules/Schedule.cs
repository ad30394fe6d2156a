using Dsl.Generator.Declaring;
using Dsl.Generator.Networks.Planning;

namespace Dsl.Generator.Networks.Schedules;

/// <summary>The learning rate of every step. One file a schedule.</summary>
internal abstract class Schedule : Construct
{
    /// <summary>The runtime's function that gives the rate of a step, and what it takes.</summary>
    public abstract ScheduleCall CallOf(Entry entry);
}
