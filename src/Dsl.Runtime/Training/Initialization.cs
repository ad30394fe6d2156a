using System;

namespace Dsl.Runtime;

/// <summary>
/// Initial weights. Each is a pure function of (seed, parameter): the parameter's index in the network is the owner of a Philox stream, so a layer
/// added at the end changes no other layer's weights, and the same seed gives the same bits. Arguments are those of PyTorch's <c>nn.init</c>:
/// fan_in is how many inputs one output sums (in / groups × kernel), fan_out the reverse (out × kernel, of a weight O×I×kh×kw: O·kh·kw).
/// </summary>
internal static class Initialization
{
    /// <summary>2⁻⁵³: makes a number in [0, 1) of 53 bits.</summary>
    private const double Ulp53 = 1.0 / (1L << 53);

    /// <summary>Uniform in [-bound, bound).</summary>
    /// <param name="values">The weights.</param>
    /// <param name="bound">The bound.</param>
    /// <param name="seed">The network's seed.</param>
    /// <param name="parameter">The parameter's index in the network.</param>
    public static void Uniform(Span<float> values, double bound, ulong seed, int parameter)
    {
        Philox.FillUniform(values, seed, Stream(parameter), 0);
        foreach (ref float value in values)
            value = (float)(((2.0 * value) - 1) * bound);
    }

    /// <summary>
    /// Normal with mean 0. Values 2i and 2i+1 come from block i by Box and Muller's transform in double precision: with u in (0, 1] and v in [0, 1) of
    /// 53 bits each, √(-2·ln u)·cos 2πv and √(-2·ln u)·sin 2πv.
    /// </summary>
    /// <param name="values">The weights.</param>
    /// <param name="deviation">The standard deviation.</param>
    /// <param name="seed">The network's seed.</param>
    /// <param name="parameter">The parameter's index in the network.</param>
    public static void Normal(Span<float> values, double deviation, ulong seed, int parameter)
    {
        for (int i = 0; i < values.Length; i += 2)
        {
            (double first, double second) = NormalPair(seed, Stream(parameter), (ulong)i / 2);
            values[i] = (float)(first * deviation);
            if (i + 1 < values.Length)
                values[i + 1] = (float)(second * deviation);
        }
    }

    /// <summary>
    /// A matrix with orthonormal rows (columns, if there are more rows): the Q of a normal matrix, signed so that R's diagonal is positive, and so
    /// uniform over all such matrices (Saxe et al. 2013; Mezzadri 2007). Found by Gram-Schmidt in double precision, each vector projected twice.
    /// </summary>
    /// <param name="values">The weight, row-major: rows × (length / rows), all dimensions but the first as columns.</param>
    /// <param name="rows">Its first dimension.</param>
    /// <param name="seed">The network's seed.</param>
    /// <param name="parameter">The parameter's index in the network.</param>
    /// <exception cref="ArgumentException">The length is no multiple of the rows.</exception>
    public static void Orthogonal(Span<float> values, int rows, ulong seed, int parameter)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(rows);
        if (values.Length % rows != 0)
            throw new ArgumentException($"{values.Length} values do not divide into {rows} rows.", nameof(values));
        int columns = values.Length / rows;
        int vectors = Math.Min(rows, columns);
        int length = Math.Max(rows, columns);
        double[] basis = GramSchmidt.Orthonormal(vectors, length, seed, Stream(parameter));
        for (int vector = 0; vector < vectors; vector++)
        {
            for (int i = 0; i < length; i++)
                values[rows <= columns ? (vector * columns) + i : (i * columns) + vector] = (float)basis[(vector * length) + i];
        }
    }

    /// <summary>Two independent standard normal numbers from one block.</summary>
    internal static (double First, double Second) NormalPair(ulong seed, ulong stream, ulong block)
    {
        Philox.Block(seed, stream, block, out uint word0, out uint word1, out uint word2, out uint word3);
        double radius = Math.Sqrt(-2 * Math.Log((Bits53(word0, word1) + 1) * Ulp53));
        (double sine, double cosine) = Math.SinCos(2 * Math.PI * (Bits53(word2, word3) * Ulp53));
        return (radius * cosine, radius * sine);
    }

    private static double Bits53(uint low, uint high) => (((ulong)high << 32) | low) >> 11;

    private static ulong Stream(int parameter) => Philox.Stream(RandomPurpose.Initialization, (ulong)parameter);
}
