using System;
using System.Collections.Generic;

namespace Dsl.Runtime.Tests.Conformance;

/// <summary>What an operation may do with an operand.</summary>
internal enum Role
{
    /// <summary>Read it: not a bit may change.</summary>
    Input,

    /// <summary>Read it and overwrite it.</summary>
    Overwritable,

    /// <summary>Write every element; starts as NaN, is compared.</summary>
    Result,

    /// <summary>Read and write it; is compared.</summary>
    Updated,

    /// <summary>Write and read it; starts as NaN, its content is the backend's own.</summary>
    Scratch,
}

/// <summary>One buffer or view of a call, between guards.</summary>
internal sealed class Operand
{
    public const int Guard = 64;

    /// <summary>A NaN of its own: whoever reads it into a result shows, whoever overwrites it too.</summary>
    public static readonly float GuardValue = BitConverter.UInt32BitsToSingle(0x7FC0BEEF);

    public required string Name { get; init; }

    public required Role Role { get; init; }

    public required FloatBuffer Allocation { get; init; }

    /// <summary>Guard floats before the operand.</summary>
    public required int Lead { get; init; }

    public required float[] Initial { get; init; }

    public required TensorLayout Layout { get; init; }

    public required int Batch { get; init; }

    /// <summary>What the operand held when both backends agreed on it; from then on it may not change.</summary>
    public float[]? Agreed { get; set; }

    public FloatBuffer Buffer => Allocation + Lead;

    public float[] Read<TBackend>()
        where TBackend : struct, IBackend
    {
        float[] values = new float[Initial.Length];
        TBackend.Read(Buffer, values);
        return values;
    }

    /// <summary>What is wrong with guards, halo and what may not change, or null.</summary>
    public string? Fault<TBackend>()
        where TBackend : struct, IBackend
    {
        float[] all = new float[Lead + Initial.Length + Guard];
        TBackend.Read(Allocation, all);
        for (int i = 0; i < all.Length; i++)
        {
            int place = i - Lead;
            bool inside = place >= 0 && place < Initial.Length;
            if (!inside && !SameBits(all[i], GuardValue))
                return $"{Name}: float {place} (outside its {Initial.Length}) was overwritten with {all[i]:R}";
            if (inside && Role == Role.Input && !SameBits(all[i], Initial[place]))
                return $"{Name} is an input, but float {place} changed from {Initial[place]:R} to {all[i]:R}";
            if (inside && Agreed is { } agreed && !SameBits(all[i], agreed[place]))
                return $"{Name} was an input of the second call, but float {place} changed from {agreed[place]:R} to {all[i]:R}";
            if (inside && Role is Role.Result or Role.Updated && !IsInterior(place) && all[i] != 0)
                return $"{Name}: float {place} of the halo is {all[i]:R}, not 0";
        }

        return null;
    }

    /// <summary>Places of the interior, in contiguous order.</summary>
    public IEnumerable<int> Interior()
    {
        for (int n = 0; n < Batch; n++)
        {
            for (int h = 0; h < Layout.Height; h++)
            {
                long row = (n * Layout.SampleStride) + Layout.Origin + ((long)h * Layout.RowStride);
                for (int i = 0; i < Layout.Width * Layout.Channels; i++)
                    yield return (int)row + i;
            }
        }
    }

    public static bool SameBits(float a, float b) => BitConverter.SingleToUInt32Bits(a) == BitConverter.SingleToUInt32Bits(b);

    private bool IsInterior(int place)
    {
        if (Layout.IsContiguous)
            return true;
        long within = place % Layout.SampleStride;
        long row = (within / Layout.RowStride) - Layout.Top;
        long column = (within % Layout.RowStride / Layout.Channels) - Layout.Left;
        return row >= 0 && row < Layout.Height && column >= 0 && column < Layout.Width;
    }
}
