namespace Dsl.Runtime.Kernels;

/// <summary>Direct convolution of one image, forward and for the gradient of its input: any kernel, stride, dilation, padding and groups.</summary>
internal static unsafe class ConvDirect
{
    /// <summary>Rows <paramref name="first"/> to <paramref name="end"/> - 1 of y = epilogue(x ∗ W + bias) without pool; y's rows are <paramref name="outputRow"/> floats apart.</summary>
    public static void Forward(in Conv2dShape shape, float* prepared, float* bias, in ConvImage x, float* y, nint outputRow, int first, int end)
    {
        using Workspace.Scope scope = Workspace.Open();
        int inputs = shape.InputChannels / shape.Groups;
        int outputs = shape.OutputChannels / shape.Groups;
        var pass = new ConvPass
        {
            InputRow = shape.StrideHeight * x.Row,
            InputPixel = (nint)shape.StrideWidth * shape.InputChannels,
            Segments = (TileSegment*)scope.Take(shape.KernelHeight * shape.KernelWidth * (sizeof(TileSegment) / sizeof(float))),
            Panel = (nint)ConvWeights.ForwardDepth(shape) * GemmPacking.PanelWidth,
            OutputRow = outputRow,
            OutputPixel = shape.OutputChannels,
            Pixels = shape.ConvWidth,
            Channels = outputs,
            Epilogue = GemmEpilogue.InTile(shape.Epilogue),
        };

        // A kernel row's taps in one segment, where nothing lies between them.
        int joined = shape.DilationWidth == 1 && shape.Groups == 1 ? shape.KernelWidth : 1;
        pass.Steps = joined * inputs;
        for (int kernelRow = 0; kernelRow < shape.KernelHeight; kernelRow++)
        {
            for (int tap = 0; tap < shape.KernelWidth; tap += joined)
            {
                pass.Segments[pass.SegmentCount].A = (kernelRow * shape.DilationHeight * x.Row + tap * shape.DilationWidth * shape.InputChannels) * sizeof(float);
                pass.Segments[pass.SegmentCount].B = (nint)pass.SegmentCount * pass.Steps * GemmPacking.PanelWidth * sizeof(float);
                pass.SegmentCount++;
            }
        }

        for (int group = 0; group < shape.Groups; group++)
        {
            pass.Input = x.Interior - shape.PaddingTop * x.Row - shape.PaddingLeft * shape.InputChannels + group * inputs;
            pass.Weights = prepared + group * ConvWeights.ForwardGroup(shape);
            pass.Output = y + group * outputs;
            pass.Bias = bias == null ? null : bias + group * outputs;
            ConvPass.Run(&pass, first, end);
        }
    }

    /// <summary>
    /// dx, rows <paramref name="dxRow"/> floats apart, from the gradient of the convolution's output. Input pixels of one residue class modulo the
    /// stride see the same taps, and neighbours among them neighbouring output pixels: each class is a convolution of stride 1. Of a transposed convolution, with its
    /// bias and the part of its epilogue that the tile knows.
    /// </summary>
    public static void Backward(in Conv2dShape shape, float* prepared, in ConvImage dy, float* dx, nint dxRow, int height, int width, float* bias = null, Epilogue epilogue = default)
    {
        using Workspace.Scope scope = Workspace.Open();
        var segments = (TileSegment*)scope.Take(shape.KernelHeight * shape.KernelWidth * (sizeof(TileSegment) / sizeof(float)));
        for (int row = 0; row < int.Min(shape.StrideHeight, height); row++)
        {
            for (int column = 0; column < int.Min(shape.StrideWidth, width); column++)
                BackwardClass(shape, prepared, dy, dx + row * dxRow + (nint)column * shape.InputChannels, dxRow, height, width, row, column, segments, bias, epilogue);
        }
    }

    private static void BackwardClass(in Conv2dShape shape, float* prepared, in ConvImage dy, float* dx, nint dxRow, int height, int width, int row, int column, TileSegment* segments, float* bias, Epilogue epilogue)
    {
        int inputs = shape.InputChannels / shape.Groups;
        int outputs = shape.OutputChannels / shape.Groups;
        var pass = new ConvPass
        {
            InputRow = dy.Row,
            InputPixel = shape.OutputChannels,
            Segments = segments,
            Panel = (nint)ConvWeights.BackwardDepth(shape) * GemmPacking.PanelWidth,
            OutputRow = shape.StrideHeight * dxRow,
            OutputPixel = (nint)shape.StrideWidth * shape.InputChannels,
            Pixels = (width - column + shape.StrideWidth - 1) / shape.StrideWidth,
            Channels = inputs,
            Epilogue = epilogue,
        };
        int rows = (height - row + shape.StrideHeight - 1) / shape.StrideHeight;
        int joined = shape is { StrideWidth: 1, DilationWidth: 1, Groups: 1 } ? shape.KernelWidth : 1;
        pass.Steps = joined * outputs;

        // The prepared weights hold the taps from last to first.
        for (int turnedRow = 0; turnedRow < shape.KernelHeight; turnedRow++)
        {
            int down = row + shape.PaddingTop - (shape.KernelHeight - 1 - turnedRow) * shape.DilationHeight;
            if (down % shape.StrideHeight != 0)
                continue;

            for (int turned = 0; turned < shape.KernelWidth; turned += joined)
            {
                int right = column + shape.PaddingLeft - (shape.KernelWidth - 1 - turned) * shape.DilationWidth;
                if (right % shape.StrideWidth != 0)
                    continue;

                int tap = turnedRow * shape.KernelWidth + turned;
                segments[pass.SegmentCount].A = (down / shape.StrideHeight * dy.Row + (nint)(right / shape.StrideWidth) * shape.OutputChannels) * sizeof(float);
                segments[pass.SegmentCount].B = (nint)tap * outputs * GemmPacking.PanelWidth * sizeof(float);
                pass.SegmentCount++;
            }
        }

        for (int group = 0; group < shape.Groups; group++)
        {
            pass.Output = dx + group * inputs;
            pass.Bias = bias == null ? null : bias + group * inputs;
            if (pass.SegmentCount == 0)
            {
                pass.WithoutTaps(0, rows);
                continue;
            }

            pass.Input = dy.Interior + group * outputs;
            pass.Weights = prepared + group * ConvWeights.BackwardGroup(shape);
            ConvPass.Run(&pass, 0, rows);
        }
    }
}
