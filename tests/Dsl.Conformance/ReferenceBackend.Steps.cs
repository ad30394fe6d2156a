using System;
using Dsl.Runtime;

namespace Dsl.Conformance;

/// <content>Windows over steps of unequal length.</content>
public readonly partial struct ReferenceBackend
{
    /// <inheritdoc/>
    public static void MaskSteps(FloatBuffer x, IntBuffer lengths, float value, FloatBuffer y, int steps, int features, int batch)
    {
        var input = At(x, (long)batch * steps * features);
        var result = At(y, (long)batch * steps * features);
        for (int n = 0; n < batch; n++)
        {
            int length = LengthOf(lengths, n, steps);
            for (int i = 0; i < steps * features; i++)
                result[((long)n * steps * features) + i] = i < length * features ? input[((long)n * steps * features) + i] : value;
        }
    }

    /// <inheritdoc/>
    public static void WindowLengths(in LengthMap map, IntBuffer lengths, IntBuffer mapped, int batch)
    {
        for (int n = 0; n < batch; n++)
            Memory(mapped)[mapped.Offset + n] = (int)Math.Max(1, Math.Floor((Int(lengths, n) + map.Padding - (map.Dilation * (map.Kernel - 1)) - 1) / (double)map.Stride) + 1);
    }

    /// <inheritdoc/>
    public static void AverageSteps(FloatBuffer x, IntBuffer lengths, FloatBuffer y, int steps, int features, int batch)
    {
        var input = At(x, (long)batch * steps * features);
        var result = At(y, (long)batch * features);
        Require(!result.Overlaps(input));
        for (int n = 0; n < batch; n++)
        {
            int length = LengthOf(lengths, n, steps);
            for (int f = 0; f < features; f++)
            {
                double sum = 0;
                for (int t = 0; t < length; t++)
                    sum += input[((((long)n * steps) + t) * features) + f];
                result[((long)n * features) + f] = sum / length;
            }
        }
    }

    /// <inheritdoc/>
    public static void AverageStepsBackward(IntBuffer lengths, FloatBuffer dy, FloatBuffer dx, int steps, int features, int batch)
    {
        var gradient = At(dy, (long)batch * features);
        var result = At(dx, (long)batch * steps * features);
        Require(!result.Overlaps(gradient));
        for (int n = 0; n < batch; n++)
        {
            int length = LengthOf(lengths, n, steps);
            for (int i = 0; i < steps * features; i++)
                result[((long)n * steps * features) + i] = i < length * features ? gradient[((long)n * features) + (i % features)] / length : 0;
        }
    }
}
