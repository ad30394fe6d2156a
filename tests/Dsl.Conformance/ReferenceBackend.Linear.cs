using Dsl.Runtime;

namespace Dsl.Conformance;

/// <content>Fully connected layers.</content>
public readonly partial struct ReferenceBackend
{
    /// <inheritdoc/>
    public static void PrepareLinear(in LinearShape shape, FloatBuffer weight, FloatBuffer scale, FloatBuffer prepared)
    {
        Traffic?.Prepare();
        var w = At(weight, (long)shape.Outputs * shape.Inputs);
        var result = At(prepared, shape.PreparedFloats);
        RequireDisjoint(result, w);
        result.Fill(float.NaN);
        for (int o = 0; o < shape.Outputs; o++)
        {
            double factor = scale.IsNone ? 1 : At(scale, shape.Outputs)[o];
            for (int i = 0; i < shape.Inputs; i++)
                result[((long)o * shape.Inputs) + i] = factor * w[((long)o * shape.Inputs) + i];
        }
    }

    /// <inheritdoc/>
    public static void PrepareLinearBackward(in LinearShape shape, FloatBuffer weight, FloatBuffer prepared)
    {
        // Transposed, unlike the forward weights: so that passing one for the other shows.
        var w = At(weight, (long)shape.Outputs * shape.Inputs);
        var result = At(prepared, shape.PreparedBackwardFloats);
        RequireDisjoint(result, w);
        result.Fill(float.NaN);
        for (int o = 0; o < shape.Outputs; o++)
        {
            for (int i = 0; i < shape.Inputs; i++)
                result[((long)i * shape.Outputs) + o] = w[((long)o * shape.Inputs) + i];
        }
    }

    /// <inheritdoc/>
    public static void Linear(in LinearShape shape, FloatBuffer prepared, FloatBuffer bias, FloatBuffer x, FloatBuffer y, long rows)
    {
        var weights = At(prepared, (long)shape.Outputs * shape.Inputs);
        var input = At(x, rows * shape.Inputs);
        var output = At(y, rows * shape.Outputs);
        RequireDisjoint(output, input, weights);
        for (long r = 0; r < rows; r++)
        {
            for (int o = 0; o < shape.Outputs; o++)
            {
                double sum = bias.IsNone ? 0 : At(bias, shape.Outputs)[o];
                for (int i = 0; i < shape.Inputs; i++)
                    sum += input[(r * shape.Inputs) + PlaceInRow(shape, i)] * weights[((long)o * shape.Inputs) + i];
                output[(r * shape.Outputs) + o] = Apply(shape.Epilogue, sum);
            }
        }
    }

    /// <inheritdoc/>
    public static void LinearBackward(in LinearShape shape, FloatBuffer preparedBackward, FloatBuffer x, FloatBuffer y, FloatBuffer dy, FloatBuffer dx, FloatBuffer dWeight, FloatBuffer dBias, long rows)
    {
        var outputGradient = At(dy, rows * shape.Outputs);
        double[] g = new double[rows * shape.Outputs];
        for (int i = 0; i < g.Length; i++)
        {
            double derivative = shape.Epilogue.Function == UnaryFunction.Identity ? 1 : DerivativeFromOutput(shape.Epilogue, At(y, g.Length)[i]);
            g[i] = Chain(outputGradient[i], derivative);
        }

        if (!dx.IsNone)
        {
            var weights = At(preparedBackward, (long)shape.Outputs * shape.Inputs);
            var result = At(dx, rows * shape.Inputs);
            RequireDisjoint(result, outputGradient, weights);
            for (long r = 0; r < rows; r++)
            {
                for (int i = 0; i < shape.Inputs; i++)
                {
                    double sum = 0;
                    for (int o = 0; o < shape.Outputs; o++)
                        sum += g[(r * shape.Outputs) + o] * weights[((long)i * shape.Outputs) + o];
                    result[(r * shape.Inputs) + PlaceInRow(shape, i)] = sum;
                }
            }
        }

        if (!dWeight.IsNone)
        {
            var input = At(x, rows * shape.Inputs);
            var result = At(dWeight, (long)shape.Outputs * shape.Inputs);
            RequireDisjoint(result, input, outputGradient);
            for (int o = 0; o < shape.Outputs; o++)
            {
                for (int i = 0; i < shape.Inputs; i++)
                {
                    double sum = 0;
                    for (long r = 0; r < rows; r++)
                        sum += g[(r * shape.Outputs) + o] * input[(r * shape.Inputs) + PlaceInRow(shape, i)];
                    result[((long)o * shape.Inputs) + i] = sum;
                }
            }
        }

        if (!dBias.IsNone)
        {
            var result = At(dBias, shape.Outputs);
            RequireDisjoint(result, outputGradient);
            for (int o = 0; o < shape.Outputs; o++)
            {
                double sum = 0;
                for (long r = 0; r < rows; r++)
                    sum += g[(r * shape.Outputs) + o];
                result[o] = sum;
            }
        }

        outputGradient.Fill(float.NaN);
    }

    /// <summary>Where in a row of x the float lies that belongs to a column of the weight; see <see cref="LinearShape.InputChannels"/>.</summary>
    private static int PlaceInRow(in LinearShape shape, int column)
    {
        if (shape.InputChannels == 0)
            return column;
        int pixels = shape.Inputs / shape.InputChannels;
        return (column % pixels * shape.InputChannels) + (column / pixels);
    }
}
