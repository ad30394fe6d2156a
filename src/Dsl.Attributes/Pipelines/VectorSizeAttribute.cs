using System;

namespace Dsl;

/// <summary>
/// How many elements every vector of a column has, so that the compiler knows. On a parameter of a positional record it counts for its property.
/// </summary>
/// <param name="size">The number of elements, at least 1.</param>
[AttributeUsage(AttributeTargets.Property | AttributeTargets.Parameter, Inherited = false)]
public sealed class VectorSizeAttribute(int size) : Attribute
{
    /// <summary>The number of elements, at least 1.</summary>
    public int Size { get; } = size;
}
