using Dsl.Generator.Frontend;
using Dsl.Generator.Planning;

namespace Dsl.Generator.Schedules;

/// <summary>The learning rate of every step. One file a schedule.</summary>
internal abstract class Schedule : Construct
{
    /// <summary>The runtime's function that gives the rate of a step, and what it takes.</summary>
    public abstract ScheduleCall CallOf(Entry entry);
}
