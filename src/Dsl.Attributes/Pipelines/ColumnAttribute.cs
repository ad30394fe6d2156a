using System;

namespace Dsl;

/// <summary>What a column is called in files and on Spark. On a parameter of a positional record it counts for its property.</summary>
/// <param name="name">The name there.</param>
[AttributeUsage(AttributeTargets.Property | AttributeTargets.Parameter, Inherited = false)]
public sealed class ColumnAttribute(string name) : Attribute
{
    /// <summary>The name there.</summary>
    public string Name { get; } = name;
}
