using System;

namespace Dsl.Runtime.Tests.Conformance;

internal enum OptimizerKind
{
    Norm,
    Sgd,
    Adam,
    RmsProp,
    Adagrad,
}

/// <summary>
/// Three steps of an optimizer from drawn state; the second may meet a loss that is not finite. Gradients may be so large that a step is refused. What comes behind a
/// refused step changes nothing.
/// </summary>
internal sealed record OptimizerScenario(OptimizerKind Kind, int Count, Regularization Regularization, float Momentum, bool Flag, long Step, float SecondLoss, float Scale) : Scenario
{
    // The square of 1e-21 is denormal: nothing below is worth a digit.
    public override double Allowed(double reference, double largest) => (1e-5 * largest) + (1e-7 * Scale) + 1e-19;

    public static OptimizerScenario Norm(Draw draw) => From(draw, OptimizerKind.Norm);

    public static OptimizerScenario Sgd(Draw draw) => From(draw, OptimizerKind.Sgd);

    public static OptimizerScenario Adam(Draw draw) => From(draw, OptimizerKind.Adam);

    public static OptimizerScenario RmsProp(Draw draw) => From(draw, OptimizerKind.RmsProp);

    public static OptimizerScenario Adagrad(Draw draw) => From(draw, OptimizerKind.Adagrad);

    public override void Run<TBackend>(Stage<TBackend> stage)
    {
        if (Kind == OptimizerKind.Norm)
        {
            var g = stage.Input("gradients", Count);
            var result = stage.Result("norm", 1);
            stage.Call(() => TBackend.GradientNorm(g, Count, result));
            return;
        }

        var parameters = stage.Input("parameters", Count, Role.Updated);
        var first = stage.Input("state1", State(stage, positive: Kind is OptimizerKind.RmsProp or OptimizerKind.Adagrad), Role.Updated);
        var second = stage.Input("state2", State(stage, positive: Kind == OptimizerKind.Adam), Role.Updated);
        var verdict = stage.Input("verdict", new float[StepOutcome.VerdictFloats], Role.Overwritable);
        for (int i = 0; i < 3; i++)
        {
            long step = Step + i;
            var gradients = stage.Input($"gradients{i}", stage.Values.Normal(Count, Scale));
            var norm = Regularization.ClipNorm > 0 ? stage.Result($"norm{i}", 1) : FloatBuffer.None;
            var loss = stage.Input($"loss{i}", [i == 1 ? SecondLoss : 1]);
            stage.Call(() =>
            {
                TBackend.CheckGradients(gradients, Count, loss, verdict, step);
                if (!norm.IsNone)
                    TBackend.GradientNorm(gradients, Count, norm);
                Update<TBackend>(Kind == OptimizerKind.Sgd ? 0.1f : 0.01f, parameters, gradients, first, second, norm, verdict, step);
            });
        }
    }

    /// <summary>The optimizer's own operation.</summary>
    public void Update<TBackend>(float rate, FloatBuffer parameters, FloatBuffer gradients, FloatBuffer first, FloatBuffer second, FloatBuffer norm, FloatBuffer verdict, long step)
        where TBackend : struct, IBackend
    {
        var velocity = Momentum > 0 ? (Kind == OptimizerKind.Sgd ? first : second) : FloatBuffer.None;
        var regularization = Regularization;
        if (Kind == OptimizerKind.Sgd)
            TBackend.Sgd(parameters, gradients, velocity, Count, rate, Momentum, Flag && Momentum > 0, regularization, norm, verdict, step);
        else if (Kind == OptimizerKind.Adam)
            TBackend.Adam(parameters, gradients, first, second, Count, rate, 0.9f, 0.999f, 1e-8f, Flag, regularization, norm, verdict, step);
        else if (Kind == OptimizerKind.RmsProp)
            TBackend.RmsProp(parameters, gradients, first, velocity, Count, rate, 0.99f, 1e-8f, Momentum, regularization, norm, verdict, step);
        else
            TBackend.Adagrad(parameters, gradients, first, Count, rate, 1e-10f, regularization, norm, verdict, step);
    }

    private static OptimizerScenario From(Draw draw, OptimizerKind kind) => new(
        kind,
        draw.Large ? draw.Int(100000, 300000) : draw.Chance(0.2) ? draw.Int(100, 3000) : draw.Size(100),
        new Regularization(draw.Of(0f, 0f, 0.5f), draw.Of(0f, 0f, 0.05f), draw.Of(0f, 0f, 0.01f)),
        draw.Of(0f, 0.9f),
        draw.Chance(0.5),
        draw.Of(1, 1, 7, 1000),
        draw.Of(1f, 1f, 1f, float.NaN, float.NegativeInfinity),
        draw.Of(1f, 1f, 1f, 1e-12f, 1e-21f, 1e25f, 1e38f));

    // At step 1 an optimizer starts from zeros.
    private float[] State<TBackend>(Stage<TBackend> stage, bool positive)
        where TBackend : struct, IBackend
    {
        float[] values = positive ? stage.Values.Between(Count, 0.01, 2) : stage.Values.Normal(Count);
        if (Step == 1)
            Array.Clear(values);
        return values;
    }
}
