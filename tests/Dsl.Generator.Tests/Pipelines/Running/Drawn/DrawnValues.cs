namespace Dsl.Generator.Tests.Pipelines.Running.Drawn;

/// <summary>What rows of drawn types are made with, as source beside them.</summary>
internal static class DrawnValues
{
    /// <summary>The class <c>Draw</c>: odd rows break what their columns promise, or are as no fitted row was.</summary>
    public const string Source = """
        #nullable enable
        using System;
        using System.Linq;
        using Dsl;
        public sealed class Draw(int seed, bool odd)
        {
            private static readonly string[] All = ["the", "quick", "Brown", "fox", "", "jumps", "over", "not", "ÉTÉ", "dogs", "at", "dawn", "a1", "42"];
            private readonly Random random = new(seed);

            public double Latent { get; private set; }

            public void Next() => Latent = (random.NextDouble() * 2) - 1;

            public double Number(bool mayBeNaN, bool mayBeOdd) =>
                mayBeNaN && random.Next(12) == 0 ? double.NaN
                : odd && mayBeOdd && random.Next(6) == 0 ? random.Next(6) switch { 0 => double.NaN, 1 => double.PositiveInfinity, 2 => double.NegativeInfinity, 3 => -0.0, 4 => 1e30, _ => 0 }
                : random.Next(4) == 0 ? Math.Round(Latent * 3) : (Latent * 2) + random.NextDouble();

            public int Whole(int below) => random.Next(odd && random.Next(6) == 0 ? below + 20 : below);

            public bool Flag() => random.NextDouble() < 0.5 + (Latent / 4);

            public string Group(int groups) => odd && random.Next(6) == 0 ? random.Next(2) == 0 ? "" : "unseen" : "g" + random.Next(groups);

            public string Sentence() => random.Next(15) == 0 ? "" : string.Join(random.Next(5) == 0 ? "\t" : " ", Words());

            public string[] Words() => [.. Enumerable.Range(0, random.Next(odd ? 0 : 1, 9)).Select(_ => All[random.Next(All.Length)])];

            public float[] Singles(int size) => [.. Doubles(size).Select(value => (float)value)];

            public double[] Doubles(int size) => [.. Enumerable.Range(0, Size(size)).Select(_ => Number(false, true))];

            public Vector Any(int size)
            {
                size = Size(size);
                if (odd && random.Next(12) == 0)
                    return default;
                return random.Next(2) == 0 || size == 0 ? Vector.Dense([.. Enumerable.Range(0, size).Select(_ => Number(false, true))]) : Vector.Sparse(size, [size / 2], [Number(false, true)]);
            }

            public DateTime Time() => new DateTime(2024, 1, 1).AddMinutes(random.Next(1000000));

            public DateOnly Day() => new DateOnly(2024, 1, 1).AddDays(random.Next(1000));

            public Guid Id() => new(random.Next(), 1, 2, 3, 4, 5, 6, 7, 8, 9, 10);

            public DayOfWeek WeekDay() => (DayOfWeek)random.Next(7);

            public TimeSpan Span() => TimeSpan.FromSeconds(random.Next(10000));

            public string Kind() => "k" + (Latent < -0.4 ? 0 : Latent < 0.3 || random.Next(9) == 0 ? 1 : 2);

            public int Star() => Latent < -0.3 ? 0 : random.Next(4) == 0 ? 1 : Latent < 0.4 ? 1 : 2;

            public double Target() => (2 * Latent) + random.NextDouble();

            /// <summary>Shares of one, some of them none.</summary>
            public double[] Shares(int size)
            {
                double[] all = [.. Enumerable.Range(0, Size(size)).Select(i => i == (Latent > 0 ? 0 : 1) ? 1 + random.NextDouble() : random.Next(3) == 0 ? 0 : random.NextDouble())];
                return [.. all.Select(one => one / all.Sum())];
            }

            public double[] Amounts(int size) => [.. Enumerable.Range(0, Size(size)).Select(i => (Latent * (i + 1)) + random.NextDouble())];

            public double Weight() => random.Next(9) == 0 ? 0 : 1 + random.Next(3);

            public bool IsNull() => random.Next(7) == 0;

            public bool IsWronglyNull() => odd && random.Next(15) == 0;

            private int Size(int size) => odd && random.Next(10) == 0 ? random.Next(8) : size;
        }

        /// <summary>Networks that come from elsewhere: other weights and running statistics than a new one has.</summary>
        public static class Trained<TNetwork>
            where TNetwork : Dsl.Network
        {
            public static TNetwork By(TNetwork network)
            {
                foreach (Dsl.Parameter parameter in network.Parameters)
                {
                    Span<float> values = parameter.Values;
                    for (int i = 0; i < values.Length; i++)
                        values[i] = (values[i] * 1.5f) + 0.01f;
                }

                return network;
            }
        }
        """;
}
