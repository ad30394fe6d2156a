using Dsl.Runtime.Kernels;

namespace Dsl.Runtime;

public readonly unsafe partial struct CpuBackend
{
    /// <inheritdoc cref="IBackend.PrepareLinear"/>
    public static void PrepareLinear(in LinearShape shape, FloatBuffer weight, FloatBuffer scale, FloatBuffer prepared) =>
        GemmLinear.Prepare(in shape, weight.Pointer, scale.Pointer, prepared.Pointer);

    /// <inheritdoc cref="IBackend.PrepareLinearBackward"/>
    public static void PrepareLinearBackward(in LinearShape shape, FloatBuffer weight, FloatBuffer prepared) =>
        GemmLinear.PrepareBackward(in shape, weight.Pointer, prepared.Pointer);

    /// <inheritdoc cref="IBackend.Linear"/>
    public static void Linear(in LinearShape shape, FloatBuffer prepared, FloatBuffer bias, FloatBuffer x, FloatBuffer y, long rows) =>
        GemmLinear.Forward(in shape, prepared.Pointer, bias.Pointer, x.Pointer, y.Pointer, rows);

    /// <inheritdoc cref="IBackend.LinearBackward"/>
    public static void LinearBackward(in LinearShape shape, FloatBuffer preparedBackward, FloatBuffer x, FloatBuffer y, FloatBuffer dy, FloatBuffer dx, FloatBuffer dWeight, FloatBuffer dBias, long rows) =>
        GemmLinear.Backward(in shape, preparedBackward.Pointer, x.Pointer, y.Pointer, dy.Pointer, dx.Pointer, dWeight.Pointer, dBias.Pointer, rows);
}
