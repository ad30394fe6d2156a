using System;
using Dsl.Runtime;

namespace Dsl.Conformance;

/// <content>Softmax over rows.</content>
public readonly partial struct ReferenceBackend
{
    /// <inheritdoc/>
    public static void Softmax(FloatBuffer x, FloatBuffer y, long rows, int length)
    {
        var (input, output) = Rows(x, y, rows, length);
        for (long start = 0; start < rows * length; start += length)
        {
            double logSum = LogSumExp(input, start, length);
            for (int i = 0; i < length; i++)
                output[start + i] = Math.Exp(input[start + i] - logSum);
        }
    }

    /// <inheritdoc/>
    public static void SoftmaxBackward(FloatBuffer y, FloatBuffer dy, FloatBuffer dx, long rows, int length)
    {
        var output = At(y, rows * length);
        var (gradient, result) = Rows(dy, dx, rows, length);
        RequireDisjoint(result, output);
        for (long start = 0; start < rows * length; start += length)
        {
            double sum = 0;
            for (int i = 0; i < length; i++)
                sum += output[start + i] * gradient[start + i];
            for (int i = 0; i < length; i++)
                result[start + i] = output[start + i] * (gradient[start + i] - sum);
        }
    }

    /// <inheritdoc/>
    public static void LogSoftmax(FloatBuffer x, FloatBuffer y, long rows, int length)
    {
        var (input, output) = Rows(x, y, rows, length);
        for (long start = 0; start < rows * length; start += length)
        {
            double logSum = LogSumExp(input, start, length);
            for (int i = 0; i < length; i++)
                output[start + i] = input[start + i] - logSum;
        }
    }

    /// <inheritdoc/>
    public static void LogSoftmaxBackward(FloatBuffer y, FloatBuffer dy, FloatBuffer dx, long rows, int length)
    {
        var output = At(y, rows * length);
        var (gradient, result) = Rows(dy, dx, rows, length);
        RequireDisjoint(result, output);
        for (long start = 0; start < rows * length; start += length)
        {
            double sum = 0;
            for (int i = 0; i < length; i++)
                sum += gradient[start + i];
            for (int i = 0; i < length; i++)
                result[start + i] = gradient[start + i] - (Math.Exp(output[start + i]) * sum);
        }
    }

    private static (Values Input, Values Output) Rows(FloatBuffer x, FloatBuffer y, long rows, int length)
    {
        var input = At(x, rows * length);
        var output = At(y, rows * length);
        RequireDisjoint(output, input);
        return (input, output);
    }

    private static double LogSumExp(in Values x, long start, int length)
    {
        double largest = double.NegativeInfinity;
        for (int i = 0; i < length; i++)
            largest = Math.Max(largest, x[start + i]);
        double sum = 0;
        for (int i = 0; i < length; i++)
            sum += Math.Exp(x[start + i] - largest);
        return largest + Math.Log(sum);
    }
}
