namespace Dsl.Generator.Schedules;

/// <summary>The learning rate of every step. One file a schedule.</summary>
internal abstract partial class Schedule : Construct;
