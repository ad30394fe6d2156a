using System;
using Dsl.Runtime.Kernels;
using Xunit;

namespace Dsl.Runtime.Tests.Kernels;

[Collection("threads")]
public sealed unsafe class GemmTests
{
    public static TheoryData<int> Seeds
    {
        get
        {
            var seeds = new TheoryData<int>();
            for (int seed = 0; seed < 150; seed++)
                seeds.Add(seed);
            return seeds;
        }
    }

    [Theory]
    [MemberData(nameof(Seeds))]
    public void Products_of_random_shapes_equal_plain_loops(int seed)
    {
        var random = new Random(seed);
        int rows = random.Next(1, seed % 3 == 0 ? 8 : 90);
        int columns = random.Next(1, seed % 4 == 0 ? 12 : 150);
        int depth = random.Next(1, seed % 5 == 0 ? 700 : 70);
        if (seed % 50 == 1)
            (rows, columns, depth) = (300, 1100, 40);
        if (seed % 50 == 2)
            (rows, columns, depth) = (70, 1024, 256);
        bool transposed = random.Next(2) == 0;
        var order = (GemmOperand)random.Next(3);
        int aRow = transposed ? 1 : depth + random.Next(3);
        int aStep = transposed ? rows + random.Next(3) : 1;
        int bRow = (order == GemmOperand.Transposed ? depth : columns) + (order == GemmOperand.Panels ? 0 : random.Next(3));
        int cRow = columns + random.Next(3);
        using NativeFloats a = NativeFloats.Random((rows - 1) * aRow + (depth - 1) * aStep + 1, seed);
        using NativeFloats b = NativeFloats.Random(order == GemmOperand.Transposed ? (columns - 1) * bRow + depth : (depth - 1) * bRow + columns, seed + 1000);
        using NativeFloats panels = new((long)depth * GemmPacking.Round32(columns));
        using NativeFloats c = NativeFloats.Random((rows - 1) * cRow + columns, seed + 2000);
        using NativeFloats bias = NativeFloats.Random(columns, seed + 3000);
        using NativeFloats before = c.Copy();
        var product = new GemmProduct
        {
            Rows = rows,
            Columns = columns,
            Depth = depth,
            A = a.Pointer,
            ARow = aRow,
            AStep = aStep,
            B = b.Pointer,
            BRow = bRow,
            BOrder = order,
            C = c.Pointer,
            CRow = cRow,
            Adds = random.Next(2) == 0,
            Bias = random.Next(2) == 0 ? bias.Pointer : null,
            Epilogue = new Epilogue((UnaryFunction)random.Next(4), 0.1f),
        };
        if (order == GemmOperand.Panels)
        {
            GemmPacking.PackRows(b.Pointer, bRow, depth, columns, panels.Pointer, (nint)depth * GemmPacking.PanelWidth);
            product.B = panels.Pointer;
        }

        Gemm.Run(&product);

        for (int row = 0; row < rows; row++)
        {
            for (int column = 0; column < cRow && row * cRow + column < c.Count; column++)
            {
                if (column >= columns)
                {
                    Assert.Equal(before[row * cRow + column], c[row * cRow + column]);
                    continue;
                }

                double sum = product.Bias == null ? 0 : bias[column];
                if (product.Adds)
                    sum += before[row * cRow + column];
                for (int k = 0; k < depth; k++)
                    sum += (double)a[row * aRow + k * aStep] * b[order == GemmOperand.Transposed ? column * bRow + k : k * bRow + column];
                double expected = product.Epilogue.Function switch
                {
                    UnaryFunction.ReLU => Math.Max(0, sum),
                    UnaryFunction.ReLU6 => Math.Clamp(sum, 0, 6),
                    UnaryFunction.LeakyReLU => sum >= 0 ? sum : 0.1f * sum,
                    _ => sum,
                };
                Assert.Equal(expected, c[row * cRow + column], 2e-6 * (depth + 10));
            }
        }

        Assert.True(c.GuardsAreWhole);
    }

    [Theory]
    [InlineData(64, 1000, 700)]
    [InlineData(900, 48, 300)]
    [InlineData(1, 3000, 600)]
    public void Bits_do_not_depend_on_threads(int rows, int columns, int depth)
    {
        using NativeFloats a = NativeFloats.Random((long)rows * depth, 1);
        using NativeFloats b = NativeFloats.Random((long)columns * depth, 2);
        using NativeFloats one = new((long)rows * columns);
        using NativeFloats three = new((long)rows * columns);
        var product = new GemmProduct { Rows = rows, Columns = columns, Depth = depth, A = a.Pointer, ARow = depth, AStep = 1, B = b.Pointer, BRow = columns, CRow = columns };
        int threads = Compute.Threads;
        try
        {
            Compute.Threads = 1;
            product.C = one.Pointer;
            Gemm.Run(&product);
            Compute.Threads = 3;
            product.C = three.Pointer;
            Gemm.Run(&product);
        }
        finally
        {
            Compute.Threads = threads;
        }

        Assert.True(one.Values.SequenceEqual(three.Values));
    }

    [Fact]
    public void Not_a_number_passes_through_every_epilogue_of_the_tile()
    {
        const int Columns = 45;
        using NativeFloats a = NativeFloats.Random(5 * 3, 1);
        using NativeFloats b = NativeFloats.Random(3 * Columns, 2);
        using NativeFloats c = new(5 * Columns);
        a.Values[7] = float.NaN;
        foreach (UnaryFunction function in new[] { UnaryFunction.Identity, UnaryFunction.ReLU, UnaryFunction.ReLU6, UnaryFunction.LeakyReLU })
        {
            var product = new GemmProduct { Rows = 5, Columns = Columns, Depth = 3, A = a.Pointer, ARow = 3, AStep = 1, B = b.Pointer, BRow = Columns, C = c.Pointer, CRow = Columns, Epilogue = new Epilogue(function) };
            Gemm.Run(&product);
            Assert.Equal(Columns, c.Values.Slice(2 * Columns, Columns).Count(float.NaN));
        }
    }
}
