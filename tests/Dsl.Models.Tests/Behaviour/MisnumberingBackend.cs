using System;
using Dsl.Conformance;
using Dsl.Runtime;

namespace ModelTests.Behaviour;

/// <summary>A beginner's backend with a mistake: its verdicts are on other steps than those that were made.</summary>
public readonly struct MisnumberingBackend : IStartingBackend<MisnumberingBackend>
{
    public static bool UsesHostMemory => FirstBackend.UsesHostMemory;

    public static FloatBuffer Allocate(long count) => FirstBackend.Allocate(count);

    public static IntBuffer AllocateInts(long count) => FirstBackend.AllocateInts(count);

    public static void Free(FloatBuffer buffer) => FirstBackend.Free(buffer);

    public static void Free(IntBuffer buffer) => FirstBackend.Free(buffer);

    public static void Write(ReadOnlySpan<float> values, FloatBuffer buffer) => FirstBackend.Write(values, buffer);

    public static void Write(ReadOnlySpan<int> values, IntBuffer buffer) => FirstBackend.Write(values, buffer);

    public static void Read(FloatBuffer buffer, Span<float> values) => FirstBackend.Read(buffer, values);

    public static bool AllFinite(in TensorView x, int batch) => FirstBackend.AllFinite(in x, batch);

    public static void PrepareLinear(in LinearShape shape, FloatBuffer weight, FloatBuffer scale, FloatBuffer prepared) => FirstBackend.PrepareLinear(in shape, weight, scale, prepared);

    public static void PrepareLinearBackward(in LinearShape shape, FloatBuffer weight, FloatBuffer prepared) => FirstBackend.PrepareLinearBackward(in shape, weight, prepared);

    public static void Linear(in LinearShape shape, FloatBuffer prepared, FloatBuffer bias, FloatBuffer x, FloatBuffer y, long rows) => FirstBackend.Linear(in shape, prepared, bias, x, y, rows);

    public static void LinearBackward(in LinearShape shape, FloatBuffer preparedBackward, FloatBuffer x, FloatBuffer y, FloatBuffer dy, FloatBuffer dx, FloatBuffer dWeight, FloatBuffer dBias, long rows) => FirstBackend.LinearBackward(in shape, preparedBackward, x, y, dy, dx, dWeight, dBias, rows);

    public static void CrossEntropy(FloatBuffer logits, IntBuffer labels, FloatBuffer dx, FloatBuffer loss, long rows, int classes, float smoothing, int ignore) => FirstBackend.CrossEntropy(logits, labels, dx, loss, rows, classes, smoothing, ignore);

    public static void CheckGradients(FloatBuffer gradients, long count, FloatBuffer loss, FloatBuffer verdict, long step) => FirstBackend.CheckGradients(gradients, count, loss, verdict, step - 1);

    public static void Sgd(FloatBuffer parameters, FloatBuffer gradients, FloatBuffer velocity, long count, float rate, float momentum, bool nesterov, in Regularization regularization, FloatBuffer norm, FloatBuffer verdict, long step) => FirstBackend.Sgd(parameters, gradients, velocity, count, rate, momentum, nesterov, in regularization, norm, verdict, step);
}
