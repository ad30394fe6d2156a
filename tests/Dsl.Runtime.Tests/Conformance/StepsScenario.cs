using System;
using System.Linq;

namespace Dsl.Runtime.Tests.Conformance;

/// <summary>Samples of unequal length as windows over steps meet them: what lies beyond a length, the lengths behind a window, the mean of what is a sample's own.</summary>
internal sealed record StepsScenario(int Steps, int Features, int Batch, int Kernel, int Stride, int Padding, float Value, bool InPlace, bool Averages) : Scenario
{
    public static StepsScenario Mask(Draw draw) => From(draw, averages: false);

    public static StepsScenario Average(Draw draw) => From(draw, averages: true);

    public override void Run<TBackend>(Stage<TBackend> stage)
    {
        var lengths = stage.Labels(stage.Values.Ints(Batch, 1, Steps));
        var x = stage.Input("x", Batch * Steps * Features, InPlace ? Role.Updated : Role.Input);
        if (Averages)
        {
            var mean = stage.Result("y", Batch * Features);
            stage.Call(() => TBackend.AverageSteps(x, lengths, mean, Steps, Features, Batch));
            var dMean = stage.Input("dy", Batch * Features);
            var spread = stage.Result("dx", Batch * Steps * Features);
            stage.Call(() => TBackend.AverageStepsBackward(lengths, dMean, spread, Steps, Features, Batch));
            return;
        }

        var y = InPlace ? x : stage.Result("y", Batch * Steps * Features);
        stage.Call(() => TBackend.MaskSteps(x, lengths, Value, y, Steps, Features, Batch));
        var dy = stage.Input("dy", Batch * Steps * Features, InPlace ? Role.Updated : Role.Input);
        var dx = InPlace ? dy : stage.Result("dx", Batch * Steps * Features);
        stage.Call(() => TBackend.MaskSteps(dy, lengths, 0, dx, Steps, Features, Batch));

        // Its lengths are seen by what masks as many steps as the window gives.
        int outputs = Math.Max(1, ((Steps + (2 * Padding) - Kernel) / Stride) + 1);
        var mapped = stage.Labels(new int[Batch]);
        stage.Call(() => TBackend.WindowLengths(new LengthMap(Kernel, Stride, 2 * Padding, 1), lengths, mapped, Batch));
        var seen = stage.Result("seen", Batch * outputs);
        var ones = stage.Input("ones", [.. Enumerable.Repeat(1f, Batch * outputs)]);
        stage.Call(() => TBackend.MaskSteps(ones, mapped, 0, seen, outputs, 1, Batch));
    }

    private static StepsScenario From(Draw draw, bool averages)
    {
        int steps = draw.Size(40);
        int kernel = draw.Int(1, 6);
        return new StepsScenario(
            steps,
            draw.Size(70),
            draw.Large ? draw.Int(150, 400) : draw.Int(1, 6),
            kernel,
            draw.Int(1, 3),
            draw.Int(0, kernel / 2),
            draw.Smooth ? 0 : draw.Of(0f, float.NegativeInfinity),
            !averages && !draw.Smooth && draw.Chance(0.4),
            averages);
    }
}
