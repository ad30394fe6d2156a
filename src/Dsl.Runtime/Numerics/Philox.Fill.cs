using System;

namespace Dsl.Runtime;

/// <content>Many numbers at once.</content>
public static partial class Philox
{
    /// <summary>Draws neighbouring numbers of a stream, each as 32 uniform bits.</summary>
    /// <param name="values">Where they go.</param>
    /// <param name="seed">The seed.</param>
    /// <param name="stream">The stream.</param>
    /// <param name="firstBlock">The block of the first number: number i of the span is number 4·firstBlock + i of the stream.</param>
    public static void FillBits(Span<uint> values, ulong seed, ulong stream, ulong firstBlock)
    {
        int i = 0;
        for (; i + 4 <= values.Length; i += 4)
            Block(seed, stream, firstBlock++, out values[i], out values[i + 1], out values[i + 2], out values[i + 3]);
        for (; i < values.Length; i++)
            values[i] = Bits(seed, stream, (firstBlock << 2) | (uint)(i & 3));
    }

    /// <summary>Draws neighbouring numbers of a stream, uniform in [0, 1).</summary>
    /// <inheritdoc cref="FillBits"/>
    public static void FillUniform(Span<float> values, ulong seed, ulong stream, ulong firstBlock)
    {
        Span<uint> bits = System.Runtime.InteropServices.MemoryMarshal.Cast<float, uint>(values);
        FillBits(bits, seed, stream, firstBlock);
        for (int i = 0; i < values.Length; i++)
            values[i] = ToUniform(bits[i]);
    }
}
