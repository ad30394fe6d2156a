using System;
using System.Runtime.InteropServices;
using Dsl.Runtime;
using Dsl.Runtime.Kernels;

namespace Dsl.Benchmarks.Kernels;

/// <summary>A matrix product of row-major operands, whatever packing it needs included: what a BLAS's sgemm does.</summary>
internal sealed unsafe class ProductWork : IDisposable
{
    private const int Alignment = 64;

    private readonly GemmProduct* product;

    public ProductWork(int rows, int columns, int depth, bool firstTransposed = false, GemmOperand order = GemmOperand.RowMajor)
    {
        // The descriptor is on native memory: the kernel takes its address, and a delegate runs it.
        product = (GemmProduct*)NativeMemory.AllocZeroed((nuint)sizeof(GemmProduct));
        *product = new GemmProduct
        {
            Rows = rows,
            Columns = columns,
            Depth = depth,
            A = Random((long)rows * depth, 1),
            ARow = firstTransposed ? 1 : depth,
            AStep = firstTransposed ? rows : 1,
            B = Random((long)depth * columns, 2),
            BRow = order == GemmOperand.Transposed ? depth : columns,
            BOrder = order,
            C = Random((long)rows * columns, 3),
            CRow = columns,
        };
    }

    public void Run() => Gemm.Run(product);

    public void Dispose()
    {
        NativeMemory.AlignedFree(product->A);
        NativeMemory.AlignedFree(product->B);
        NativeMemory.AlignedFree(product->C);
        NativeMemory.Free(product);
    }

    private static float* Random(long count, int seed)
    {
        var random = new Random(seed);
        var memory = (float*)NativeMemory.AlignedAlloc((nuint)(count + Alignment) * sizeof(float), Alignment);
        for (long i = 0; i < count; i++)
            memory[i] = random.NextSingle() - 0.5f;
        return memory;
    }
}
