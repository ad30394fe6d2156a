using System.Runtime.CompilerServices;

namespace Dsl.Runtime.Kernels;

/// <summary>
/// Weights of a Winograd convolution: G·g·Gᵀ of every 3×3 kernel. Forward 16 planes of panels of output channels, each with step input channel
/// (16 · I · Round32(O) floats); backward panels of input channels, each with step output channel (16 · O · Round32(I) floats).
/// </summary>
internal static unsafe class WinogradWeights
{
    private const int Taps = 9;

    /// <summary>Transforms PyTorch's O × I × 3 × 3, each output channel scaled where <paramref name="scale"/> is given.</summary>
    public static void Prepare(int inputs, int outputs, float* weight, float* scale, float* prepared) =>
        Run(outputs, inputs, (nint)inputs * Taps, Taps, weight, scale, prepared);

    /// <summary>Transforms the same weights for the gradient of the input.</summary>
    public static void PrepareBackward(int inputs, int outputs, float* weight, float* prepared) =>
        Run(inputs, outputs, Taps, (nint)inputs * Taps, weight, null, prepared);

    /// <summary>
    /// gradient[tap·inputs + input, output] = Gᵀ·(sum of the groups' planes)·G for some outputs. A group is 16 planes of inputs × outputs floats; rows of the
    /// gradient are <paramref name="gradientRow"/> floats apart.
    /// </summary>
    public static void Gradient(float* planes, nint groupFloats, int groups, int inputs, int outputs, int first, int count, float* gradient, nint gradientRow)
        => VectorWidth.Run(new GradientKernel(planes, groupFloats, groups, inputs, outputs, first, count, gradient, gradientRow));

    private static void Run(int columns, int steps, nint columnStride, nint stepStride, float* weight, float* scale, float* prepared)
        => VectorWidth.Run(new Kernel(columns, steps, columnStride, stepStride, weight, scale, prepared));

    [SkipLocalsInit]
    [MethodImpl(MethodImplOptions.AggressiveOptimization | MethodImplOptions.NoInlining)]
    private static void Run<V>(int columns, int steps, nint columnStride, nint stepStride, float* weight, float* scale, float* prepared)
        where V : unmanaged, ISimd<V>
    {
        int width = 2 * V.Count;
        nint plane = (nint)steps * GemmPacking.Round32(columns);
        float* taps = stackalloc float[Taps * 16];
        for (int column = 0; column < columns; column += V.Count)
        {
            int lanes = int.Min(V.Count, columns - column);
            V factor = scale == null ? V.Create(1) : Lanes.Load<V>(scale + column, lanes);
            float* to = prepared + (nint)(column / width) * steps * width + column % width;
            for (int step = 0; step < steps; step++, to += width)
            {
                float* from = weight + column * columnStride + step * stepStride;
                for (int lane = 0; lane < V.Count; lane++)
                {
                    float* kernel = from + lane * columnStride;
                    for (int tap = 0; tap < Taps; tap++)
                        taps[tap * V.Count + lane] = lane < lanes ? kernel[tap] : 0;
                }

                Kernels<V>(taps, factor, to, plane);
            }

            // The other half of a last panel is zero.
            if (column + V.Count >= columns && column % width == 0)
                Clear<V>(prepared + (nint)(column / width) * steps * width + V.Count, steps, plane);
        }
    }

    private static void Clear<V>(float* to, int steps, nint plane)
        where V : unmanaged, ISimd<V>
    {
        for (int p = 0; p < 16; p++)
        {
            for (int step = 0; step < steps; step++)
                V.Zero.Store(to + p * plane + (nint)step * 2 * V.Count);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Kernels<V>(float* taps, V factor, float* to, nint plane)
        where V : unmanaged, ISimd<V>
    {
        V half = V.Create(0.5f);
        for (int row = 0; row < 4; row++, to += 4 * plane)
        {
            Mix(row, taps, V.Count, half, out V a);
            Mix(row, taps + V.Count, V.Count, half, out V b);
            Mix(row, taps + 2 * V.Count, V.Count, half, out V c);
            a *= factor;
            b *= factor;
            c *= factor;
            V outer = a + c;
            a.Store(to);
            ((outer + b) * half).Store(to + plane);
            ((outer - b) * half).Store(to + 2 * plane);
            c.Store(to + 3 * plane);
        }
    }

    // Row of G times a column of the kernel, whose rows are three taps apart.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Mix<V>(int row, float* column, nint tap, V half, out V mixed)
        where V : unmanaged, ISimd<V>
    {
        V top = V.Load(column);
        V middle = V.Load(column + 3 * tap);
        V bottom = V.Load(column + 6 * tap);
        mixed = row switch
        {
            0 => top,
            1 => (top + bottom + middle) * half,
            2 => (top + bottom - middle) * half,
            _ => bottom,
        };
    }

    [SkipLocalsInit]
    [MethodImpl(MethodImplOptions.AggressiveOptimization | MethodImplOptions.NoInlining)]
    private static void Gradient<V>(float* planes, nint groupFloats, int groups, int inputs, int outputs, int first, int count, float* gradient, nint gradientRow)
        where V : unmanaged, ISimd<V>
    {
        V half = V.Create(0.5f);
        nint plane = (nint)inputs * outputs;
        V* rows = stackalloc V[12];
        for (int input = 0; input < inputs; input++)
        {
            for (int o = 0; o < count; o += V.Count)
            {
                int lanes = int.Min(V.Count, count - o);
                float* from = planes + (nint)input * outputs + first + o;
                for (int row = 0; row < 4; row++)
                {
                    V a = Sum<V>(from + 4 * row * plane, groupFloats, groups, lanes);
                    V b = Sum<V>(from + (4 * row + 1) * plane, groupFloats, groups, lanes);
                    V c = Sum<V>(from + (4 * row + 2) * plane, groupFloats, groups, lanes);
                    V d = Sum<V>(from + (4 * row + 3) * plane, groupFloats, groups, lanes);
                    V mean = (b + c) * half;
                    rows[row] = a + mean;
                    rows[4 + row] = (b - c) * half;
                    rows[8 + row] = mean + d;
                }

                float* to = gradient + input * gradientRow + o;
                nint tap = inputs * gradientRow;
                for (int column = 0; column < 3; column++, to += tap)
                {
                    V* r = rows + 4 * column;
                    V mean = (r[1] + r[2]) * half;
                    (r[0] + mean).StoreLanes(to, lanes);
                    ((r[1] - r[2]) * half).StoreLanes(to + 3 * tap, lanes);
                    (mean + r[3]).StoreLanes(to + 6 * tap, lanes);
                }
            }
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static V Sum<V>(float* from, nint groupFloats, int groups, int lanes)
        where V : unmanaged, ISimd<V>
    {
        V sum = Lanes.Load<V>(from, lanes);
        for (int group = 1; group < groups; group++)
            sum += Lanes.Load<V>(from + group * groupFloats, lanes);

        return sum;
    }

    private readonly struct GradientKernel(
        float* planes, nint groupFloats, int groups, int inputs, int outputs, int first, int count, float* gradient, nint gradientRow)
        : IWidthKernel
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public void Run<V>()
            where V : unmanaged, ISimd<V>
            => Gradient<V>(planes, groupFloats, groups, inputs, outputs, first, count, gradient, gradientRow);
    }

    private readonly struct Kernel(int columns, int steps, nint columnStride, nint stepStride, float* weight, float* scale, float* prepared) : IWidthKernel
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public void Run<V>()
            where V : unmanaged, ISimd<V>
            => WinogradWeights.Run<V>(columns, steps, columnStride, stepStride, weight, scale, prepared);
    }
}
