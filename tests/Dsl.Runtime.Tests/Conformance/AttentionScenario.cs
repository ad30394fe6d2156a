using System;

namespace Dsl.Runtime.Tests.Conformance;

/// <summary>Attention of one sequence to itself or to another, with keys that are hidden and weights that are dropped.</summary>
internal sealed record AttentionScenario(AttentionShape Shape, DropoutKey Key, int Batch, bool HasLengths, bool WantsQueries, bool WantsKeys, float Spread) : Scenario
{
    public override double Tolerance => 3e-5;

    /// <summary>Of few keys the gradients of scores are differences of much larger products.</summary>
    public override double Floor => Spread;

    public static AttentionScenario From(Draw draw)
    {
        int heads = draw.Int(1, 4);
        int features = heads * (draw.Large ? draw.Int(8, 40) : draw.Size(70));
        bool isCross = draw.Chance(0.4);
        int queries = draw.Large ? draw.Int(60, 160) : draw.Chance(0.15) ? draw.Int(60, 200) : draw.Size(70);
        int keys = !isCross ? queries : draw.Large ? draw.Int(120, 320) : draw.Chance(0.15) ? draw.Int(100, 300) : draw.Size(70);
        if (draw.Smooth)
            (queries, keys) = (Math.Min(queries, 20), Math.Min(keys, 20));
        AttentionShape shape = new(heads, features, queries, keys, isCross, !isCross && draw.Chance(0.5), draw.Chance(0.3) ? draw.Of(0.1f, 0.5f) : 0);
        DropoutKey key = new(((ulong)(uint)draw.SeedForValues() << 33) ^ (uint)draw.SeedForValues(), (uint)draw.Int(0, 100), draw.Int(0, 100000));
        return new(shape, key, draw.Large ? draw.Int(2, 5) : draw.Int(1, 3), draw.Chance(0.4), !isCross || draw.Chance(0.8), draw.Chance(0.8), draw.Smooth ? 1 : draw.Of(1f, 3f));
    }

    public override void Run<TBackend>(Stage<TBackend> stage)
    {
        AttentionShape shape = Shape;
        DropoutKey key = Key;
        var lengths = HasLengths ? stage.Labels(stage.Values.Ints(Batch, 1, shape.Keys)) : IntBuffer.None;
        var q = stage.Input("q", stage.Values.Normal(Batch * (int)shape.QueryFloats, Spread));
        var kv = shape.IsCross ? stage.Input("kv", stage.Values.Normal(Batch * (int)shape.KeyFloats, Spread)) : FloatBuffer.None;
        var y = stage.Result("y", Batch * (int)shape.ResultFloats);
        var logSums = stage.Result("logSums", Batch * (int)shape.LogSumFloats);
        stage.Call(() => TBackend.Attention(in shape, q, kv, lengths, in key, y, logSums, Batch));
        stage.Agree(y);
        stage.Agree(logSums);
        var dy = stage.Input("dy", Batch * (int)shape.ResultFloats);
        var dq = WantsQueries ? stage.Result("dq", Batch * (int)shape.QueryFloats) : FloatBuffer.None;
        var dkv = shape.IsCross && WantsKeys ? stage.Result("dkv", Batch * (int)shape.KeyFloats) : FloatBuffer.None;
        stage.Call(() => TBackend.AttentionBackward(in shape, q, kv, lengths, in key, y, logSums, dy, dq, dkv, Batch));
        var only = stage.Result("only", Batch * (int)shape.ResultFloats);
        stage.Call(() => TBackend.Attention(in shape, q, kv, lengths, in key, only, FloatBuffer.None, Batch));
    }
}
