using System;
using Dsl.Runtime;

namespace Dsl.Conformance;

/// <content>Sequences.</content>
public readonly partial struct ReferenceBackend
{
    /// <inheritdoc/>
    public static void SequenceLengths(IntBuffer ids, int padding, IntBuffer lengths, int steps, int batch)
    {
        for (int n = 0; n < batch; n++)
        {
            int length = steps;
            while (length > 1 && Int(ids, ((long)n * steps) + length - 1) == padding)
                length--;
            Memory(lengths)[lengths.Offset + n] = length;
        }
    }

    /// <inheritdoc/>
    public static void Embedding(FloatBuffer weight, IntBuffer ids, FloatBuffer y, long count, int features)
    {
        var result = At(y, count * features);
        for (long i = 0; i < count; i++)
        {
            var row = At(weight + ((long)Int(ids, i) * features), features, nameof(weight));
            for (int f = 0; f < features; f++)
                result[(i * features) + f] = row[f];
        }
    }

    /// <inheritdoc/>
    public static void EmbeddingBackward(IntBuffer ids, FloatBuffer dy, FloatBuffer dWeight, long count, int vocabulary, int features, int padding)
    {
        var gradient = At(dy, count * features);
        var result = At(dWeight, (long)vocabulary * features);
        Require(!result.Overlaps(gradient));
        double[] sums = new double[(long)vocabulary * features];
        for (long i = 0; i < count; i++)
        {
            int id = Int(ids, i);
            for (int f = 0; f < features && id != padding; f++)
                sums[((long)id * features) + f] += gradient[(i * features) + f];
        }

        for (long i = 0; i < sums.Length; i++)
            result[i] = sums[i];
    }

    /// <inheritdoc/>
    public static void LastStep(FloatBuffer x, IntBuffer lengths, FloatBuffer y, int steps, int features, int batch)
    {
        var input = At(x, (long)batch * steps * features);
        var result = At(y, (long)batch * features);
        Require(!result.Overlaps(input));
        for (int n = 0; n < batch; n++)
        {
            for (int f = 0; f < features; f++)
                result[((long)n * features) + f] = input[((((long)n * steps) + LengthOf(lengths, n, steps) - 1) * features) + f];
        }
    }

    /// <inheritdoc/>
    public static void LastStepBackward(IntBuffer lengths, FloatBuffer dy, FloatBuffer dx, int steps, int features, int batch)
    {
        var gradient = At(dy, (long)batch * features);
        var result = At(dx, (long)batch * steps * features);
        Require(!result.Overlaps(gradient));
        result.Fill(0);
        for (int n = 0; n < batch; n++)
        {
            for (int f = 0; f < features; f++)
                result[((((long)n * steps) + LengthOf(lengths, n, steps) - 1) * features) + f] = gradient[((long)n * features) + f];
        }
    }

    private static int LengthOf(IntBuffer lengths, int n, int steps)
    {
        int length = lengths.IsNone ? steps : Int(lengths, n);
        Require(length >= 1 && length <= steps);
        return length;
    }

    private static int Int(IntBuffer buffer, long index) => Memory(buffer)[buffer.Offset + index];
}
