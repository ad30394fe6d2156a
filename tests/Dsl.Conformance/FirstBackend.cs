using System;
using Dsl.Runtime;

namespace Dsl.Conformance;

/// <summary>How little a device needs before a first network runs: memory, and two operations to predict. Five more train it.</summary>
public readonly struct FirstBackend : IStartingBackend<FirstBackend>
{
    /// <inheritdoc/>
    public static bool UsesHostMemory => ReferenceBackend.UsesHostMemory;

    /// <inheritdoc/>
    public static FloatBuffer Allocate(long count) => ReferenceBackend.Allocate(count);

    /// <inheritdoc/>
    public static IntBuffer AllocateInts(long count) => ReferenceBackend.AllocateInts(count);

    /// <inheritdoc/>
    public static void Free(FloatBuffer buffer) => ReferenceBackend.Free(buffer);

    /// <inheritdoc/>
    public static void Free(IntBuffer buffer) => ReferenceBackend.Free(buffer);

    /// <inheritdoc/>
    public static void Write(ReadOnlySpan<float> values, FloatBuffer buffer) => ReferenceBackend.Write(values, buffer);

    /// <inheritdoc/>
    public static void Write(ReadOnlySpan<int> values, IntBuffer buffer) => ReferenceBackend.Write(values, buffer);

    /// <inheritdoc/>
    public static void Read(FloatBuffer buffer, Span<float> values) => ReferenceBackend.Read(buffer, values);

    /// <inheritdoc/>
    public static bool AllFinite(in TensorView x, int batch) => ReferenceBackend.AllFinite(in x, batch);

    /// <inheritdoc/>
    public static void PrepareLinear(in LinearShape shape, FloatBuffer weight, FloatBuffer scale, FloatBuffer prepared) => ReferenceBackend.PrepareLinear(in shape, weight, scale, prepared);

    /// <inheritdoc/>
    public static void PrepareLinearBackward(in LinearShape shape, FloatBuffer weight, FloatBuffer prepared) => ReferenceBackend.PrepareLinearBackward(in shape, weight, prepared);

    /// <inheritdoc/>
    public static void Linear(in LinearShape shape, FloatBuffer prepared, FloatBuffer bias, FloatBuffer x, FloatBuffer y, long rows) => ReferenceBackend.Linear(in shape, prepared, bias, x, y, rows);

    /// <inheritdoc/>
    public static void LinearBackward(in LinearShape shape, FloatBuffer preparedBackward, FloatBuffer x, FloatBuffer y, FloatBuffer dy, FloatBuffer dx, FloatBuffer dWeight, FloatBuffer dBias, long rows) => ReferenceBackend.LinearBackward(in shape, preparedBackward, x, y, dy, dx, dWeight, dBias, rows);

    /// <inheritdoc/>
    public static void CrossEntropy(FloatBuffer logits, IntBuffer labels, FloatBuffer dx, FloatBuffer loss, long rows, int classes, float smoothing, int ignore) => ReferenceBackend.CrossEntropy(logits, labels, dx, loss, rows, classes, smoothing, ignore);

    /// <inheritdoc/>
    public static void CheckGradients(FloatBuffer gradients, long count, FloatBuffer loss, FloatBuffer verdict, long step) => ReferenceBackend.CheckGradients(gradients, count, loss, verdict, step);

    /// <inheritdoc/>
    public static void Sgd(FloatBuffer parameters, FloatBuffer gradients, FloatBuffer velocity, long count, float rate, float momentum, bool nesterov, in Regularization regularization, FloatBuffer norm, FloatBuffer verdict, long step) => ReferenceBackend.Sgd(parameters, gradients, velocity, count, rate, momentum, nesterov, in regularization, norm, verdict, step);
}
