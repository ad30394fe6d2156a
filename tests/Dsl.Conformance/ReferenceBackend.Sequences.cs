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
    public static void LastStep(FloatBuffer x, IntBuffer lengths, FloatBuffer y, int steps, int features, int forward, int batch)
    {
        var input = At(x, (long)batch * steps * features);
        var result = At(y, (long)batch * features);
        Require(!result.Overlaps(input));
        for (int n = 0; n < batch; n++)
        {
            for (int f = 0; f < features; f++)
                result[((long)n * features) + f] = input[((((long)n * steps) + (f < forward ? LengthOf(lengths, n, steps) - 1 : 0)) * features) + f];
        }
    }

    /// <inheritdoc/>
    public static void LastStepBackward(IntBuffer lengths, FloatBuffer dy, FloatBuffer dx, int steps, int features, int forward, int batch)
    {
        var gradient = At(dy, (long)batch * features);
        var result = At(dx, (long)batch * steps * features);
        Require(!result.Overlaps(gradient));
        result.Fill(0);
        for (int n = 0; n < batch; n++)
        {
            for (int f = 0; f < features; f++)
                result[((((long)n * steps) + (f < forward ? LengthOf(lengths, n, steps) - 1 : 0)) * features) + f] = gradient[((long)n * features) + f];
        }
    }

    /// <inheritdoc/>
    public static void AddToSamples(FloatBuffer x, FloatBuffer shared, FloatBuffer y, long count, int batch)
    {
        var input = At(x, count * batch);
        var added = At(shared, count);
        var result = At(y, count * batch);
        for (long i = 0; i < count * batch; i++)
            result[i] = input[i] + added[i % count];
    }

    /// <inheritdoc/>
    public static void SumOfSamples(FloatBuffer x, FloatBuffer sum, long count, int batch)
    {
        var input = At(x, count * batch);
        var result = At(sum, count);
        for (long i = 0; i < count; i++)
        {
            double total = 0;
            for (long n = 0; n < batch; n++)
                total += input[(n * count) + i];
            result[i] = total;
        }
    }

    /// <inheritdoc/>
    public static void SinusoidalTable(FloatBuffer table, int steps, int features)
    {
        var result = At(table, (long)steps * features);
        for (int t = 0; t < steps; t++)
        {
            for (int i = 0; i < features; i++)
            {
                double angle = t / Math.Pow(10_000, (double)(i / 2 * 2) / features);
                result[((long)t * features) + i] = i % 2 == 0 ? Math.Sin(angle) : Math.Cos(angle);
            }
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
