using Dsl.Runtime.Kernels;

namespace Dsl.Runtime;

public readonly unsafe partial struct CpuBackend
{
    /// <inheritdoc cref="IBackend.SequenceLengths"/>
    public static void SequenceLengths(IntBuffer ids, int padding, IntBuffer lengths, int steps, int batch) =>
        Sequences.Lengths(ids.Pointer, padding, lengths.Pointer, steps, batch);

    /// <inheritdoc cref="IBackend.Embedding"/>
    public static void Embedding(FloatBuffer weight, IntBuffer ids, FloatBuffer y, long count, int features) =>
        EmbeddingRows.Look(weight.Pointer, ids.Pointer, y.Pointer, count, features);

    /// <inheritdoc cref="IBackend.EmbeddingBackward"/>
    public static void EmbeddingBackward(IntBuffer ids, FloatBuffer dy, FloatBuffer dWeight, long count, int vocabulary, int features, int padding) =>
        EmbeddingRows.Backward(ids.Pointer, dy.Pointer, dWeight.Pointer, count, vocabulary, features, padding);

    /// <inheritdoc cref="IBackend.LastStep"/>
    public static void LastStep(FloatBuffer x, IntBuffer lengths, FloatBuffer y, int steps, int features, int forward, int batch) =>
        Sequences.LastStep(x.Pointer, lengths.Pointer, y.Pointer, steps, features, forward, batch);

    /// <inheritdoc cref="IBackend.LastStepBackward"/>
    public static void LastStepBackward(IntBuffer lengths, FloatBuffer dy, FloatBuffer dx, int steps, int features, int forward, int batch) =>
        Sequences.LastStepBackward(lengths.Pointer, dy.Pointer, dx.Pointer, steps, features, forward, batch);

    /// <inheritdoc cref="IBackend.AddToSamples"/>
    public static void AddToSamples(FloatBuffer x, FloatBuffer shared, FloatBuffer y, long count, int batch) =>
        Positions.Add(x.Pointer, shared.Pointer, y.Pointer, count, batch);

    /// <inheritdoc cref="IBackend.SumOfSamples"/>
    public static void SumOfSamples(FloatBuffer x, FloatBuffer sum, long count, int batch) => Positions.Sum(x.Pointer, sum.Pointer, count, batch);

    /// <inheritdoc cref="IBackend.SinusoidalTable"/>
    public static void SinusoidalTable(FloatBuffer table, int steps, int features) => Positions.Sinusoidal(table.Pointer, steps, features);
}
