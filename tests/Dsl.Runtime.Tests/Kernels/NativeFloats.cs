using System;
using System.Runtime.InteropServices;

namespace Dsl.Runtime.Tests.Kernels;

/// <summary>Native floats between two guards of a marker value: what a kernel writes outside its operand shows.</summary>
internal sealed unsafe class NativeFloats : IDisposable
{
    private const int Guard = 64;
    private const float Marker = 12345.5f;
    private readonly float* _memory;

    public NativeFloats(long count)
    {
        Count = count;
        _memory = (float*)NativeMemory.AlignedAlloc((nuint)(count + 2 * Guard) * sizeof(float), 64);
        new Span<float>(_memory, (int)count + 2 * Guard).Fill(Marker);
        Values.Clear();
    }

    public long Count { get; }

    public float* Pointer => _memory + Guard;

    public Span<float> Values => new(Pointer, (int)Count);

    public float this[long index] => Pointer[index];

    /// <summary>Values between -1 and 1, the same for the same seed.</summary>
    public static NativeFloats Random(long count, int seed)
    {
        var result = new NativeFloats(count);
        var random = new Random(seed);
        foreach (ref float value in result.Values)
            value = random.NextSingle() * 2 - 1;

        return result;
    }

    public NativeFloats Copy()
    {
        var result = new NativeFloats(Count);
        Values.CopyTo(result.Values);
        return result;
    }

    public bool GuardsAreWhole =>
        new ReadOnlySpan<float>(_memory, Guard).IndexOfAnyExcept(Marker) < 0 && new ReadOnlySpan<float>(Pointer + Count, Guard).IndexOfAnyExcept(Marker) < 0;

    public void Dispose() => NativeMemory.AlignedFree(_memory);
}
