namespace Dsl.Runtime.Tests.Conformance;

/// <summary>Rows divided by their root mean square.</summary>
internal sealed record RmsNormScenario(int Rows, int Length, float Epsilon, bool WantsDx, bool WantsParameters) : Scenario
{
    public override double Tolerance => 3e-5;

    public static RmsNormScenario From(Draw draw) => new(
        draw.Large ? draw.Int(600, 3000) : draw.Size(40),
        draw.Smooth ? 3 + draw.Size(40) : draw.Size(300),
        draw.Of(1e-6f, 1e-2f),
        draw.Chance(0.8),
        draw.Chance(0.8));

    public override void Run<TBackend>(Stage<TBackend> stage)
    {
        var x = stage.Input("x", Rows * Length);
        var gamma = stage.Input("gamma", Length);
        var y = stage.Result("y", Rows * Length);
        var scale = stage.Result("scale", Rows);
        stage.Call(() => TBackend.RmsNorm(x, gamma, Epsilon, y, scale, Rows, Length));
        stage.Agree(scale);
        var dy = stage.Input("dy", Rows * Length);
        var dx = WantsDx ? stage.Result("dx", Rows * Length) : FloatBuffer.None;
        var dGamma = WantsParameters ? stage.Result("dGamma", Length) : FloatBuffer.None;
        stage.Call(() => TBackend.RmsNormBackward(x, gamma, scale, dy, dx, dGamma, Rows, Length));
        var only = stage.Result("only", Rows * Length);
        stage.Call(() => TBackend.RmsNorm(x, gamma, Epsilon, only, FloatBuffer.None, Rows, Length));
    }
}
