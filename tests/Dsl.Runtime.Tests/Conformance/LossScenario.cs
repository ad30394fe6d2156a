using System;

namespace Dsl.Runtime.Tests.Conformance;

internal sealed record CrossEntropyScenario(int Rows, int Classes, float Smoothing, double Ignored, bool WantsDx, float Spread) : Scenario
{
    private const int Ignore = -100;

    public override double Floor => 0;

    public static CrossEntropyScenario From(Draw draw) => new(
        draw.Large ? draw.Int(200, 3000) : draw.Size(70),
        draw.Chance(0.5) ? draw.Int(2, 12) : 1 + draw.Size(100),
        draw.Of(0f, 0f, 0.1f),
        draw.Of(0, 0, 0.3, 1),
        draw.Chance(0.8),
        draw.Smooth ? 1 : draw.Of(1f, 30f));

    public override void Run<TBackend>(Stage<TBackend> stage)
    {
        int[] labels = stage.Values.Ints(Rows, 0, Classes - 1);
        int counted = 0;
        for (int i = 0; i < Rows; i++)
        {
            if (stage.Values.Chance(Ignored))
                labels[i] = Ignore;
            else
                counted++;
        }

        // With every label ignored the loss is NaN; what the gradient is then, nobody says.
        var x = stage.Input("x", stage.Values.Normal(Rows * Classes, Spread));
        var dx = WantsDx && counted > 0 ? stage.Result("dx", Rows * Classes) : FloatBuffer.None;
        var loss = stage.Result("loss", 1);
        var targets = stage.Labels(labels);
        stage.Call(() => TBackend.CrossEntropy(x, targets, dx, loss, Rows, Classes, Smoothing, Ignore));
    }
}

internal sealed record HingeScenario(int Rows, bool WantsDx) : Scenario
{
    public override double Floor => 0;

    public static HingeScenario From(Draw draw) => new(draw.Large ? draw.Int(1000, 9000) : draw.Size(100), draw.Chance(0.8));

    public override void Run<TBackend>(Stage<TBackend> stage)
    {
        int[] labels = stage.Values.Ints(Rows, 0, 1);
        for (int i = 0; i < Rows; i++)
            labels[i] = (2 * labels[i]) - 1;
        var x = stage.Input("x", stage.Values.Normal(Rows, 2));
        var dx = WantsDx ? stage.Result("dx", Rows) : FloatBuffer.None;
        var loss = stage.Result("loss", 1);
        var targets = stage.Labels(labels);
        stage.Call(() => TBackend.Hinge(x, targets, dx, loss, Rows));
    }
}

internal sealed record ElementLossScenario(ElementLoss Kind, float Delta, int Count, bool WantsDx, float Spread) : Scenario
{
    public override double Floor => 0;

    public static ElementLossScenario From(Draw draw) => new(
        draw.Of(Enum.GetValues<ElementLoss>()),
        draw.Of(1f, 0.3f),
        draw.Large ? draw.Int(10000, 90000) : draw.Chance(0.2) ? draw.Int(100, 3000) : draw.Size(100),
        draw.Chance(0.8),
        draw.Smooth ? 1 : draw.Of(1f, 40f));

    public override void Run<TBackend>(Stage<TBackend> stage)
    {
        var x = stage.Input("x", stage.Values.Normal(Count, Spread));
        float[] targets = Kind == ElementLoss.BinaryCrossEntropy ? stage.Values.Between(Count, 0, 1) : stage.Values.Normal(Count);
        var target = stage.Input("target", targets);
        var dx = WantsDx ? stage.Result("dx", Count) : FloatBuffer.None;
        var loss = stage.Result("loss", 1);
        stage.Call(() => TBackend.ElementLoss(Kind, Delta, x, target, dx, loss, Count));
    }
}

internal sealed record KLDivergenceScenario(int Rows, int Length, bool WantsDx) : Scenario
{
    public override double Floor => 0.1;

    public static KLDivergenceScenario From(Draw draw) => new(draw.Large ? 300 : draw.Size(40), draw.Size(100), draw.Chance(0.8));

    public override void Run<TBackend>(Stage<TBackend> stage)
    {
        int count = Rows * Length;
        float[] targets = stage.Values.Between(count, 0, 1);
        for (int i = 0; i < count; i += 5)
            targets[i] = 0;
        var x = stage.Input("x", stage.Values.Between(count, -5, 0));
        var target = stage.Input("target", targets);
        var dx = WantsDx ? stage.Result("dx", count) : FloatBuffer.None;
        var loss = stage.Result("loss", 1);
        stage.Call(() => TBackend.KLDivergence(x, target, dx, loss, Rows, Length));
    }
}

internal sealed record CountCorrectScenario(int Rows, int Columns, double Ignored) : Scenario
{
    private const int Ignore = -100;

    public override double Allowed(double reference, double largest) => 0;

    public static CountCorrectScenario From(Draw draw)
        => new(draw.Size(200), draw.Chance(0.3) ? 1 : draw.Int(2, 20), draw.Of(0, 0.3, 1));

    public override void Run<TBackend>(Stage<TBackend> stage)
    {
        int[] labels = stage.Values.Ints(Rows, 0, Math.Max(1, Columns - 1));
        for (int i = 0; i < Rows; i++)
        {
            if (stage.Values.Chance(Ignored))
                labels[i] = Ignore;
            else if (Columns == 1)
                labels[i] = (2 * labels[i]) - 1;
        }

        // Whole numbers, so that there are ties: the first of them counts.
        var scores = stage.Input("x", Array.ConvertAll(stage.Values.Normal(Rows * Columns, 2), MathF.Round));
        var correct = stage.Result("correct", 1);
        var targets = stage.Labels(labels);
        stage.Call(() => TBackend.CountCorrect(scores, targets, correct, Rows, Columns, Ignore));
    }
}

internal sealed record CountTargetsMetScenario(int Count) : Scenario
{
    public override double Allowed(double reference, double largest) => 0;

    public static CountTargetsMetScenario From(Draw draw) => new(draw.Large ? draw.Int(10000, 90000) : draw.Size(300));

    public override void Run<TBackend>(Stage<TBackend> stage)
    {
        // Halves, so that both thresholds are met exactly: 0 says no, one half wants a yes.
        var logits = stage.Input("logits", Array.ConvertAll(stage.Values.Normal(Count), value => MathF.Round(value * 2) / 2));
        var targets = stage.Input("targets", Array.ConvertAll(stage.Values.Between(Count, 0, 1), value => MathF.Round(value * 4) / 4));
        var correct = stage.Result("correct", 1);
        stage.Call(() => TBackend.CountTargetsMet(logits, targets, correct, Count));
    }
}
