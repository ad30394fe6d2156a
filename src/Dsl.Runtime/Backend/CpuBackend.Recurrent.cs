using Dsl.Runtime.Kernels;

namespace Dsl.Runtime;

public readonly unsafe partial struct CpuBackend
{
    /// <inheritdoc cref="IBackend.PrepareRecurrent"/>
    public static void PrepareRecurrent(in RecurrentShape shape, FloatBuffer weightInput, FloatBuffer weightHidden, FloatBuffer biasInput, FloatBuffer biasHidden, FloatBuffer prepared) =>
        RecurrentWeights.Prepare(in shape, weightInput.Pointer, weightHidden.Pointer, biasInput.Pointer, biasHidden.Pointer, prepared.Pointer);

    /// <inheritdoc cref="IBackend.PrepareRecurrentBackward"/>
    public static void PrepareRecurrentBackward(in RecurrentShape shape, FloatBuffer weightInput, FloatBuffer weightHidden, FloatBuffer prepared) =>
        RecurrentWeights.PrepareBackward(in shape, weightInput.Pointer, weightHidden.Pointer, prepared.Pointer);

    /// <inheritdoc cref="IBackend.Recurrent"/>
    public static void Recurrent(in RecurrentShape shape, FloatBuffer prepared, FloatBuffer x, IntBuffer lengths, FloatBuffer initial, FloatBuffer y, FloatBuffer final, FloatBuffer saved, int batch) =>
        RecurrentForward.Run(in shape, prepared.Pointer, x.Pointer, lengths.Pointer, initial.Pointer, y.Pointer, final.Pointer, saved.Pointer, batch);

    /// <inheritdoc cref="IBackend.RecurrentBackward"/>
    public static void RecurrentBackward(in RecurrentShape shape, FloatBuffer preparedBackward, IntBuffer lengths, FloatBuffer saved, FloatBuffer dy, FloatBuffer dx, FloatBuffer dWeightInput, FloatBuffer dWeightHidden, FloatBuffer dBiasInput, FloatBuffer dBiasHidden, int batch) =>
        Kernels.RecurrentBackward.Run(in shape, preparedBackward.Pointer, lengths.Pointer, saved.Pointer, dy.Pointer, dx.Pointer, dWeightInput.Pointer, dWeightHidden.Pointer, dBiasInput.Pointer, dBiasHidden.Pointer, batch);
}
