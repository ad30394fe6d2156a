namespace Dsl.Runtime.Kernels;

/// <summary>
/// Prepared weights of a direct convolution, from PyTorch's O × I/Groups × kh × kw. Forward, a group after the other: panels of output channels, each with step
/// (kernel row, kernel column, input channel): Groups · kh·kw·(I/Groups) · Round32(O/Groups) floats. Backward: panels of input channels, each with step (kernel row,
/// kernel column, output channel), the taps from last to first, so that for stride 1 they again lie in the order in which the gradient is
/// read: Groups · kh·kw·(O/Groups) · Round32(I/Groups) floats.
/// </summary>
internal static unsafe class ConvWeights
{
    /// <summary>Floats of one group's forward weights.</summary>
    public static nint ForwardGroup(in Conv2dShape shape) => (nint)ForwardDepth(shape) * GemmPacking.Round32(shape.OutputChannels / shape.Groups);

    /// <summary>Steps of a forward panel.</summary>
    public static int ForwardDepth(in Conv2dShape shape) => shape.KernelHeight * shape.KernelWidth * (shape.InputChannels / shape.Groups);

    /// <summary>Floats of one group's backward weights.</summary>
    public static nint BackwardGroup(in Conv2dShape shape) => (nint)BackwardDepth(shape) * GemmPacking.Round32(shape.InputChannels / shape.Groups);

    /// <summary>Steps of a backward panel.</summary>
    public static int BackwardDepth(in Conv2dShape shape) => shape.KernelHeight * shape.KernelWidth * (shape.OutputChannels / shape.Groups);

    /// <summary>Packs the forward weights, each output channel scaled where <paramref name="scale"/> is given.</summary>
    public static void Prepare(in Conv2dShape shape, float* weight, float* scale, float* prepared)
    {
        if (WinogradChoice.Takes(shape))
        {
            WinogradWeights.Prepare(shape.InputChannels, shape.OutputChannels, weight, scale, prepared);
            return;
        }

        LinearShape matrix = Matrix(shape);
        for (int group = 0; group < shape.Groups; group++)
        {
            GemmLinear.Prepare(in matrix, weight, scale, prepared);
            weight += (nint)matrix.Outputs * matrix.Inputs;
            prepared += ForwardGroup(shape);
            if (scale != null)
                scale += matrix.Outputs;
        }
    }

    /// <summary>The packed values of a convolution that is not computed by Winograd's algorithm, in PyTorch's order; scaled ones stay scaled.</summary>
    public static void Unpack(in Conv2dShape shape, float* prepared, float* weight)
    {
        LinearShape matrix = Matrix(shape);
        for (int group = 0; group < shape.Groups; group++)
        {
            GemmLinear.Unpack(in matrix, prepared, weight);
            weight += (nint)matrix.Outputs * matrix.Inputs;
            prepared += ForwardGroup(shape);
        }
    }

    /// <summary>Packs the backward weights.</summary>
    public static void PrepareBackward(in Conv2dShape shape, float* weight, float* prepared)
    {
        if (WinogradChoice.Takes(shape))
        {
            WinogradWeights.PrepareBackward(shape.InputChannels, shape.OutputChannels, weight, prepared);
            return;
        }

        int taps = shape.KernelHeight * shape.KernelWidth;
        int inputs = shape.InputChannels / shape.Groups;
        int outputs = shape.OutputChannels / shape.Groups;
        int width = GemmPacking.PanelWidth;
        nint panel = (nint)BackwardDepth(shape) * width;
        using Workspace.Scope scope = Workspace.Open();
        float* turned = scope.Take((nint)taps * inputs);
        for (int group = 0; group < shape.Groups; group++, prepared += BackwardGroup(shape))
        {
            for (int output = 0; output < outputs; output++, weight += (nint)inputs * taps)
            {
                Transpose.Run(weight, taps, turned, inputs, inputs, taps);
                for (int tap = 0; tap < taps; tap++)
                    GemmPacking.PackRows(turned + (nint)(taps - 1 - tap) * inputs, 0, 1, inputs, prepared + ((nint)tap * outputs + output) * width, panel);
            }
        }
    }

    /// <summary>A group's kernels as a linear layer: the taps stand to it as the pixels of a flattened image.</summary>
    private static LinearShape Matrix(in Conv2dShape shape) => new(ForwardDepth(shape), shape.OutputChannels / shape.Groups, default, shape.InputChannels / shape.Groups);

    /// <summary>
    /// Brings some output channels' gradient from (tap, input channel) × output channel, rows <paramref name="gradientRow"/> floats apart, to PyTorch's order.
    /// </summary>
    public static void Unpack(float* gradient, nint gradientRow, int taps, int inputs, int outputs, float* dWeight)
    {
        using Workspace.Scope scope = Workspace.Open();
        int depth = taps * inputs;
        float* rows = scope.Take((nint)depth * outputs);
        Transpose.Run(gradient, gradientRow, rows, depth, depth, outputs);
        for (int output = 0; output < outputs; output++)
            Transpose.Run(rows + (nint)output * depth, inputs, dWeight + (nint)output * depth, taps, taps, inputs);
    }
}
