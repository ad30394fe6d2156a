using Dsl.Runtime;

namespace Dsl.Conformance;

/// <content>Depthwise convolutions: a convolution with as many groups as channels, whose one prepared buffer serves both ways.</content>
public readonly partial struct ReferenceBackend
{
    /// <inheritdoc/>
    public static void PrepareDepthwiseConv2d(in Conv2dShape shape, FloatBuffer weight, FloatBuffer scale, FloatBuffer prepared)
    {
        int taps = shape.KernelHeight * shape.KernelWidth;
        var w = At(weight, (long)shape.InputChannels * taps);
        var result = At(prepared, shape.DepthwisePreparedFloats);
        RequireDisjoint(result, w);
        result.Fill(float.NaN);
        for (int i = 0; i < w.Count; i++)
            result[i] = w[i] * (scale.IsNone ? 1 : At(scale, shape.InputChannels)[i / taps]);
    }

    /// <inheritdoc/>
    public static void DepthwiseConv2d(in Conv2dShape shape, FloatBuffer prepared, FloatBuffer bias, in TensorView x, in TensorView y, int batch)
        => Conv2d(AsGrouped(shape), prepared, bias, x, y, FloatBuffer.None, batch);

    /// <inheritdoc/>
    public static void DepthwiseConv2dBackward(in Conv2dShape shape, FloatBuffer prepared, in TensorView x, in TensorView y, in TensorView dy, in TensorView dx, FloatBuffer dWeight, FloatBuffer dBias, int batch)
        => Conv2dBackward(AsGrouped(shape), prepared, x, y, FloatBuffer.None, dy, dx, dWeight, dBias, batch);

    // With one input and one output channel a group, forward and backward orders are the same.
    private static Conv2dShape AsGrouped(in Conv2dShape shape)
    {
        Require(shape.InputChannels == shape.OutputChannels && !shape.Pool.IsGiven && shape.Algorithm == ConvAlgorithm.Direct);
        return shape with { Groups = shape.InputChannels };
    }
}
