using Dsl.Runtime;

namespace Dsl.Conformance;

/// <content>Operations that only move values.</content>
public readonly partial struct ReferenceBackend
{
    /// <inheritdoc/>
    public static void ToChannelsLast(FloatBuffer x, in TensorView y, int batch)
    {
        var output = At(y, batch);
        var input = At(x, batch * output.Layout.Count);
        RequireDisjoint(output.Values, input);
        output.Set((n, h, w, c) => input[ChannelsFirst(output, n, h, w, c)]);
    }

    /// <inheritdoc/>
    public static void ToChannelsFirst(in TensorView x, FloatBuffer y, int batch)
    {
        var input = At(x, batch);
        var output = At(y, batch * input.Layout.Count);
        RequireDisjoint(output, input.Values);
        input.ForEach((n, h, w, c) => output[ChannelsFirst(input, n, h, w, c)] = input[n, h, w, c]);
    }

    /// <inheritdoc/>
    public static void CopyBlocks(FloatBuffer x, long xSampleStride, long xStride, FloatBuffer y, long ySampleStride, long yStride, int blocks, int length, int batch)
    {
        var input = At(x, ((batch - 1) * xSampleStride) + ((blocks - 1) * xStride) + length);
        var output = At(y, ((batch - 1) * ySampleStride) + ((blocks - 1) * yStride) + length);
        RequireDisjoint(output, input);
        for (int n = 0; n < batch; n++)
        {
            for (int block = 0; block < blocks; block++)
            {
                for (int i = 0; i < length; i++)
                    output[(n * ySampleStride) + (block * yStride) + i] = input[(n * xSampleStride) + (block * xStride) + i];
            }
        }
    }

    /// <inheritdoc/>
    public static void Permute(in Permutation permutation, FloatBuffer x, FloatBuffer y, int batch)
    {
        var p = permutation;
        int[] dimensions = [p.D0, p.D1, p.D2, p.D3];
        long count = (long)p.D0 * p.D1 * p.D2 * p.D3;
        var input = At(x, batch * count);
        var output = At(y, batch * count);
        RequireDisjoint(output, input);
        long place = 0;
        int[] at = new int[4];
        for (int n = 0; n < batch; n++)
        {
            for (at[p.A0] = 0; at[p.A0] < dimensions[p.A0]; at[p.A0]++)
            {
                for (at[p.A1] = 0; at[p.A1] < dimensions[p.A1]; at[p.A1]++)
                {
                    for (at[p.A2] = 0; at[p.A2] < dimensions[p.A2]; at[p.A2]++)
                    {
                        for (at[p.A3] = 0; at[p.A3] < dimensions[p.A3]; at[p.A3]++)
                            output[place++] = input[(n * count) + (((((((long)at[0] * p.D1) + at[1]) * p.D2) + at[2]) * p.D3) + at[3])];
                    }
                }
            }
        }
    }

    /// <inheritdoc/>
    public static void Upsample2d(int scale, in TensorView x, in TensorView y, int batch)
    {
        var input = At(x, batch);
        var output = At(y, batch);
        Require(output.Height == input.Height * scale && output.Width == input.Width * scale);
        RequireDisjoint(output.Values, input.Values);
        output.Set((n, h, w, c) => input[n, h / scale, w / scale, c]);
    }

    /// <inheritdoc/>
    public static void Upsample2dBackward(int scale, in TensorView dy, in TensorView dx, int batch)
    {
        var gradient = At(dy, batch);
        var result = At(dx, batch);
        Require(gradient.Height == result.Height * scale && gradient.Width == result.Width * scale);
        RequireDisjoint(result.Values, gradient.Values);
        result.Set((n, h, w, c) =>
        {
            double sum = 0;
            for (int i = 0; i < scale * scale; i++)
                sum += gradient[n, (h * scale) + (i / scale), (w * scale) + (i % scale), c];
            return sum;
        });
    }

    /// <inheritdoc/>
    public static void ZeroPad2d(int padding, in TensorView x, in TensorView y, int batch)
    {
        var input = At(x, batch);
        var output = At(y, batch);
        Require(output.Height == input.Height + (2 * padding) && output.Width == input.Width + (2 * padding));
        RequireDisjoint(output.Values, input.Values);
        output.Set((n, h, w, c) =>
        {
            int row = h - padding;
            int column = w - padding;
            return row >= 0 && row < input.Height && column >= 0 && column < input.Width ? input[n, row, column, c] : 0;
        });
    }

    /// <inheritdoc/>
    public static void ZeroPad2dBackward(int padding, in TensorView dy, in TensorView dx, int batch)
    {
        var gradient = At(dy, batch);
        var result = At(dx, batch);
        Require(gradient.Height == result.Height + (2 * padding) && gradient.Width == result.Width + (2 * padding));
        RequireDisjoint(result.Values, gradient.Values);
        result.Set((n, h, w, c) => gradient[n, h + padding, w + padding, c]);
    }

    private static long ChannelsFirst(in Tensor tensor, int n, int h, int w, int c)
        => (n * tensor.Layout.Count) + ((((long)c * tensor.Height) + h) * tensor.Width) + w;
}
