using System;

namespace Dsl.Runtime.Tests.Conformance;

/// <summary>Losses of samples of unequal length: what stands beyond a length, not a number some of the time, changes nothing.</summary>
internal sealed record StepsLossScenario(ElementLoss? Kind, float Delta, bool Counts, int Steps, int Features, int Batch, bool WantsDx, float Beyond) : Scenario
{
    public override double Floor => Kind is null ? 0.1 : 0;

    public static StepsLossScenario Element(Draw draw) => From(draw, draw.Of(Enum.GetValues<ElementLoss>()), counts: false);

    public static StepsLossScenario Divergence(Draw draw) => From(draw, null, counts: false);

    public static StepsLossScenario Count(Draw draw) => From(draw, null, counts: true);

    public override double Allowed(double reference, double largest) => Counts ? 0 : base.Allowed(reference, largest);

    public override void Run<TBackend>(Stage<TBackend> stage)
    {
        int count = Batch * Steps * Features;
        int[] own = stage.Values.Ints(Batch, 1, Steps);
        var lengths = stage.Labels(own);
        if (Counts)
        {
            // Halves, so that both thresholds are met exactly.
            var logits = stage.Input("logits", Array.ConvertAll(stage.Values.Normal(count), value => MathF.Round(value * 2) / 2));
            var wanted = stage.Input("targets", Marked(own, Array.ConvertAll(stage.Values.Between(count, 0, 1), value => MathF.Round(value * 4) / 4)));
            var correct = stage.Result("correct", 1);
            stage.Call(() => TBackend.CountTargetsMetOfSteps(logits, wanted, lengths, correct, Steps, Features, Batch));
            return;
        }

        var x = stage.Input("x", Kind is null ? stage.Values.Between(count, -5, 0) : stage.Values.Normal(count, 2));
        var target = stage.Input("target", Marked(own, Kind is null or ElementLoss.BinaryCrossEntropy ? stage.Values.Between(count, 0, 1) : stage.Values.Normal(count)));
        var dx = WantsDx ? stage.Result("dx", count) : FloatBuffer.None;
        var loss = stage.Result("loss", 1);
        stage.Call(() =>
        {
            if (Kind is { } kind)
                TBackend.ElementLossOfSteps(kind, Delta, x, target, lengths, dx, loss, Steps, Features, Batch);
            else
                TBackend.KLDivergenceOfSteps(x, target, lengths, dx, loss, Steps, Features, Batch);
        });
    }

    private static StepsLossScenario From(Draw draw, ElementLoss? kind, bool counts) => new(
        kind,
        draw.Of(1f, 0.3f),
        counts,
        draw.Smooth ? draw.Int(1, 6) : draw.Size(40),
        draw.Smooth ? draw.Int(1, 6) : draw.Large ? draw.Int(100, 300) : draw.Size(20),
        draw.Large ? draw.Int(30, 80) : draw.Int(1, 7),
        draw.Chance(0.8),
        draw.Of(0f, float.NaN, float.PositiveInfinity));

    private float[] Marked(int[] lengths, float[] targets)
    {
        int sample = Steps * Features;
        for (int n = 0; n < Batch; n++)
            targets.AsSpan((n * sample) + (lengths[n] * Features), (Steps - lengths[n]) * Features).Fill(Beyond);
        return targets;
    }
}
