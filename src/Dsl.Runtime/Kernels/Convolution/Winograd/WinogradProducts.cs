namespace Dsl.Runtime.Kernels;

/// <summary>The products of a Winograd convolution: one for each of 16 planes, on the calling thread.</summary>
internal static unsafe class WinogradProducts
{
    /// <summary>result[tile, :] = input[tile, :] · weights, for the forward weights as for the backward ones.</summary>
    public static void Run(float* input, nint inputPlane, int inputs, float* weights, int outputs, float* result, nint resultPlane, int tiles)
    {
        var product = new GemmProduct
        {
            Rows = tiles,
            Columns = outputs,
            Depth = inputs,
            ARow = inputs,
            AStep = 1,
            BOrder = GemmOperand.Panels,
            CRow = outputs,
        };
        for (int plane = 0; plane < 16; plane++)
        {
            product.A = input + plane * inputPlane;
            product.B = weights + plane * (nint)inputs * GemmPacking.Round32(outputs);
            product.C = result + plane * resultPlane;
            Gemm.RunPart(&product, 0, tiles, 0, outputs);
        }
    }

    /// <summary>gradient[input, output] (+)= Σ over tiles of input[tile, input] · dy[tile, output], 16 planes of inputs × outputs.</summary>
    public static void AddWeights(float* input, nint inputPlane, int inputs, float* dy, nint dyPlane, int outputs, float* gradient, int tiles, bool adds)
    {
        var product = new GemmProduct
        {
            Rows = inputs,
            Columns = outputs,
            Depth = tiles,
            ARow = 1,
            AStep = inputs,
            BOrder = GemmOperand.RowMajor,
            BRow = outputs,
            CRow = outputs,
            Adds = adds,
        };
        for (int plane = 0; plane < 16; plane++)
        {
            product.A = input + plane * inputPlane;
            product.B = dy + plane * dyPlane;
            product.C = gradient + plane * (nint)inputs * outputs;
            Gemm.RunPart(&product, 0, inputs, 0, outputs);
        }
    }
}
