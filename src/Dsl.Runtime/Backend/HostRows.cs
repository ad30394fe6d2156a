using System;

namespace Dsl.Runtime;

/// <summary>A layer that a user wrote in C#, for a backend that runs no C#: its rows are brought to the host and back, a number at a time.</summary>
/// <typeparam name="TBackend">The backend.</typeparam>
internal static class HostRows<TBackend>
    where TBackend : struct, IBackend
{
    private const int MostElements = 1 << 20;

    public static void Forward(RowLayer layer, FloatBuffer parameters, FloatBuffer x, FloatBuffer y, long rows)
    {
        float[] weight = Read(parameters, layer.ParameterCount);
        int most = RowsAtOnce(layer);
        float[] outputs = new float[most * layer.Outputs];
        for (long row = 0; row < rows; row += most)
        {
            int count = (int)Math.Min(most, rows - row);
            layer.Forward(Read(x + (row * layer.Inputs), count * layer.Inputs), weight, outputs.AsSpan(0, count * layer.Outputs));
            TBackend.Write(outputs.AsSpan(0, count * layer.Outputs), y + (row * layer.Outputs));
        }
    }

    public static void Backward(RowLayer layer, FloatBuffer parameters, FloatBuffer x, FloatBuffer y, FloatBuffer dy, FloatBuffer dx, FloatBuffer dParameters, long rows)
    {
        float[] weight = Read(parameters, layer.ParameterCount);
        float[] sum = new float[layer.ParameterCount];
        int most = RowsAtOnce(layer);
        float[] gradients = new float[most * layer.Inputs];
        for (long row = 0; row < rows; row += most)
        {
            int count = (int)Math.Min(most, rows - row);
            Span<float> own = gradients.AsSpan(0, count * layer.Inputs);
            layer.Backward(
                Read(x + (row * layer.Inputs), count * layer.Inputs),
                Read(y + (row * layer.Outputs), count * layer.Outputs),
                Read(dy + (row * layer.Outputs), count * layer.Outputs),
                weight,
                own,
                sum);
            if (!dx.IsNone)
                TBackend.Write(own, dx + (row * layer.Inputs));
        }

        if (!dParameters.IsNone)
            TBackend.Write(sum, dParameters);
    }

    private static int RowsAtOnce(RowLayer layer) => Math.Max(1, MostElements / Math.Max(layer.Inputs, layer.Outputs));

    private static float[] Read(FloatBuffer buffer, int count)
    {
        float[] values = new float[count];
        if (count > 0)
            TBackend.Read(buffer, values);
        return values;
    }
}
