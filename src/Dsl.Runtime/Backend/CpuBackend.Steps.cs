using Dsl.Runtime.Kernels;

namespace Dsl.Runtime;

public readonly unsafe partial struct CpuBackend
{
    /// <inheritdoc cref="IBackend.MaskSteps"/>
    public static void MaskSteps(FloatBuffer x, IntBuffer lengths, float value, FloatBuffer y, int steps, int features, int batch) =>
        OwnSteps.Mask(x.Pointer, lengths.Pointer, value, y.Pointer, steps, features, batch);

    /// <inheritdoc cref="IBackend.WindowLengths"/>
    public static void WindowLengths(in LengthMap map, IntBuffer lengths, IntBuffer mapped, int batch)
    {
        for (int n = 0; n < batch; n++)
            mapped.Pointer[n] = map.Of(lengths.Pointer[n]);
    }

    /// <inheritdoc cref="IBackend.AverageSteps"/>
    public static void AverageSteps(FloatBuffer x, IntBuffer lengths, FloatBuffer y, int steps, int features, int batch) =>
        OwnSteps.Average(x.Pointer, lengths.Pointer, y.Pointer, steps, features, batch);

    /// <inheritdoc cref="IBackend.AverageStepsBackward"/>
    public static void AverageStepsBackward(IntBuffer lengths, FloatBuffer dy, FloatBuffer dx, int steps, int features, int batch) =>
        OwnSteps.AverageBackward(lengths.Pointer, dy.Pointer, dx.Pointer, steps, features, batch);
}
