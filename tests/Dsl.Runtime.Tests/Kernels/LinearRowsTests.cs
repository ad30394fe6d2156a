using System;
using Dsl.Runtime.Kernels;
using Xunit;

namespace Dsl.Runtime.Tests.Kernels;

/// <summary>More rows than a product takes at once.</summary>
[Collection("threads")]
public sealed unsafe class LinearRowsTests
{
    [Theory]
    [InlineData(1, 0)]
    [InlineData(6, 0)]
    [InlineData(7, 0)]
    [InlineData(8, 3)]
    [InlineData(23, 3)]
    public void Pieces_give_what_all_rows_at_once_give(int rows, int inputChannels)
    {
        const int Inputs = 12;
        const int Outputs = 33;
        const int AtOnce = 7;
        LinearShape shape = new(Inputs, Outputs, new Epilogue(UnaryFunction.Tanh), inputChannels);
        using NativeFloats weight = NativeFloats.Random(Inputs * Outputs, 1);
        using NativeFloats bias = NativeFloats.Random(Outputs, 2);
        using NativeFloats x = NativeFloats.Random(rows * Inputs, 3);
        using NativeFloats gradient = NativeFloats.Random(rows * Outputs, 4);
        using NativeFloats prepared = new(shape.PreparedFloats);
        using NativeFloats backward = new(shape.PreparedBackwardFloats);
        GemmLinear.Prepare(shape, weight.Pointer, null, prepared.Pointer);
        GemmLinear.PrepareBackward(shape, weight.Pointer, backward.Pointer);
        float[][] whole = Run(int.MaxValue);
        float[][] pieces = Run(AtOnce);
        for (int i = 0; i < whole.Length; i++)
        {
            for (int k = 0; k < whole[i].Length; k++)
                Assert.True(Math.Abs(whole[i][k] - pieces[i][k]) < 1e-5, $"result {i}, float {k}: {pieces[i][k]}, not {whole[i][k]}");
        }

        float[][] Run(int rowsAtOnce)
        {
            using NativeFloats y = new(rows * Outputs);
            using NativeFloats dy = gradient.Copy();
            using NativeFloats dx = new(rows * Inputs);
            using NativeFloats dWeight = new(Inputs * Outputs);
            using NativeFloats dBias = new(Outputs);
            GemmLinear.Forward(shape, prepared.Pointer, bias.Pointer, x.Pointer, y.Pointer, rows, rowsAtOnce);
            GemmLinear.Backward(shape, backward.Pointer, x.Pointer, y.Pointer, dy.Pointer, dx.Pointer, dWeight.Pointer, dBias.Pointer, rows, rowsAtOnce);
            return [Values(y, rows * Outputs), Values(dx, rows * Inputs), Values(dWeight, Inputs * Outputs), Values(dBias, Outputs)];
        }

        static float[] Values(NativeFloats floats, int count) => new ReadOnlySpan<float>(floats.Pointer, count).ToArray();
    }
}
