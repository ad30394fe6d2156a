namespace Dsl.Runtime.Tests.Conformance;

/// <summary>Rows normalised by their own mean and variance.</summary>
internal sealed record LayerNormScenario(int Rows, int Length, float Epsilon, bool WantsDx, bool WantsParameters, float Offset) : Scenario
{
    public override double Tolerance => 3e-5;

    public static LayerNormScenario From(Draw draw) => new(
        draw.Large ? draw.Int(600, 3000) : draw.Size(40),
        draw.Smooth ? 3 + draw.Size(40) : draw.Size(300),
        draw.Of(1e-5f, 1e-2f),
        draw.Chance(0.8),
        draw.Chance(0.8),
        draw.Smooth ? 0 : draw.Of(0f, 3f));

    public override void Run<TBackend>(Stage<TBackend> stage)
    {
        float[] values = stage.Values.Normal(Rows * Length);
        for (int i = 0; i < values.Length; i++)
            values[i] += Offset;
        var x = stage.Input("x", values);
        var gamma = stage.Input("gamma", Length);
        var beta = stage.Input("beta", Length);
        var y = stage.Result("y", Rows * Length);
        var mean = stage.Result("mean", Rows);
        var scale = stage.Result("scale", Rows);
        stage.Call(() => TBackend.LayerNorm(x, gamma, beta, Epsilon, y, mean, scale, Rows, Length));
        stage.Agree(mean);
        stage.Agree(scale);
        var dy = stage.Input("dy", Rows * Length);
        var dx = WantsDx ? stage.Result("dx", Rows * Length) : FloatBuffer.None;
        var dGamma = WantsParameters ? stage.Result("dGamma", Length) : FloatBuffer.None;
        var dBeta = WantsParameters ? stage.Result("dBeta", Length) : FloatBuffer.None;
        stage.Call(() => TBackend.LayerNormBackward(x, gamma, mean, scale, dy, dx, dGamma, dBeta, Rows, Length));
        var only = stage.Result("only", Rows * Length);
        stage.Call(() => TBackend.LayerNorm(x, gamma, beta, Epsilon, only, FloatBuffer.None, FloatBuffer.None, Rows, Length));
    }
}
