using System;

namespace Dsl.Runtime.Tests.Conformance;

/// <summary>A transposed convolution; <paramref name="Shape"/> is that of the convolution from its output to its input.</summary>
internal sealed record ConvTranspose2dScenario(
    Conv2dShape Shape, int Batch, TensorLayout X, TensorLayout Y, TensorLayout Dy, TensorLayout Dx, bool Bias, bool Trains, bool WantsDx, bool WantsDWeight, bool WantsDBias) : Scenario
{
    public static ConvTranspose2dScenario From(Draw draw)
    {
        (int Height, int Width) kernel = (draw.Int(1, 4), draw.Int(1, 4));
        (int Height, int Width) stride = draw.Chance(0.4) ? (1, 1) : draw.Chance(0.5) ? (2, 2) : (draw.Int(1, 3), draw.Int(1, 3));
        (int Height, int Width) padding = (draw.Int(0, (kernel.Height - 1) / 2), draw.Int(0, (kernel.Width - 1) / 2));
        int most = draw.Large ? 16 : 8;
        (int Height, int Width) size = (draw.Int(1, most), draw.Int(1, most));
        int groups = draw.Chance(0.3) ? draw.Int(2, 4) : 1;
        int inputs = groups * (draw.Large ? draw.Int(8, 20) : draw.Int(1, 12));
        int outputs = groups * (draw.Large ? draw.Int(8, 40) : draw.Chance(0.1) ? draw.Int(30, 70) : draw.Int(1, 12));
        int height = ((size.Height - 1) * stride.Height) - (2 * padding.Height) + kernel.Height + draw.Int(0, stride.Height - 1);
        int width = ((size.Width - 1) * stride.Width) - (2 * padding.Width) + kernel.Width + draw.Int(0, stride.Width - 1);
        bool trains = draw.Smooth || draw.Large || draw.Chance(0.7);
        var shape = new Conv2dShape(
            outputs, inputs, kernel.Height, kernel.Width, stride.Height, stride.Width, padding.Height, padding.Width, 1, 1, groups, size.Height, size.Width, ConvAlgorithm.Direct,
            trains ? draw.TrainingEpilogue() : draw.AnyEpilogue());
        return new ConvTranspose2dScenario(
            shape,
            draw.Large ? draw.Int(6, 20) : draw.Int(1, 4),
            draw.Layout(inputs, size.Height, size.Width, 2, 2, 2, 2),
            draw.Layout(outputs, height, width),
            draw.Layout(outputs, height, width, 2, 2, 2, 2),
            draw.Layout(inputs, size.Height, size.Width),
            draw.Chance(0.8),
            trains,
            draw.Chance(0.8),
            draw.Chance(0.8),
            draw.Chance(0.8));
    }

    public override void Run<TBackend>(Stage<TBackend> stage)
    {
        var shape = Shape;
        int perInput = Shape.InputChannels / Shape.Groups * Shape.KernelHeight * Shape.KernelWidth;
        var weight = stage.Input("weight", stage.Values.Weights(Shape.OutputChannels, perInput));
        var bias = Bias ? stage.Input("bias", Shape.InputChannels) : FloatBuffer.None;
        var prepared = stage.Scratch("prepared", Shape.PreparedBackwardFloats);
        var x = stage.Input("x", X, Batch);
        var y = stage.Result("y", Y, Batch);
        stage.Call(() => TBackend.PrepareConv2dBackward(shape, weight, prepared));
        stage.Call(() => TBackend.ConvTranspose2d(shape, prepared, bias, x, y, Batch));
        if (!Trains)
            return;

        stage.Agree(y);
        var dy = stage.Input("dy", Dy, Batch, Role.Overwritable);
        var dx = WantsDx ? stage.Result("dx", Dx, Batch) : default;
        var dWeight = WantsDWeight ? stage.Result("dWeight", Shape.OutputChannels * perInput) : FloatBuffer.None;
        var dBias = WantsDBias && Bias ? stage.Result("dBias", Shape.InputChannels) : FloatBuffer.None;
        var backward = WantsDx ? stage.Scratch("preparedBackward", Shape.PreparedFloats) : FloatBuffer.None;
        if (WantsDx)
            stage.Call(() => TBackend.PrepareConv2d(shape, weight, FloatBuffer.None, backward));
        stage.Call(() => TBackend.ConvTranspose2dBackward(shape, backward, x, y, dy, dx, dWeight, dBias, Batch));
    }
}
