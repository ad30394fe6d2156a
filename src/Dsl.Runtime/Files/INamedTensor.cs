using System;

namespace Dsl.Runtime;

/// <summary>A tensor that a file is written from or read into: its values stay where they are, nothing is copied on the way.</summary>
public interface INamedTensor
{
    /// <summary>The name in the file, for example <c>Conv2d1.weight</c>.</summary>
    string Name { get; }

    /// <summary>The dimensions; empty for a single number.</summary>
    ReadOnlySpan<int> Shape { get; }

    /// <summary>The values, row-major; as many as the product of the dimensions.</summary>
    Span<float> Values { get; }
}
