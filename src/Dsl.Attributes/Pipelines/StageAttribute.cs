using System;

namespace Dsl;

/// <summary>What every stage and model has. They run in the order in which they are written; each sees the columns made before it.</summary>
[AttributeUsage(AttributeTargets.Class, AllowMultiple = true, Inherited = false)]
public abstract class StageAttribute : Attribute
{
    /// <summary>The stage's name; without one it is the attribute's with its ordinal among its kind, from 1: <c>StandardScaler1</c>.</summary>
    public string? Name { get; set; }
}
