namespace Dsl.Runtime.Tests.Conformance;

/// <summary>A batch norm; with a layout for an addend, one that ends a residual.</summary>
internal sealed record BatchNormScenario(
    Epilogue Epilogue, int Batch, TensorLayout X, TensorLayout? Addend, TensorLayout Y, TensorLayout Dy, TensorLayout Dx, float Offset, bool WantsDx, bool WantsDGamma, bool WantsDBeta) : Scenario
{
    // Mean and variance are results that others are computed from, both rounded.
    public override double Tolerance => 3e-5;

    public static BatchNormScenario From(Draw draw) => From(draw, adds: false);

    public static BatchNormScenario Adding(Draw draw) => From(draw, adds: true);

    private static BatchNormScenario From(Draw draw, bool adds)
    {
        int height = draw.Chance(0.3) ? 1 : draw.Int(1, draw.Large ? 20 : 9);
        int width = height == 1 && draw.Chance(0.5) ? 1 : draw.Int(1, draw.Large ? 20 : 9);
        int channels = draw.Large ? draw.Int(30, 100) : draw.Size(80);
        int batch = (height * width < 8 ? 8 : 1) + draw.Int(0, draw.Large ? 30 : 4);
        return new BatchNormScenario(
            draw.TrainingEpilogue(),
            batch,
            draw.Layout(channels, height, width),
            adds ? draw.Layout(channels, height, width) : null,
            draw.Layout(channels, height, width),
            draw.Layout(channels, height, width),
            draw.Layout(channels, height, width),
            draw.Smooth ? 0 : draw.Of(0f, 0f, 100f),
            draw.Chance(0.9),
            draw.Chance(0.8),
            draw.Chance(0.8));
    }

    public override void Run<TBackend>(Stage<TBackend> stage)
    {
        const float Epsilon = 1e-5f;
        int channels = X.Channels;
        float[] values = stage.Values.Normal((int)(Batch * X.Count));
        for (int i = 0; i < values.Length; i++)
            values[i] += Offset;
        var x = stage.Input("x", X, Batch, values);
        var gamma = stage.Input("gamma", channels);
        var beta = stage.Input("beta", channels);
        var mean = stage.Result("mean", channels);
        var variance = stage.Result("variance", channels);
        var y = stage.Result("y", Y, Batch);
        if (Addend is { } layout)
        {
            var addend = stage.Input("addend", layout, Batch);
            stage.Call(() => TBackend.BatchNormAdd(x, addend, gamma, beta, Epsilon, Epilogue, mean, variance, y, Batch));
        }
        else
        {
            stage.Call(() => TBackend.BatchNorm(x, gamma, beta, Epsilon, Epilogue, mean, variance, y, Batch));
        }

        stage.Agree(y);
        stage.Agree(mean);
        stage.Agree(variance);
        var dy = stage.Input("dy", Dy, Batch, Addend is null ? Role.Overwritable : Role.Updated);
        var dx = WantsDx ? stage.Result("dx", Dx, Batch) : default;
        var dGamma = WantsDGamma ? stage.Result("dGamma", channels) : FloatBuffer.None;
        var dBeta = WantsDBeta ? stage.Result("dBeta", channels) : FloatBuffer.None;
        if (Addend is null)
            stage.Call(() => TBackend.BatchNormBackward(x, gamma, beta, Epsilon, Epilogue, mean, variance, y, dy, dx, dGamma, dBeta, Batch));
        else
            stage.Call(() => TBackend.BatchNormAddBackward(x, gamma, Epsilon, Epilogue, mean, variance, y, dy, dx, dGamma, dBeta, Batch));
    }
}

/// <summary>Running statistics of three steps, of which the second or all may be refused, and their folding into a scale and a shift.</summary>
internal sealed record RunningStatisticsScenario(int Channels, bool Bias, long Count, float Loss, bool Overflows) : Scenario
{
    public static RunningStatisticsScenario From(Draw draw)
        => new(draw.Size(100), draw.Chance(0.5), draw.Int(2, 50), draw.Of(0.5f, 0.5f, 0.5f, float.NaN, float.PositiveInfinity), draw.Chance(0.2));

    public override void Run<TBackend>(Stage<TBackend> stage)
    {
        var mean = stage.Input("mean", Channels);
        float[] variances = stage.Values.Between(Channels, 0.1, 3);
        if (Overflows)
            variances[^1] = float.PositiveInfinity;
        var variance = stage.Input("variance", variances);
        var runningMean = stage.Input("runningMean", Channels, Role.Updated);
        var runningVariance = stage.Input("runningVariance", stage.Values.Between(Channels, 0.1, 3), Role.Updated);
        float[] losses = [0.5f, Loss, 0.5f];
        var gradients = stage.Input("gradients", Channels);
        var verdict = stage.Input("verdict", new float[StepOutcome.VerdictFloats], Role.Overwritable);
        for (int i = 0; i < losses.Length; i++)
        {
            int step = i + 1;
            var loss = stage.Input($"loss{step}", [losses[i]]);
            stage.Call(() =>
            {
                TBackend.CheckGradients(gradients, Channels, loss, verdict, step);
                TBackend.CheckRunningStatistics(mean, variance, Count, 0.1f, runningMean, runningVariance, Channels, 7, verdict);
                TBackend.UpdateRunningStatistics(mean, variance, Count, 0.1f, runningMean, runningVariance, Channels, verdict);
            });
        }

        var gamma = stage.Input("gamma", Channels);
        var beta = stage.Input("beta", Channels);
        var bias = Bias ? stage.Input("bias", Channels) : FloatBuffer.None;
        var scale = stage.Result("scale", Channels);
        var shift = stage.Result("shift", Channels);
        stage.Call(() => TBackend.FoldBatchNorm(gamma, beta, runningMean, runningVariance, 1e-5f, bias, scale, shift, Channels));
    }
}

internal sealed record ScaleShiftScenario(Epilogue Epilogue, int Batch, TensorLayout X, TensorLayout Y, TensorLayout Dx, bool Trains, bool InPlace) : Scenario
{
    public static ScaleShiftScenario From(Draw draw)
    {
        int height = draw.Int(1, draw.Large ? 20 : 7);
        int width = draw.Int(1, draw.Large ? 20 : 7);
        int channels = draw.Large ? draw.Int(30, 100) : draw.Size(80);
        bool trains = draw.Smooth || draw.Chance(0.6);
        return new ScaleShiftScenario(
            trains ? draw.TrainingEpilogue() : draw.AnyEpilogue(),
            draw.Large ? draw.Int(10, 30) : draw.Int(1, 4),
            draw.Layout(channels, height, width),
            draw.Layout(channels, height, width),
            draw.Layout(channels, height, width),
            trains,
            !draw.Smooth && draw.Chance(0.4));
    }

    public override void Run<TBackend>(Stage<TBackend> stage)
    {
        var x = stage.Input("x", X, Batch, InPlace ? Role.Updated : Role.Input);
        var scale = stage.Input("scale", X.Channels);
        var shift = stage.Input("shift", X.Channels);
        var y = InPlace ? x : stage.Result("y", Y, Batch);
        stage.Call(() => TBackend.ScaleShift(x, scale, shift, Epilogue, y, Batch));
        if (!Trains)
            return;

        stage.Agree(y);
        var dy = stage.Input("dy", Y, Batch, InPlace ? Role.Updated : Role.Input);
        var dx = InPlace ? dy : stage.Result("dx", Dx, Batch);
        stage.Call(() => TBackend.ScaleShiftBackward(scale, Epilogue, y, dy, dx, Batch));
    }
}
