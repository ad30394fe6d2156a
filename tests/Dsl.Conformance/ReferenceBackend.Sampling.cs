using System;
using Dsl.Runtime;

namespace Dsl.Conformance;

public readonly partial struct ReferenceBackend
{
    /// <inheritdoc/>
    public static void GaussianSample(in DropoutKey key, FloatBuffer x, FloatBuffer y, int features, int batch)
    {
        var input = At(x, 2L * batch * features);
        var output = At(y, (long)batch * features);
        Require(!output.Overlaps(input));
        for (int n = 0; n < batch; n++)
        {
            for (int f = 0; f < features; f++)
                output[(n * features) + f] = input[(2 * n * features) + f] + (Math.Exp(input[(((2 * n) + 1) * features) + f] / 2) * Normal((n * features) + f, key));
        }
    }

    /// <inheritdoc/>
    public static void GaussianSampleBackward(in DropoutKey key, FloatBuffer x, FloatBuffer dy, float weight, FloatBuffer dx, int features, int batch)
    {
        var input = At(x, 2L * batch * features);
        var given = At(dy, (long)batch * features);
        var gradient = At(dx, 2L * batch * features);
        Require(!gradient.Overlaps(input) && !gradient.Overlaps(given));
        double share = (double)weight / batch;
        for (int n = 0; n < batch; n++)
        {
            for (int f = 0; f < features; f++)
            {
                double mean = input[(2 * n * features) + f];
                double variance = input[(((2 * n) + 1) * features) + f];
                double dSample = given[(n * features) + f];
                gradient[(2 * n * features) + f] = dSample + (share * mean);
                gradient[(((2 * n) + 1) * features) + f] = (dSample * Math.Exp(variance / 2) * Normal((n * features) + f, key) / 2) + (share * (Math.Exp(variance) - 1) / 2);
            }
        }
    }

    /// <inheritdoc/>
    public static void AddGaussianDivergence(FloatBuffer x, float weight, FloatBuffer loss, int features, int batch)
    {
        var input = At(x, 2L * batch * features);
        double sum = 0;
        for (int n = 0; n < batch; n++)
        {
            for (int f = 0; f < features; f++)
            {
                double mean = input[(2 * n * features) + f];
                double variance = input[(((2 * n) + 1) * features) + f];
                sum += 1 + variance - (mean * mean) - Math.Exp(variance);
            }
        }

        var total = At(loss, 1);
        total[0] += weight * sum / -2 / batch;
    }

    /// <summary>A number from N(0, 1) of two neighbouring words of <see cref="Philox"/>.</summary>
    private static double Normal(int j, in DropoutKey key)
    {
        int even = j - (j % 2);
        double radius = Math.Sqrt(-2 * Math.Log((Philox(even, key) + 0.5) / 4294967296.0));
        double angle = 2 * Math.PI * Philox(even + 1, key) / 4294967296.0;
        return radius * (j % 2 == 0 ? Math.Cos(angle) : Math.Sin(angle));
    }
}
