using System;

namespace Dsl;

/// <summary>Where float32 values enter the network. Among several inputs each has a <see cref="Name"/>; a single one is <c>Input</c>.</summary>
/// <param name="shape">One to four sizes of at least 1, without the batch: F, T×F, or C×H×W.</param>
[AttributeUsage(AttributeTargets.Class, AllowMultiple = true, Inherited = false)]
public sealed class InputAttribute(params int[] shape) : Attribute
{
    /// <summary>The sizes without the batch.</summary>
    public int[] Shape { get; } = shape;

    /// <summary>The input's name for <c>From</c> and the generated members.</summary>
    public string? Name { get; set; }
}
