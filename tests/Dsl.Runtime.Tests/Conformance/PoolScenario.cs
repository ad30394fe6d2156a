using System;

namespace Dsl.Runtime.Tests.Conformance;

internal enum PoolKind
{
    Max,
    Average,
    Adaptive,
}

internal sealed record PoolScenario(PoolKind Kind, PoolShape Shape, int Batch, TensorLayout X, TensorLayout Y, TensorLayout Dy, TensorLayout Dx, bool Trains) : Scenario
{
    public static PoolScenario Max(Draw draw) => From(draw, PoolKind.Max);

    public static PoolScenario Average(Draw draw) => From(draw, PoolKind.Average);

    public static PoolScenario Adaptive(Draw draw) => From(draw, PoolKind.Adaptive);

    public static PoolShape Window(Draw draw, int height, int width)
    {
        int kernelHeight = draw.Int(1, Math.Min(3, height));
        int kernelWidth = draw.Int(1, Math.Min(3, width));
        if (draw.Chance(0.4) && height > 1 && width > 1)
            return new PoolShape(2, 2, 2, 2);
        return new PoolShape(kernelHeight, kernelWidth, draw.Int(1, 3), draw.Int(1, 3), draw.Int(0, kernelHeight / 2), draw.Int(0, kernelWidth / 2));
    }

    public static (int Height, int Width) OutputSize(in PoolShape pool, int height, int width) => (
        ((height + (2 * pool.PaddingHeight) - pool.KernelHeight) / pool.StrideHeight) + 1,
        ((width + (2 * pool.PaddingWidth) - pool.KernelWidth) / pool.StrideWidth) + 1);

    public override void Run<TBackend>(Stage<TBackend> stage)
    {
        var shape = Shape;
        var x = stage.Input("x", X, Batch);
        var y = stage.Result("y", Y, Batch);
        var indices = Kind == PoolKind.Max && Trains ? stage.Scratch("indices", Batch * Shape.IndexFloats(Y.Count)) : FloatBuffer.None;
        stage.Call(() =>
        {
            if (Kind == PoolKind.Max)
                TBackend.MaxPool2d(shape, x, y, indices, Batch);
            else if (Kind == PoolKind.Average)
                TBackend.AvgPool2d(shape, x, y, Batch);
            else
                TBackend.AdaptiveAvgPool2d(x, y, Batch);
        });
        if (!Trains)
            return;

        stage.Agree(y);
        stage.AgreeOnIndices(indices, Shape, y, default);
        var dy = stage.Input("dy", Dy, Batch);
        var dx = stage.Result("dx", Dx, Batch);
        stage.Call(() =>
        {
            if (Kind == PoolKind.Max)
                TBackend.MaxPool2dBackward(shape, indices, dy, dx, Batch);
            else if (Kind == PoolKind.Average)
                TBackend.AvgPool2dBackward(shape, dy, dx, Batch);
            else
                TBackend.AdaptiveAvgPool2dBackward(dy, dx, Batch);
        });
    }

    private static PoolScenario From(Draw draw, PoolKind kind)
    {
        // A window of more than 255 elements stores its indices in four bytes.
        bool wide = kind == PoolKind.Max && draw.Chance(0.05);
        int height = wide ? draw.Int(17, 20) : draw.Int(1, 14);
        int width = wide ? draw.Int(17, 20) : draw.Int(1, 14);
        int channels = draw.Large ? draw.Int(40, 100) : draw.Size(70);
        int batch = draw.Large ? draw.Int(8, 30) : draw.Int(1, 4);
        var shape = wide ? new PoolShape(17, 16, 1, 2, draw.Int(0, 8), draw.Int(0, 8)) : Window(draw, height, width);
        var (outHeight, outWidth) = kind == PoolKind.Adaptive
            ? draw.Chance(0.3) ? (1, 1) : (draw.Int(1, height + 2), draw.Int(1, width + 2))
            : OutputSize(shape, height, width);
        return new PoolScenario(
            kind,
            shape,
            batch,
            draw.Layout(channels, height, width, 1, 1, 1, 1),
            draw.Layout(channels, outHeight, outWidth),
            draw.Layout(channels, outHeight, outWidth),
            draw.Layout(channels, height, width),
            draw.Smooth || draw.Chance(0.8));
    }
}
