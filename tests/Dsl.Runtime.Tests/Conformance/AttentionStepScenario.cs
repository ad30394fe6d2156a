using System;

namespace Dsl.Runtime.Tests.Conformance;

/// <summary>Steps of a sequence that go on from a cache: two in a row, the second of which finds what the first has left.</summary>
internal sealed record AttentionStepScenario(AttentionStepShape Shape, int Position, int Batch, float Spread) : Scenario
{
    public override double Tolerance => 3e-5;

    public override double Floor => Spread;

    public static AttentionStepScenario From(Draw draw)
    {
        int heads = draw.Int(1, 4);
        int context = draw.Large ? draw.Int(200, 400) : draw.Int(2, 70);
        AttentionStepShape shape = new(heads, heads * (draw.Large ? draw.Int(20, 70) : draw.Size(70)), context);
        return new(shape, draw.Chance(0.3) ? context - 2 : draw.Int(0, context - 2), draw.Large ? draw.Int(4, 9) : draw.Int(1, 3), draw.Of(1f, 3f));
    }

    public override void Run<TBackend>(Stage<TBackend> stage)
    {
        AttentionStepShape shape = Shape;
        int position = Position;
        var cache = stage.Input("cache", stage.Values.Normal(Batch * (int)shape.CacheFloats, Spread), Role.Updated);
        for (int i = 0; i < 2; i++, position++)
        {
            int at = position;
            var qkv = stage.Input("qkv" + i, stage.Values.Normal(Batch * (int)shape.ProjectedFloats, Spread));
            var y = stage.Result("y" + i, Batch * shape.Features);
            stage.Call(() => TBackend.AttentionStep(in shape, qkv, cache, at, y, Batch));
        }
    }
}
