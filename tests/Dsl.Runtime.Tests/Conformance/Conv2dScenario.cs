using System;

namespace Dsl.Runtime.Tests.Conformance;

/// <summary>A convolution; with as many groups as channels and <paramref name="Depthwise"/>, the depthwise operations.</summary>
internal sealed record Conv2dScenario(
    Conv2dShape Shape,
    bool Depthwise,
    int Batch,
    TensorLayout X,
    TensorLayout Y,
    TensorLayout Dy,
    TensorLayout Dx,
    bool Bias,
    bool Trains,
    bool Scales,
    bool WantsDx,
    bool WantsDWeight,
    bool WantsDBias) : Scenario
{
    // Winograd's transforms cancel a little more than a plain sum.
    public override double Tolerance => Shape.Algorithm == ConvAlgorithm.Winograd ? 2e-5 : 1e-5;

    public static Conv2dScenario Direct(Draw draw) => From(draw, ConvAlgorithm.Direct, false, false);

    /// <summary>Groups of few channels and narrow kernels: where kernels take paths of their own.</summary>
    public static Conv2dScenario Grouped(Draw draw) => From(draw, ConvAlgorithm.Direct, false, draw.Chance(0.4), grouped: true);

    public static Conv2dScenario Winograd(Draw draw) => From(draw, ConvAlgorithm.Winograd, false, false);

    public static Conv2dScenario Pooled(Draw draw) => From(draw, ConvAlgorithm.Direct, false, true);

    public static Conv2dScenario WinogradPooled(Draw draw) => From(draw, ConvAlgorithm.Winograd, false, true);

    public static Conv2dScenario DepthwiseConv2d(Draw draw) => From(draw, ConvAlgorithm.Direct, true, false);

    /// <summary>3×3 windows, one or two pixels apart: kernels of their own.</summary>
    public static Conv2dScenario DepthwiseWindows(Draw draw) => From(draw, ConvAlgorithm.Direct, true, false, windows: true);

    public override void Run<TBackend>(Stage<TBackend> stage)
    {
        var shape = Shape;
        int perOutput = Shape.KernelHeight * Shape.KernelWidth * (Depthwise ? 1 : Shape.InputChannels / Shape.Groups);
        var weight = stage.Input("weight", stage.Values.Weights(Shape.OutputChannels, perOutput));
        var bias = Bias ? stage.Input("bias", Shape.OutputChannels) : FloatBuffer.None;
        var scale = Scales ? stage.Input("scale", Shape.OutputChannels) : FloatBuffer.None;
        var prepared = stage.Scratch("prepared", Depthwise ? Shape.DepthwisePreparedFloats : Shape.PreparedFloats);
        var x = stage.Input("x", X, Batch);
        var y = stage.Result("y", Y, Batch);
        var indices = Shape.Pool.IsGiven && Trains ? stage.Scratch("indices", Batch * Shape.Pool.IndexFloats(Y.Count)) : FloatBuffer.None;
        if (Depthwise)
        {
            stage.Call(() => TBackend.PrepareDepthwiseConv2d(shape, weight, scale, prepared));
            stage.Call(() => TBackend.DepthwiseConv2d(shape, prepared, bias, x, y, Batch));
        }
        else
        {
            stage.Call(() => TBackend.PrepareConv2d(shape, weight, scale, prepared));
            stage.Call(() => TBackend.Conv2d(shape, prepared, bias, x, y, indices, Batch));
        }

        if (!Trains)
            return;

        stage.Agree(y);
        stage.AgreeOnIndices(indices, Shape.Pool, y, Shape.Epilogue);
        var dy = stage.Input("dy", Dy, Batch, Role.Overwritable);
        var dx = WantsDx ? stage.Result("dx", Dx, Batch) : default;
        var dWeight = WantsDWeight ? stage.Result("dWeight", Shape.OutputChannels * perOutput) : FloatBuffer.None;
        var dBias = WantsDBias && Bias ? stage.Result("dBias", Shape.OutputChannels) : FloatBuffer.None;
        if (Depthwise)
        {
            stage.Call(() => TBackend.DepthwiseConv2dBackward(shape, prepared, x, y, dy, dx, dWeight, dBias, Batch));
            return;
        }

        var backward = WantsDx ? stage.Scratch("preparedBackward", Shape.PreparedBackwardFloats) : FloatBuffer.None;
        if (WantsDx)
            stage.Call(() => TBackend.PrepareConv2dBackward(shape, weight, backward));
        stage.Call(() => TBackend.Conv2dBackward(shape, backward, x, y, indices, dy, dx, dWeight, dBias, Batch));
    }

    private static Conv2dScenario From(Draw draw, ConvAlgorithm algorithm, bool depthwise, bool pooled, bool grouped = false, bool windows = false)
    {
        bool winograd = algorithm == ConvAlgorithm.Winograd;
        // Few but wide or many: channels beyond one block of a matrix product, batches beyond one of tiles.
        bool wide = !grouped && !draw.Large && !draw.Smooth && draw.Chance(0.05);
        bool many = !wide && !draw.Large && draw.Chance(0.08);
        int most = draw.Large ? 24 : wide || many ? 5 : 12;
        (int Height, int Width) kernel = winograd || windows ? (3, 3) : grouped ? (draw.Int(1, 3), draw.Int(1, 3)) : (draw.Int(1, 4), draw.Chance(0.7) ? 3 : draw.Int(1, 5));
        (int Height, int Width) stride = winograd || draw.Chance(0.5) ? (1, 1) : (draw.Int(1, 3), draw.Int(1, 3));
        if (windows)
            stride = draw.Chance(0.6) ? (1, 1) : (2, 2);
        (int Height, int Width) dilation = winograd || windows || draw.Chance(0.7) ? (1, 1) : (draw.Int(1, 3), draw.Int(1, 2));
        var reach = (Height: ((kernel.Height - 1) * dilation.Height) + 1, Width: ((kernel.Width - 1) * dilation.Width) + 1);

        // Same-padding may differ by one between the sides.
        var before = (Height: draw.Int(0, reach.Height / 2), Width: draw.Int(0, reach.Width / 2));
        var after = (Height: draw.Chance(0.8) ? before.Height : before.Height + 1, Width: draw.Chance(0.8) ? before.Width : before.Width + 1);
        int height = draw.Int(Math.Max(1, reach.Height - before.Height), Math.Max(most, reach.Height));
        int width = draw.Int(Math.Max(1, reach.Width - before.Width), Math.Max(most, reach.Width));
        int convHeight = ((height + before.Height + after.Height - reach.Height) / stride.Height) + 1;
        int convWidth = ((width + before.Width + after.Width - reach.Width) / stride.Width) + 1;

        var (groups, inputs, outputs) = Channels(draw, winograd, depthwise, wide, grouped);
        bool trains = draw.Smooth || draw.Large || draw.Chance(0.7);
        var pool = pooled ? PoolScenario.Window(draw, convHeight, convWidth) : default;
        var shape = new Conv2dShape(
            inputs, outputs, kernel.Height, kernel.Width, stride.Height, stride.Width, before.Height, before.Width, dilation.Height, dilation.Width,
            groups, convHeight, convWidth, algorithm, trains || pooled ? draw.TrainingEpilogue() : draw.AnyEpilogue(), pool);
        var (outHeight, outWidth) = pooled ? PoolScenario.OutputSize(pool, convHeight, convWidth) : (convHeight, convWidth);
        int bottom = Math.Max(0, ((convHeight - 1) * stride.Height) - before.Height + reach.Height - height);
        int right = Math.Max(0, ((convWidth - 1) * stride.Width) - before.Width + reach.Width - width);
        int batch = draw.Large ? draw.Int(3, 9) : many ? draw.Int(4, 35) : draw.Int(1, 3);
        return new Conv2dScenario(
            shape,
            depthwise,
            batch,
            draw.Layout(inputs, height, width, before.Height, before.Width, bottom, right),
            draw.Layout(outputs, outHeight, outWidth),
            draw.Layout(outputs, outHeight, outWidth, 1, 1, 1, 1),
            draw.Layout(inputs, height, width),
            draw.Chance(0.8),
            trains,
            !trains && draw.Chance(0.5),
            draw.Chance(0.8),
            draw.Chance(0.8),
            draw.Chance(0.8));
    }

    private static (int Groups, int Inputs, int Outputs) Channels(Draw draw, bool winograd, bool depthwise, bool wide, bool grouped)
    {
        if (depthwise)
        {
            int channels = draw.Large ? draw.Int(30, 120) : draw.Size(70);
            return (channels, channels, channels);
        }

        if (wide)
            return (1, draw.Int(50, 140), draw.Int(50, 140));

        if (grouped)
        {
            int groups = draw.Int(2, draw.Large ? 16 : 5);
            return (groups, groups * draw.Int(1, 5), groups * draw.Int(1, draw.Chance(0.2) ? 35 : 5));
        }

        if (!winograd && draw.Chance(0.3))
        {
            int groups = draw.Int(2, 4);
            return (groups, groups * draw.Int(1, 9), groups * draw.Int(1, 18));
        }

        return draw.Large ? (1, draw.Int(16, 40), draw.Int(16, 70)) : (1, draw.Int(1, 20), draw.Chance(0.2) ? draw.Int(30, 70) : draw.Int(1, 20));
    }
}
