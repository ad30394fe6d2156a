using System;
using Dsl.Runtime.Kernels;
using Xunit;

namespace Dsl.Runtime.Tests.Kernels;

/// <summary>1×1 convolutions, whose tiles reach over the ends of an image's rows: what lies between the rows of their output stays as it is.</summary>
public sealed unsafe class PointwiseConvTests
{
    public static TheoryData<int> Seeds
    {
        get
        {
            var seeds = new TheoryData<int>();
            for (int seed = 0; seed < 80; seed++)
                seeds.Add(seed);
            return seeds;
        }
    }

    [Theory]
    [MemberData(nameof(Seeds))]
    public void Convolutions_of_random_images_equal_plain_loops(int seed)
    {
        var random = new Random(seed);

        // Rows of a pixel or two: a tile reaches over many of them.
        int width = random.Next(1, seed % 4 == 0 ? 4 : 31);
        int height = random.Next(1, seed % 4 == 1 ? 4 : 31);
        int inputs = random.Next(1, seed % 5 == 0 ? 200 : 40);
        int outputs = seed % 3 == 0 ? 8 * random.Next(1, 13) : random.Next(1, 100);
        int stride = seed % 7 == 0 ? 2 : 1;
        int convHeight = (height + stride - 1) / stride;
        int convWidth = (width + stride - 1) / stride;
        (int before, int after) = seed % 2 == 0 ? (0, 0) : (random.Next(0, 3), random.Next(0, 3));
        nint outputRow = (nint)(before + convWidth + after) * outputs;
        bool hasBias = random.Next(4) > 0;
        var shape = new Conv2dShape(inputs, outputs, 1, 1, stride, stride, 0, 0, 1, 1, 1, convHeight, convWidth, ConvAlgorithm.Direct, new Epilogue((UnaryFunction)random.Next(4), 0.1f));
        using NativeFloats x = NativeFloats.Random((long)height * width * inputs, seed);
        using NativeFloats weight = NativeFloats.Random((long)outputs * inputs, seed + 1000);
        using NativeFloats prepared = new(shape.PreparedFloats);
        using NativeFloats bias = NativeFloats.Random(outputs, seed + 2000);
        using NativeFloats y = NativeFloats.Random(convHeight * outputRow, seed + 3000);
        using NativeFloats was = y.Copy();
        ConvWeights.Prepare(shape, weight.Pointer, null, prepared.Pointer);

        ConvDirect.Forward(shape, prepared.Pointer, hasBias ? bias.Pointer : null, new ConvImage(x.Pointer, (nint)width * inputs), y.Pointer + before * outputs, outputRow, 0, convHeight);

        for (int row = 0; row < convHeight; row++)
        {
            for (long i = 0; i < outputRow; i++)
            {
                long pixel = i / outputs - before;
                long output = i % outputs;
                float given = y[row * outputRow + i];
                if (pixel < 0 || pixel >= convWidth)
                {
                    Assert.Equal(was[row * outputRow + i], given);
                    continue;
                }

                double sum = hasBias ? bias[output] : 0;
                for (int k = 0; k < inputs; k++)
                    sum += (double)x[((long)row * stride * width + pixel * stride) * inputs + k] * weight[output * inputs + k];
                double expected = shape.Epilogue.Function switch
                {
                    UnaryFunction.ReLU => Math.Max(0, sum),
                    UnaryFunction.ReLU6 => Math.Clamp(sum, 0, 6),
                    UnaryFunction.LeakyReLU => sum >= 0 ? sum : 0.1f * sum,
                    _ => sum,
                };
                Assert.Equal(expected, given, 2e-6 * (inputs + 10));
            }
        }

        Assert.True(y.GuardsAreWhole);
    }
}
