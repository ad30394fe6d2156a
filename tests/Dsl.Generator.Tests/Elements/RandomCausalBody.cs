using System;
using System.Collections.Generic;
using System.Linq;

namespace Dsl.Generator.Tests.Elements;

/// <summary>The layers of a causal network drawn at random, between an embedding and the logits: no step looks at a later one.</summary>
internal sealed class RandomCausalBody
{
    private readonly Random random;
    private readonly List<(string Name, int Features)> named = [];
    private readonly List<string> layers = [];
    private int features;

    /// <summary>Draws one.</summary>
    /// <param name="seed">Of what is drawn.</param>
    /// <param name="features">Features of the embedding.</param>
    public RandomCausalBody(int seed, int features)
    {
        random = new Random(seed);
        this.features = features;
        int count = random.Next(2, 7);
        for (int i = 0; i < count; i++)
        {
            string layer = Draw();
            string name = $"L{i}";
            layers.Add(layer.EndsWith(')') ? $"{layer[..^1]}, Name = \"{name}\")" : $"{layer}(Name = \"{name}\")");
            named.Add((name, this.features));
        }
    }

    public override string ToString() => string.Join(", ", layers);

    private string Draw()
    {
        switch (random.Next(12))
        {
            case 0:
                features = random.Next(4, 14);
                return $"Linear({features})";
            case 1 or 2:
                features = random.Next(4, 14);
                string stacked = random.Next(3) == 0 ? $", Layers = {random.Next(2, 4)}" : "";
                return $"{One("RNN", "LSTM", "GRU")}({features}{stacked})";
            case 3 or 4:
                return $"MultiheadAttention({Heads()}, Causal = true{(random.Next(3) == 0 ? ", Dropout = 0.2" : "")})";
            case 5:
                return $"TransformerEncoderLayer({Heads()}, {random.Next(2, 20)}, Causal = true{(random.Next(2) == 0 ? ", NormFirst = false" : "")})";
            case 6:
                return One("PositionalEmbedding", "SinusoidalPosition");
            case 7:
                return One("LayerNorm", "RMSNorm", "BatchNorm1d");
            case 8 or 9:
                return Merge() ?? "Tanh";
            case 10:
                return "Dropout(0.3)";
            default:
                return One("ReLU", "GELU", "SiLU", "Sigmoid", "LeakyReLU(0.1)");
        }
    }

    private string? Merge()
    {
        (string Name, int Features)[] others = [.. named.SkipLast(1).Where(one => one.Features == features)];
        if (others.Length == 0)
            return null;
        string with = others[random.Next(others.Length)].Name;
        switch (random.Next(3))
        {
            case 0:
                return $"Add(\"{with}\")";
            case 1:
                return $"Multiply(\"{with}\")";
            default:
                features *= 2;
                return $"Concat(\"{with}\", Axis = 1)";
        }
    }

    private int Heads()
    {
        int[] divisors = [.. Enumerable.Range(1, features).Where(divisor => features % divisor == 0)];
        return divisors[random.Next(divisors.Length)];
    }

    private string One(params string[] of) => of[random.Next(of.Length)];
}
