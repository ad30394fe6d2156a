using System;
using Dsl.Runtime;

namespace Dsl.Conformance;

public readonly partial struct ReferenceBackend
{
    /// <inheritdoc/>
    public static void OwnRows(RowLayer layer, FloatBuffer parameters, FloatBuffer x, FloatBuffer y, long rows)
    {
        ArgumentNullException.ThrowIfNull(layer);
        var input = At(x, rows * layer.Inputs);
        var output = At(y, rows * layer.Outputs);
        Require(!output.Overlaps(input) && parameters.IsNone == (layer.ParameterCount == 0));
        float[] weight = parameters.IsNone ? [] : RowOf(At(parameters, layer.ParameterCount), 0, layer.ParameterCount);
        float[] row = new float[layer.Outputs];
        for (long r = 0; r < rows; r++)
        {
            layer.Forward(RowOf(input, r * layer.Inputs, layer.Inputs), weight, row);
            for (int i = 0; i < row.Length; i++)
                output[(r * row.Length) + i] = row[i];
        }
    }

    /// <inheritdoc/>
    public static void OwnRowsBackward(RowLayer layer, FloatBuffer parameters, FloatBuffer x, FloatBuffer y, FloatBuffer dy, FloatBuffer dx, FloatBuffer dParameters, long rows)
    {
        ArgumentNullException.ThrowIfNull(layer);
        var input = At(x, rows * layer.Inputs);
        var output = At(y, rows * layer.Outputs);
        var given = At(dy, rows * layer.Outputs);
        float[] weight = parameters.IsNone ? [] : RowOf(At(parameters, layer.ParameterCount), 0, layer.ParameterCount);
        double[] sum = new double[layer.ParameterCount];
        float[] gradient = new float[layer.Inputs];
        for (long r = 0; r < rows; r++)
        {
            float[] own = new float[layer.ParameterCount];
            layer.Backward(
                RowOf(input, r * layer.Inputs, layer.Inputs), RowOf(output, r * layer.Outputs, layer.Outputs), RowOf(given, r * layer.Outputs, layer.Outputs), weight, gradient, own);
            for (int i = 0; i < own.Length; i++)
                sum[i] += own[i];
            if (dx.IsNone)
                continue;
            var gradients = At(dx, rows * layer.Inputs);
            for (int i = 0; i < gradient.Length; i++)
                gradients[(r * gradient.Length) + i] = gradient[i];
        }

        if (dParameters.IsNone)
            return;
        var total = At(dParameters, layer.ParameterCount);
        for (int i = 0; i < sum.Length; i++)
            total[i] = sum[i];
    }

    private static float[] RowOf(Values values, long start, int count)
    {
        float[] floats = new float[count];
        for (int i = 0; i < count; i++)
            floats[i] = (float)values[start + i];
        return floats;
    }
}
