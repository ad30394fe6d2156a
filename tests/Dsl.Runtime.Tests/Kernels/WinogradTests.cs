using System;
using Dsl.Runtime.Kernels;
using Xunit;

namespace Dsl.Runtime.Tests.Kernels;

/// <summary>Products of Winograd's planes, with and without blocks: whole vectors of channels, panels and more, and parts of vectors.</summary>
public sealed unsafe class WinogradTests
{
    public static TheoryData<int, int, int, bool> Shapes => new()
    {
        { 1, 16, 16, false },
        { 20, 16, 16, true },
        { 48, 32, 16, false },
        { 30, 16, 48, true },
        { 33, 24, 40, true },
        { 17, 16, 72, false },
        { 530, 8, 16, true },
    };

    [Theory]
    [MemberData(nameof(Shapes))]
    public void Planes_times_weights_equal_plain_loops(int tiles, int inputs, int outputs, bool padded)
    {
        nint inputPlane = (nint)tiles * inputs + (padded ? 16 : 0);
        nint resultPlane = (nint)tiles * outputs + (padded ? 16 : 0);
        nint weightPlane = (nint)inputs * GemmPacking.Round32(outputs);
        using NativeFloats input = NativeFloats.Random(16 * inputPlane, 1);
        using NativeFloats weights = NativeFloats.Random(16L * inputs * outputs, 2);
        using NativeFloats panels = new(16 * weightPlane);
        using NativeFloats result = NativeFloats.Random(16 * resultPlane, 3);
        for (int plane = 0; plane < 16; plane++)
            GemmPacking.PackRows(weights.Pointer + (nint)plane * inputs * outputs, outputs, inputs, outputs, panels.Pointer + plane * weightPlane, (nint)inputs * GemmPacking.PanelWidth);

        WinogradProducts.Run(input.Pointer, inputPlane, inputs, panels.Pointer, outputs, result.Pointer, resultPlane, tiles);

        for (int plane = 0; plane < 16; plane++)
        {
            for (int tile = 0; tile < tiles; tile++)
            {
                for (int output = 0; output < outputs; output++)
                {
                    double sum = 0;
                    for (int i = 0; i < inputs; i++)
                        sum += (double)input[plane * inputPlane + tile * inputs + i] * weights[((long)plane * inputs + i) * outputs + output];
                    Assert.Equal(sum, result[plane * resultPlane + tile * outputs + output], 1e-5 * (1 + inputs));
                }
            }
        }

        Assert.True(result.GuardsAreWhole);
    }

    [Theory]
    [MemberData(nameof(Shapes))]
    public void Gradients_of_weights_equal_plain_loops(int tiles, int inputs, int outputs, bool adds)
    {
        nint inputPlane = WinogradTiles.Plane(tiles, inputs);
        nint dyPlane = WinogradTiles.Plane(tiles, outputs);
        using NativeFloats input = NativeFloats.Random(16 * inputPlane, 4);
        using NativeFloats dy = NativeFloats.Random(16 * dyPlane, 5);
        using NativeFloats gradient = NativeFloats.Random(16L * inputs * outputs, 6);
        using NativeFloats before = gradient.Copy();

        WinogradProducts.AddWeights(input.Pointer, inputPlane, inputs, dy.Pointer, dyPlane, outputs, gradient.Pointer, tiles, adds);

        for (int plane = 0; plane < 16; plane++)
        {
            for (int i = 0; i < inputs; i++)
            {
                for (int output = 0; output < outputs; output++)
                {
                    long at = ((long)plane * inputs + i) * outputs + output;
                    double sum = adds ? before[at] : 0;
                    for (int tile = 0; tile < tiles; tile++)
                        sum += (double)input[plane * inputPlane + (nint)tile * inputs + i] * dy[plane * dyPlane + (nint)tile * outputs + output];
                    Assert.Equal(sum, gradient[at], 1e-5 * (1 + Math.Sqrt(tiles)));
                }
            }
        }

        Assert.True(gradient.GuardsAreWhole);
    }
}
