using System;

namespace Dsl.Runtime.Tests.Conformance;

/// <summary>Seeded draws of shapes and values.</summary>
internal sealed class Draw(int seed)
{
    private readonly Random random = new(seed);

    /// <summary>Shapes large enough to be split over threads; they are not compared with the reference.</summary>
    public bool Large { get; init; }

    /// <summary>Only functions without a kink, for central differences.</summary>
    public bool Smooth { get; init; }

    /// <summary>A number from <paramref name="from"/> to <paramref name="to"/>, both included.</summary>
    public int Int(int from, int to) => random.Next(from, to + 1);

    public bool Chance(double probability) => random.NextDouble() < probability;

    public T Of<T>(params ReadOnlySpan<T> choices) => choices[random.Next(choices.Length)];

    public int SeedForValues() => random.Next();

    /// <summary>Mostly a size below 40, often one beside a multiple of a vector's length.</summary>
    public int Size(int most)
        => Math.Min(most, Chance(0.3) ? Math.Max(1, (Of(4, 8, 16, 32, 64) * Int(1, 2)) + Int(-1, 1)) : Int(1, Math.Min(most, 40)));

    public float[] Normal(int count, float spread = 1)
    {
        float[] values = new float[count];
        for (int i = 0; i < count; i++)
            values[i] = spread * (float)(Math.Sqrt(-2 * Math.Log(1 - random.NextDouble())) * Math.Cos(2 * Math.PI * random.NextDouble()));
        return values;
    }

    /// <summary>Weights that keep sums at about 1 to 2, where an epilogue bends.</summary>
    public float[] Weights(int outputs, int inputs) => Normal(outputs * inputs, (float)Math.Min(0.4, 1.5 / Math.Sqrt(inputs)));

    public float[] Between(int count, double from, double to)
    {
        float[] values = new float[count];
        for (int i = 0; i < count; i++)
            values[i] = (float)(from + (random.NextDouble() * (to - from)));
        return values;
    }

    public int[] Ints(int count, int from, int to)
    {
        int[] values = new int[count];
        for (int i = 0; i < count; i++)
            values[i] = Int(from, to);
        return values;
    }

    /// <summary>A layout with no halo, or one of up to two rows and columns a side beyond the given least.</summary>
    public TensorLayout Layout(int channels, int height, int width, int top = 0, int left = 0, int bottom = 0, int right = 0) => Int(0, 3) switch
    {
        0 or 1 => new TensorLayout(channels, height, width),
        2 => new TensorLayout(channels, height, width, top, left, bottom, right),
        _ => new TensorLayout(channels, height, width, top + Int(0, 2), left + Int(0, 2), bottom + Int(0, 2), right + Int(0, 2)),
    };

    /// <summary>A function whose derivative follows from its value, as training fuses it.</summary>
    public Epilogue TrainingEpilogue() => Smooth
        ? Of(default, new Epilogue(UnaryFunction.Tanh), new Epilogue(UnaryFunction.Sigmoid), new Epilogue(UnaryFunction.ELU, 1))
        : Of(
            default,
            new Epilogue(UnaryFunction.ReLU),
            new Epilogue(UnaryFunction.ReLU),
            new Epilogue(UnaryFunction.ReLU6),
            new Epilogue(UnaryFunction.LeakyReLU, 0.1f),
            new Epilogue(UnaryFunction.ELU, 0.7f),
            new Epilogue(UnaryFunction.Sigmoid),
            new Epilogue(UnaryFunction.Tanh));

    public Epilogue AnyEpilogue() => new(Of(Enum.GetValues<UnaryFunction>()), Of(0.1f, 0.5f, 1f));
}
