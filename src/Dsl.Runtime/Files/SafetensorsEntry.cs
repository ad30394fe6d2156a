using System;

namespace Dsl.Runtime;

/// <summary>One tensor of a safetensors file, as its header describes it.</summary>
public sealed class SafetensorsEntry
{
    private readonly long[] shape;

    internal SafetensorsEntry(string name, string elementType, long[] shape, long begin, long end)
    {
        Name = name;
        ElementType = elementType;
        this.shape = shape;
        Begin = begin;
        End = end;
    }

    /// <summary>The name.</summary>
    public string Name { get; }

    /// <summary>The element type as the format names it: <c>F32</c>, <c>F16</c>, <c>BF16</c>, <c>I64</c>...</summary>
    public string ElementType { get; }

    /// <summary>The dimensions; empty for a single number.</summary>
    public ReadOnlySpan<long> Shape => shape;

    /// <summary>Where its bytes begin, counted from the end of the header.</summary>
    public long Begin { get; }

    /// <summary>Where its bytes end, counted from the end of the header.</summary>
    public long End { get; }

    /// <summary>How many bits an element of a type takes; 0 for a type that the format does not have.</summary>
    internal static int BitsPerElement(string elementType) => elementType switch
    {
        "F64" or "I64" or "U64" or "C64" => 64,
        "F32" or "I32" or "U32" => 32,
        "F16" or "BF16" or "I16" or "U16" => 16,
        "I8" or "U8" or "BOOL" or "F8_E5M2" or "F8_E4M3" or "F8_E8M0" => 8,
        "F6_E2M3" or "F6_E3M2" => 6,
        "F4" => 4,
        _ => 0,
    };

    internal bool HasShape(ReadOnlySpan<int> wanted)
    {
        if (wanted.Length != shape.Length)
            return false;
        for (int i = 0; i < wanted.Length; i++)
        {
            if (wanted[i] != shape[i])
                return false;
        }

        return true;
    }
}
