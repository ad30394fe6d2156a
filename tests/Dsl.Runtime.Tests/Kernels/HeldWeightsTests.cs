using System;
using System.Runtime.InteropServices;
using Dsl.Runtime.Kernels;
using Xunit;

namespace Dsl.Runtime.Tests.Kernels;

/// <summary>Plain weights that are given up for their prepared form, and made again of it.</summary>
[Collection("threads")]
public sealed unsafe class HeldWeightsTests
{
    [Theory]
    [InlineData(256, 100, 0, false)]
    [InlineData(256, 100, 0, true)]
    [InlineData(300, 61, 12, false)]
    [InlineData(300, 61, 12, true)]
    [InlineData(7, 3001, 7, true)]
    public void A_linear_layers_come_back_with_their_bits(int inputs, int outputs, int inputChannels, bool isScaled)
    {
        LinearShape shape = new(inputs, outputs, default, inputChannels);
        using NativeFloats weight = NativeFloats.Random(inputs * outputs, 1);
        using NativeFloats scale = Scale(outputs, isScaled);
        using NativeFloats prepared = new(shape.PreparedFloats);
        GemmLinear.Prepare(shape, weight.Pointer, isScaled ? scale.Pointer : null, prepared.Pointer);
        ComeBack(weight, held => held.Hold(shape, Buffer(weight), isScaled ? Buffer(scale) : FloatBuffer.None, Buffer(prepared)));
    }

    [Theory]
    [InlineData(64, 130, 1, 1, 1)]
    [InlineData(40, 96, 3, 1, 2)]
    [InlineData(40, 96, 2, 4, 2)]
    [InlineData(3, 700, 3, 1, 1)]
    public void A_convolutions_come_back_with_their_bits(int inputs, int outputs, int kernel, int groups, int stride)
    {
        Conv2dShape shape = new(inputs, outputs, kernel, kernel, stride, stride, 0, 0, 1, 1, groups, 8, 8, ConvAlgorithm.Direct);
        using NativeFloats weight = NativeFloats.Random(inputs / groups * outputs * kernel * kernel, 2);
        using NativeFloats scale = Scale(outputs, true);
        using NativeFloats prepared = new(shape.PreparedFloats);
        ConvWeights.Prepare(shape, weight.Pointer, scale.Pointer, prepared.Pointer);
        ComeBack(weight, held => held.Hold(shape, Buffer(weight), Buffer(scale), Buffer(prepared)));
    }

    [Fact]
    public void Winograds_weights_are_kept()
    {
        Conv2dShape shape = new(64, 64, 3, 3, 1, 1, 1, 1, 1, 1, 1, 8, 8, ConvAlgorithm.Winograd);
        using NativeFloats weight = NativeFloats.Random(64 * 64 * 9, 3);
        using NativeFloats prepared = new(shape.PreparedFloats);
        float[] expected = weight.Values.ToArray();
        HeldWeights held = new();
        held.Hold(shape, Buffer(weight), FloatBuffer.None, Buffer(prepared));
        AssertBits(expected, weight.Values);
    }

    [Theory]
    [InlineData(1f)]
    [InlineData(-3e-3f)]
    [InlineData(1e30f)]
    [InlineData(1.2345e-20f)]
    public void Any_value_comes_back_from_its_product(float scale)
    {
        const int Columns = 4099;
        using NativeFloats values = NativeFloats.Random(3 * Columns, 4);
        float[] odd = [0, -0f, 1, 2, 0.5f, 1.0000001f, 0.99999994f, float.Epsilon, float.MaxValue, float.MinValue, float.NaN, float.PositiveInfinity, 1e-38f, 1.9999999f];
        odd.CopyTo(values.Values[(Columns + 5)..]);
        using NativeFloats scales = new(3);
        scales.Values.Fill(scale);
        Assert.True(ComesBack(values, scales, 3, Columns));
    }

    [Fact]
    public void A_row_that_was_scaled_by_zero_is_kept_beside_the_products()
    {
        using NativeFloats values = NativeFloats.Random(100 * 50, 5);
        using NativeFloats scales = NativeFloats.Random(100, 6);
        scales.Values[31] = 0;
        Assert.True(ComesBack(values, scales, 100, 50));
    }

    [Fact]
    public void Too_many_that_their_products_do_not_tell_are_no_remainder()
    {
        using NativeFloats values = NativeFloats.Random(100 * 50, 5);
        using NativeFloats scales = NativeFloats.Random(100, 6);
        scales.Values[..3].Clear();
        Assert.False(ComesBack(values, scales, 100, 50));
    }

    private static bool ComesBack(NativeFloats values, NativeFloats scales, int rows, int columns)
    {
        float[] expected = values.Values.ToArray();
        if (ScaleRemainder.Of(values.Pointer, scales.Pointer, rows, columns) is not { } remainder)
            return false;
        for (int i = 0; i < expected.Length; i++)
            values.Values[i] *= scales[i / columns];
        remainder.Restore(values.Pointer, scales.Pointer);
        AssertBits(expected, values.Values);
        return true;
    }

    private static void ComeBack(NativeFloats weight, Action<HeldWeights> hold)
    {
        float[] expected = weight.Values.ToArray();
        HeldWeights held = new();
        hold(held);

        // Whole pages are gone, which read as zeros; where the system takes none, nothing is.
        int middle = expected.Length / 2;
        Assert.Equal(OperatingSystem.IsLinux() ? 0 : expected[middle], weight[middle]);
        held.Restore();
        AssertBits(expected, weight.Values);
        Assert.True(weight.GuardsAreWhole);
    }

    private static NativeFloats Scale(int count, bool isGiven)
    {
        NativeFloats scale = NativeFloats.Random(isGiven ? count : 0, 7);
        foreach (ref float value in scale.Values)
            value += value < 0 ? -0.01f : 0.01f;
        return scale;
    }

    private static FloatBuffer Buffer(NativeFloats floats) => new((nint)floats.Pointer);

    private static void AssertBits(float[] expected, Span<float> actual)
    {
        ReadOnlySpan<int> bits = MemoryMarshal.Cast<float, int>(expected);
        int place = bits.CommonPrefixLength(MemoryMarshal.Cast<float, int>(actual));
        Assert.True(place == bits.Length, $"value {place} is {(place < bits.Length ? actual[place] : 0):R}, not {(place < bits.Length ? expected[place] : 0):R}");
    }
}
