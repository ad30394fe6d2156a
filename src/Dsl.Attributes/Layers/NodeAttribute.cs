using System;

namespace Dsl;

/// <summary>What every layer attribute has. Layers apply in the order in which they are written.</summary>
[AttributeUsage(AttributeTargets.Class, AllowMultiple = true, Inherited = false)]
public abstract class NodeAttribute : Attribute
{
    /// <summary>The layer's name; without one it is the attribute's with its ordinal among its kind, from 1: <c>Conv2d1</c>.</summary>
    public string? Name { get; set; }

    /// <summary>The name of the input or layer to read; without one it is the layer before.</summary>
    public string? From { get; set; }
}
