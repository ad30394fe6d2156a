using System;

namespace Dsl.Runtime.Tests.Conformance;

/// <summary>Lengths of sequences, seen by what takes their last step.</summary>
internal sealed record LastStepScenario(int Steps, int Features, int Batch, bool HasLengths) : Scenario
{
    private const int Padding = 3;

    public override double Allowed(double reference, double largest) => 0;

    public static LastStepScenario From(Draw draw) => new(draw.Size(40), draw.Size(70), draw.Large ? draw.Int(50, 200) : draw.Int(1, 6), draw.Chance(0.8));

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
        stage.Call(() => TBackend.LastStep(x, used, y, Steps, Features, Batch));
        var dy = stage.Input("dy", Batch * Features);
        var dx = stage.Result("dx", Batch * Steps * Features);
        stage.Call(() => TBackend.LastStepBackward(used, dy, dx, Steps, Features, Batch));
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
