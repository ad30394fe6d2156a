using System;
using Dsl.Runtime;

namespace Dsl;

/// <summary>One input of a data set: float32 values or int32 ids, sample after sample. Arrays and memory of either become one by themselves; nothing is copied.</summary>
public readonly struct SampleInput
{
    private SampleInput(ReadOnlyMemory<float> values, ReadOnlyMemory<int> ids, ElementType element)
    {
        Values = values;
        Ids = ids;
        Element = element;
    }

    /// <summary>What the values are.</summary>
    public ElementType Element { get; }

    /// <summary>Values, or ids, of all samples.</summary>
    public int Length => Element == ElementType.Float32 ? Values.Length : Ids.Length;

    internal ReadOnlyMemory<float> Values { get; }

    internal ReadOnlyMemory<int> Ids { get; }

    /// <summary>Float32 values.</summary>
    public static SampleInput Of(ReadOnlyMemory<float> values) => new(values, default, ElementType.Float32);

    /// <summary>Int32 ids.</summary>
    public static SampleInput Of(ReadOnlyMemory<int> ids) => new(default, ids, ElementType.Int32);

    /// <summary>Float32 values.</summary>
    public static implicit operator SampleInput(ReadOnlyMemory<float> values) => Of(values);

    /// <summary>Int32 ids.</summary>
    public static implicit operator SampleInput(ReadOnlyMemory<int> ids) => Of(ids);

    /// <summary>Float32 values.</summary>
    public static implicit operator SampleInput(float[] values) => Of(values);

    /// <summary>Int32 ids.</summary>
    public static implicit operator SampleInput(int[] ids) => Of(ids);
}
