using System;

namespace Dsl.Runtime.Tests.Conformance;

/// <summary>Channels last and back.</summary>
internal sealed record ChannelsScenario(int Batch, TensorLayout X) : Scenario
{
    public override double Allowed(double reference, double largest) => 0;

    public static ChannelsScenario From(Draw draw) => new(
        draw.Int(1, draw.Large ? 60 : 4),
        draw.Layout(draw.Chance(0.5) ? draw.Int(1, 4) : draw.Size(80), draw.Int(1, draw.Large ? 30 : 13), draw.Int(1, draw.Large ? 30 : 13)));

    public override void Run<TBackend>(Stage<TBackend> stage)
    {
        int count = (int)(Batch * X.Count);
        var first = stage.Input("first", count);
        var last = stage.Result("last", X, Batch);
        stage.Call(() => TBackend.ToChannelsLast(first, last, Batch));
        stage.Agree(last);
        var back = stage.Result("back", count);
        stage.Call(() => TBackend.ToChannelsFirst(last, back, Batch));
    }
}

internal sealed record CopyBlocksScenario(int Blocks, int Length, int XGap, int YGap, int XSampleGap, int YSampleGap, int Batch) : Scenario
{
    public override double Allowed(double reference, double largest) => 0;

    public static CopyBlocksScenario From(Draw draw)
        => new(draw.Int(1, draw.Large ? 300 : 20), draw.Size(90), draw.Int(0, 20), draw.Int(0, 20), draw.Int(0, 40), draw.Int(0, 40), draw.Int(1, draw.Large ? 40 : 4));

    public override void Run<TBackend>(Stage<TBackend> stage)
    {
        int xStride = Length + XGap;
        int yStride = Length + YGap;
        int xSample = (Blocks * xStride) + XSampleGap;
        int ySample = (Blocks * yStride) + YSampleGap;
        var x = stage.Input("x", Batch * xSample);
        var y = stage.Input("y", Batch * ySample, Role.Updated);
        stage.Call(() => TBackend.CopyBlocks(x, xSample, xStride, y, ySample, yStride, Blocks, Length, Batch));
    }
}

internal sealed record PermuteScenario(Permutation Permutation, int Batch) : Scenario
{
    public override double Allowed(double reference, double largest) => 0;

    public static PermuteScenario From(Draw draw)
    {
        int rank = draw.Int(2, 4);
        int most = draw.Large ? 30 : 11;
        int[] axes = [0, 1, 2, 3];
        for (int i = 0; i < rank; i++)
        {
            int other = draw.Int(i, rank - 1);
            (axes[i], axes[other]) = (axes[other], axes[i]);
        }

        int[] sizes = [draw.Int(1, most), draw.Int(1, most), rank > 2 ? draw.Int(1, most) : 1, rank > 3 ? draw.Int(1, most) : 1];
        return new PermuteScenario(new Permutation(sizes[0], sizes[1], sizes[2], sizes[3], axes[0], axes[1], axes[2], axes[3]), draw.Int(1, 4));
    }

    public override void Run<TBackend>(Stage<TBackend> stage)
    {
        var permutation = Permutation;
        int count = Batch * permutation.D0 * permutation.D1 * permutation.D2 * permutation.D3;
        var x = stage.Input("x", count);
        var y = stage.Result("y", count);
        stage.Call(() => TBackend.Permute(permutation, x, y, Batch));
    }
}

/// <summary>Upsampling by <paramref name="Amount"/>, or padding by it.</summary>
internal sealed record ResizeScenario(bool Pads, int Amount, int Batch, TensorLayout X, TensorLayout Y, TensorLayout Dy, TensorLayout Dx) : Scenario
{
    public static ResizeScenario Upsample(Draw draw) => From(draw, false);

    public static ResizeScenario Pad(Draw draw) => From(draw, true);

    public override void Run<TBackend>(Stage<TBackend> stage)
    {
        var x = stage.Input("x", X, Batch);
        var y = stage.Result("y", Y, Batch);
        stage.Call(() =>
        {
            if (Pads)
                TBackend.ZeroPad2d(Amount, x, y, Batch);
            else
                TBackend.Upsample2d(Amount, x, y, Batch);
        });
        var dy = stage.Input("dy", Dy, Batch);
        var dx = stage.Result("dx", Dx, Batch);
        stage.Call(() =>
        {
            if (Pads)
                TBackend.ZeroPad2dBackward(Amount, dy, dx, Batch);
            else
                TBackend.Upsample2dBackward(Amount, dy, dx, Batch);
        });
    }

    private static ResizeScenario From(Draw draw, bool pads)
    {
        int height = draw.Int(1, draw.Large ? 14 : 7);
        int width = draw.Int(1, draw.Large ? 14 : 7);
        int channels = draw.Large ? draw.Int(30, 70) : draw.Size(80);
        int amount = draw.Int(pads ? 0 : 1, 3);
        int newHeight = pads ? height + (2 * amount) : height * amount;
        int newWidth = pads ? width + (2 * amount) : width * amount;
        return new ResizeScenario(
            pads,
            amount,
            draw.Int(1, draw.Large ? 20 : 3),
            draw.Layout(channels, height, width),
            draw.Layout(channels, newHeight, newWidth),
            draw.Layout(channels, newHeight, newWidth),
            draw.Layout(channels, height, width));
    }
}

internal sealed record SoftmaxScenario(bool Log, int Rows, int Length, float Offset, float Spread) : Scenario
{
    // The gradient of few classes is the difference of terms of about 1, which may nearly cancel in all rows.
    public override double Allowed(double reference, double largest) => 2e-6 * Math.Max(largest, Log ? 1 : 0.01 + (0.2 / Length));

    public static SoftmaxScenario Softmax(Draw draw) => From(draw, false);

    public static SoftmaxScenario LogSoftmax(Draw draw) => From(draw, true);

    public override void Run<TBackend>(Stage<TBackend> stage)
    {
        int count = Rows * Length;
        float[] values = stage.Values.Normal(count, Spread);
        for (int i = 0; i < count; i++)
            values[i] += Offset;
        var x = stage.Input("x", values);
        var y = stage.Result("y", count);
        stage.Call(() =>
        {
            if (Log)
                TBackend.LogSoftmax(x, y, Rows, Length);
            else
                TBackend.Softmax(x, y, Rows, Length);
        });
        stage.Agree(y);
        var dy = stage.Input("dy", count);
        var dx = stage.Result("dx", count);
        stage.Call(() =>
        {
            if (Log)
                TBackend.LogSoftmaxBackward(y, dy, dx, Rows, Length);
            else
                TBackend.SoftmaxBackward(y, dy, dx, Rows, Length);
        });
    }

    private static SoftmaxScenario From(Draw draw, bool log) => new(
        log,
        draw.Large ? draw.Int(100, 500) : draw.Size(40),
        draw.Chance(0.1) ? draw.Int(300, 1200) : draw.Size(100),
        draw.Smooth ? 0 : draw.Of(0f, 0f, 1000f, -1000f),
        draw.Smooth ? 1 : draw.Of(1f, 1f, 10f));
}
