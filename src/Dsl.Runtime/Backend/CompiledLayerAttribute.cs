using System;
using System.ComponentModel;

namespace Dsl.Runtime;

/// <summary>On the generated part of a struct marked <c>[Layer]</c>: what a compiler of another assembly cannot see of it.</summary>
/// <param name="parameterCount">Number of parameters.</param>
[EditorBrowsable(EditorBrowsableState.Never)]
[AttributeUsage(AttributeTargets.Struct)]
public sealed class CompiledLayerAttribute(int parameterCount) : Attribute
{
    /// <summary>Number of parameters.</summary>
    public int ParameterCount { get; } = parameterCount;
}
