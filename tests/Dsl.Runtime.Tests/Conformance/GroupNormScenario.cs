namespace Dsl.Runtime.Tests.Conformance;

/// <summary>Samples normalised by groups of channels.</summary>
internal sealed record GroupNormScenario(
    int Groups, float Epsilon, Epilogue Epilogue, int Batch, TensorLayout X, TensorLayout Y, TensorLayout Dy, TensorLayout Dx, float Offset, bool WantsDx, bool WantsDGamma, bool WantsDBeta) : Scenario
{
    // Mean and scale are results that others are computed from, both rounded.
    public override double Tolerance => 3e-5;

    public static GroupNormScenario From(Draw draw)
    {
        int height = draw.Chance(0.3) ? 1 : draw.Int(1, draw.Large ? 20 : 9);
        int width = draw.Int(4, draw.Large ? 20 : 9);
        int groups = draw.Int(1, 6);
        int channels = groups * (draw.Large ? draw.Int(10, 30) : draw.Size(20));
        return new GroupNormScenario(
            groups,
            draw.Of(1e-5f, 1e-2f),
            draw.TrainingEpilogue(),
            draw.Large ? draw.Int(20, 40) : draw.Int(1, 4),
            draw.Layout(channels, height, width),
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
        int channels = X.Channels;
        float[] values = stage.Values.Normal((int)(Batch * X.Count));
        for (int i = 0; i < values.Length; i++)
            values[i] += Offset;
        var x = stage.Input("x", X, Batch, values);
        var gamma = stage.Input("gamma", channels);
        var beta = stage.Input("beta", channels);
        var mean = stage.Result("mean", Batch * Groups);
        var scale = stage.Result("scale", Batch * Groups);
        var y = stage.Result("y", Y, Batch);
        stage.Call(() => TBackend.GroupNorm(x, gamma, beta, Groups, Epsilon, Epilogue, mean, scale, y, Batch));
        stage.Agree(y);
        stage.Agree(mean);
        stage.Agree(scale);
        var dy = stage.Input("dy", Dy, Batch, Role.Overwritable);
        var dx = WantsDx ? stage.Result("dx", Dx, Batch) : default;
        var dGamma = WantsDGamma ? stage.Result("dGamma", channels) : FloatBuffer.None;
        var dBeta = WantsDBeta ? stage.Result("dBeta", channels) : FloatBuffer.None;
        stage.Call(() => TBackend.GroupNormBackward(x, gamma, Groups, Epilogue, mean, scale, y, dy, dx, dGamma, dBeta, Batch));
        var only = stage.Result("only", Y, Batch);
        stage.Call(() => TBackend.GroupNorm(x, gamma, beta, Groups, Epsilon, Epilogue, FloatBuffer.None, FloatBuffer.None, only, Batch));
    }
}
