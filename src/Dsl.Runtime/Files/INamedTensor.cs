using System;

namespace Dsl.Runtime;

/// <summary>A tensor that a file is written from or read into: its values stay where they are, nothing is copied on the way.</summary>
public interface INamedTensor
{
    /// <summary>The name in the file, for example <c>Conv2d1.weight</c>.</summary>
    string Name { get; }

    /// <summary>The dimensions; empty for a single number.</summary>
    ReadOnlySpan<int> Shape { get; }

    /// <summary>Number of values: the product of the dimensions.</summary>
    int Count => Values.Length;

    /// <summary>The values, row-major, to be read: asking for them changes nothing.</summary>
    ReadOnlySpan<float> Values { get; }

    /// <summary>Where the next values go, row-major. Whoever asks for it writes all of it: what stands there before is not to be relied on.</summary>
    Span<float> ValuesToReplace { get; }
}
