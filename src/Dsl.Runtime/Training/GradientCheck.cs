using System;
using System.Globalization;
using Dsl.Runtime;

namespace Dsl;

/// <summary>
/// Looks whether a layer of your own is right: whether <c>Backward</c> gives the gradient of what <c>Forward</c> computes. For a test of your own:
/// <c>GradientCheck.Run&lt;Swish&gt;();</c>
/// </summary>
public static class GradientCheck
{
    // Float32 outputs round in small steps, and kinks lie within large ones: one of them agrees where the gradient is right.
    private static readonly float[] Steps = [1e-2f, 3e-3f, 3e-2f, 1e-3f, 1e-1f];

    /// <summary>Compares the gradients of drawn rows with central differences.</summary>
    /// <typeparam name="TLayer">A struct marked <c>[Layer]</c>.</typeparam>
    /// <param name="features">Length of an input row, at least 1.</param>
    /// <param name="rows">How many rows are drawn, from N(0, 1); at least 1.</param>
    /// <param name="tolerance">The error that is allowed, as a part of the largest gradient of a row; above 0.</param>
    /// <param name="seed">The same seed draws the same rows.</param>
    /// <exception cref="GradientCheckException">
    /// A gradient differs; the message names the element that differs most, what it is and what it should be. Or an element is not set, or not a finite number, or
    /// <c>Backward</c> sets the parameters' gradients instead of adding to them.
    /// </exception>
    public static void Run<TLayer>(int features = 8, int rows = 20, double tolerance = 1e-2, int seed = 0)
        where TLayer : struct, IRowLayer
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(features);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(rows);
        if (!(tolerance > 0 && double.IsFinite(tolerance)))
            throw new ArgumentOutOfRangeException(nameof(tolerance), tolerance, $"The tolerance is {tolerance}; a finite number above 0 is wanted.");
        Check check = new(RowLayer.Of<TLayer>(features), new Random(seed));
        for (int row = 0; row < rows; row++)
            check.Row(row);
        check.ThrowIfWrong(tolerance);
    }

    private sealed class Check
    {
        private readonly RowLayer layer;
        private readonly Random random;
        private readonly float[] parameters;
        private readonly float[] y;
        private double worst;
        private string? worstText;

        public Check(RowLayer layer, Random random)
        {
            this.layer = layer;
            this.random = random;
            parameters = new float[layer.ParameterCount];
            y = new float[layer.Outputs];
            layer.Initialize(parameters, random);

            // First values are often zeros or alike, where wrong gradients are right.
            for (int i = 0; i < parameters.Length; i++)
                parameters[i] += 0.5f * Normal();
        }

        public void Row(int row)
        {
            float[] x = new float[layer.Inputs];
            float[] dy = new float[layer.Outputs];
            Draw(x);
            Draw(dy);

            // What is not set stays NaN.
            Array.Fill(y, float.NaN);
            layer.Forward(x, parameters, y);
            IsSet(y, "Forward", "y", row);
            float[] output = [.. y];
            float[] dx = new float[layer.Inputs];
            Array.Fill(dx, float.NaN);
            float[] dParameters = new float[layer.ParameterCount];
            layer.Backward(x, output, dy, parameters, dx, dParameters);
            IsSet(dx, "Backward", "dx", row);
            IsSet(dParameters, "Backward", "parameterGradients", row);
            float[] added = new float[layer.ParameterCount];
            Array.Fill(added, 1000);
            layer.Backward(x, output, dy, parameters, dx, added);
            for (int i = 0; i < added.Length; i++)
            {
                if (Math.Abs(added[i] - 1000 - dParameters[i]) > 1e-3 * (1000 + Math.Abs(dParameters[i])))
                    throw new GradientCheckException($"{layer.Name}: Backward has to add to parameterGradients, but made {Text(added[i])} of {Text(1000)} at [{i}], where it made {Text(dParameters[i])} of 0.");
            }

            double largest = 1e-3;
            foreach (float value in (float[])[.. dx, .. dParameters])
                largest = Math.Max(largest, Math.Abs(value));
            double[] ofInputs = Differences(x, x, dy, dx, largest);
            double[] ofParameters = Differences(parameters, x, dy, dParameters, largest);
            foreach (double value in (double[])[.. ofInputs, .. ofParameters])
                largest = Math.Max(largest, Math.Abs(value));
            Compare("dx", dx, ofInputs, largest, row);
            Compare("parameterGradients", dParameters, ofParameters, largest, row);
        }

        public void ThrowIfWrong(double tolerance)
        {
            if (worst > tolerance)
                throw new GradientCheckException($"{layer.Name}: {worstText}.");
        }

        /// <summary>Of each element the central difference that is nearest to the gradient.</summary>
        private double[] Differences(float[] changed, float[] x, float[] dy, float[] gradient, double largest)
        {
            double[] nearest = new double[changed.Length];
            for (int i = 0; i < changed.Length; i++)
            {
                double least = double.PositiveInfinity;
                foreach (float step in Steps)
                {
                    double difference = Difference(changed, i, step, x, dy);
                    if (!(Math.Abs(difference - gradient[i]) < least))
                        continue;
                    least = Math.Abs(difference - gradient[i]);
                    nearest[i] = difference;
                    if (least < 1e-4 * largest)
                        break;
                }
            }

            return nearest;
        }

        private double Difference(float[] changed, int i, float step, float[] x, float[] dy)
        {
            float own = changed[i];
            float high = own + step;
            float low = own - step;
            changed[i] = high;
            double above = Product(x, dy);
            changed[i] = low;
            double below = Product(x, dy);
            changed[i] = own;
            return (above - below) / ((double)high - low);
        }

        private double Product(float[] x, float[] dy)
        {
            layer.Forward(x, parameters, y);
            double sum = 0;
            for (int i = 0; i < y.Length; i++)
                sum += (double)y[i] * dy[i];
            return sum;
        }

        private void Compare(string what, float[] given, double[] wanted, double largest, int row)
        {
            for (int i = 0; i < given.Length; i++)
            {
                double error = Math.Abs(given[i] - wanted[i]) / largest;
                if (error <= worst)
                    continue;
                worst = error;
                worstText = $"Backward gives {Text(given[i])} for {what}[{i}] of row {row}, but Forward changes by {Text(wanted[i])} there (central difference; the row's largest gradient is {Text(largest)})";
            }
        }

        private void IsSet(float[] values, string method, string what, int row)
        {
            for (int i = 0; i < values.Length; i++)
            {
                if (!float.IsFinite(values[i]))
                    throw new GradientCheckException($"{layer.Name}: {method} leaves {Text(values[i])} in {what}[{i}] of row {row}; it has to set every element to a finite number (NaN stood there before).");
            }
        }

        private void Draw(float[] values)
        {
            for (int i = 0; i < values.Length; i++)
                values[i] = Normal();
        }

        private float Normal() => (float)(Math.Sqrt(-2 * Math.Log(1 - random.NextDouble())) * Math.Cos(2 * Math.PI * random.NextDouble()));

        private static string Text(double value) => value.ToString("G6", CultureInfo.InvariantCulture);
    }
}

/// <summary>A layer's <c>Backward</c> is not the gradient of its <c>Forward</c>.</summary>
public sealed class GradientCheckException : Exception
{
    internal GradientCheckException(string message)
        : base(message)
    {
    }
}
