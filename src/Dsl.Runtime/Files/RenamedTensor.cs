using System;

namespace Dsl.Runtime;

/// <summary>A tensor under another name.</summary>
internal sealed class RenamedTensor(string name, INamedTensor tensor) : INamedTensor
{
    public string Name { get; } = name;

    public ReadOnlySpan<int> Shape => tensor.Shape;

    public int Count => tensor.Count;

    public ReadOnlySpan<float> Values => tensor.Values;

    public Span<float> ValuesToReplace => tensor.ValuesToReplace;
}
