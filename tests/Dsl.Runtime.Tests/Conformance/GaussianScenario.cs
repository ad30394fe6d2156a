using System;

namespace Dsl.Runtime.Tests.Conformance;

/// <summary>Samples of means and log-variances; the divergence has operands of its own, so that gradients are those of the sample alone where its weight is 0.</summary>
internal sealed record GaussianScenario(DropoutKey Key, int Features, int Batch, float Weight) : Scenario
{
    public override double Tolerance => 1e-5;

    public static GaussianScenario From(Draw draw) => new(
        new DropoutKey(((ulong)(uint)draw.SeedForValues() << 33) ^ (uint)draw.SeedForValues(), (uint)draw.Int(0, 100), draw.Int(0, 100000)),
        draw.Size(70),
        draw.Large ? draw.Int(300, 600) : draw.Size(20),
        draw.Smooth ? 0 : draw.Of(0f, 0.5f, 1f));

    public override void Run<TBackend>(Stage<TBackend> stage)
    {
        var key = Key;
        var x = stage.Input("x", 2 * Features * Batch);
        var y = stage.Result("y", Features * Batch);
        stage.Call(() => TBackend.GaussianSample(key, x, y, Features, Batch));
        var dy = stage.Input("dy", Features * Batch);
        var dx = stage.Result("dx", 2 * Features * Batch);
        stage.Call(() => TBackend.GaussianSampleBackward(key, x, dy, Weight, dx, Features, Batch));
        var of = stage.Input("of", 2 * Features * Batch);
        var total = stage.Input("total", 1, Role.Updated);
        stage.Call(() => TBackend.AddGaussianDivergence(of, Weight, total, Features, Batch));
    }
}
