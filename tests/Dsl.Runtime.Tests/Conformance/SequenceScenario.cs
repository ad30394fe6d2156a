using System;

namespace Dsl.Runtime.Tests.Conformance;

/// <summary>Lengths of sequences, seen by what takes their last step.</summary>
internal sealed record LastStepScenario(int Steps, int Features, int Forward, int Batch, bool HasLengths) : Scenario
{
    private const int Padding = 3;

    public override double Allowed(double reference, double largest) => 0;

    public static LastStepScenario From(Draw draw)
    {
        int features = draw.Size(70);
        return new(draw.Size(40), features, draw.Chance(0.5) ? features : draw.Int(0, features), draw.Large ? draw.Int(50, 200) : draw.Int(1, 6), draw.Chance(0.8));
    }

    public override void Run<TBackend>(Stage<TBackend> stage)
    {
        int[] ids = stage.Values.Ints(Batch * Steps, 0, 4);
        for (int n = 0; n < Batch; n++)
        {
            int padded = stage.Values.Int(0, Steps);
            ids.AsSpan(((n + 1) * Steps) - padded, padded).Fill(Padding);
        }

        var x = stage.Input("x", Batch * Steps * Features);
        var y = stage.Result("y", Batch * Features);
        var places = stage.Labels(ids);
        var lengths = stage.Labels(new int[Batch]);
        stage.Call(() => TBackend.SequenceLengths(places, Padding, lengths, Steps, Batch));
        var used = HasLengths ? lengths : IntBuffer.None;
        stage.Call(() => TBackend.LastStep(x, used, y, Steps, Features, Forward, Batch));
        var dy = stage.Input("dy", Batch * Features);
        var dx = stage.Result("dx", Batch * Steps * Features);
        stage.Call(() => TBackend.LastStepBackward(used, dy, dx, Steps, Features, Forward, Batch));
    }
}

internal sealed record EmbeddingScenario(int Count, int Vocabulary, int Features, bool HasPadding) : Scenario
{
    public static EmbeddingScenario From(Draw draw) =>
        new(draw.Large ? draw.Int(1000, 6000) : draw.Size(60), draw.Large ? draw.Int(100, 900) : draw.Size(30), draw.Size(120), !draw.Smooth && draw.Chance(0.3));

    public override void Run<TBackend>(Stage<TBackend> stage)
    {
        int padding = HasPadding ? Vocabulary / 2 : -1;
        int[] places = stage.Values.Ints(Count, 0, Vocabulary - 1);
        var weight = stage.Input("weight", Vocabulary * Features);
        var ids = stage.Labels(places);
        var y = stage.Result("y", Count * Features);
        stage.Call(() => TBackend.Embedding(weight, ids, y, Count, Features));
        var dy = stage.Input("dy", Count * Features);
        var dWeight = stage.Result("dWeight", Vocabulary * Features);
        stage.Call(() => TBackend.EmbeddingBackward(ids, dy, dWeight, Count, Vocabulary, Features, padding));
    }
}

internal sealed record PositionScenario(int Steps, int Features, int Batch) : Scenario
{
    public static PositionScenario From(Draw draw) => new(draw.Size(50), draw.Size(70), draw.Large ? draw.Int(50, 200) : draw.Int(1, 6));

    public override void Run<TBackend>(Stage<TBackend> stage)
    {
        int count = Steps * Features;
        var table = stage.Result("table", count);
        stage.Call(() => TBackend.SinusoidalTable(table, Steps, Features));
        stage.Agree(table);
        var x = stage.Input("values", Batch * count);
        var y = stage.Result("sums", Batch * count);
        stage.Call(() => TBackend.AddToSamples(x, table, y, count, Batch));
        var total = stage.Result("total", count);
        stage.Call(() => TBackend.SumOfSamples(x, total, count, Batch));
    }
}

internal sealed record BatchNormStepsScenario(int Steps, int Features, int Batch, bool WantsDx, bool WantsParameters) : Scenario
{
    public override double Tolerance => 3e-5;

    public static BatchNormStepsScenario From(Draw draw) =>
        new(draw.Size(12), draw.Large ? draw.Int(100, 300) : draw.Size(90), draw.Large ? draw.Int(100, 200) : draw.Int(3, 9), draw.Chance(0.8), draw.Chance(0.8));

    public override void Run<TBackend>(Stage<TBackend> stage)
    {
        int count = Batch * Steps * Features;
        int[] own = stage.Values.Ints(Batch, 1, Steps);
        var lengths = stage.Labels(own);
        var x = stage.Input("x", count);
        var gamma = stage.Input("gamma", Features);
        var beta = stage.Input("beta", Features);
        var mean = stage.Result("mean", Features);
        var variance = stage.Result("variance", Features);
        var unbiased = stage.Result("unbiased", Features);
        var y = stage.Result("y", count);
        stage.Call(() => TBackend.BatchNormSteps(x, lengths, gamma, beta, 1e-2f, mean, variance, unbiased, y, Steps, Features, Batch));
        stage.Agree(mean);
        stage.Agree(variance);
        var dy = stage.Input("dy", count);
        var dx = WantsDx ? stage.Result("dx", count) : FloatBuffer.None;
        var dGamma = WantsParameters ? stage.Result("dGamma", Features) : FloatBuffer.None;
        var dBeta = WantsParameters ? stage.Result("dBeta", Features) : FloatBuffer.None;
        stage.Call(() => TBackend.BatchNormStepsBackward(x, lengths, gamma, 1e-2f, mean, variance, dy, dx, dGamma, dBeta, Steps, Features, Batch));
    }
}
