namespace Dsl.Runtime;

/// <summary>
/// Scaled dot-product attention of several heads: y = softmax(q·kᵀ/√d + mask)·v for each head of d = Features / Heads features, which lie side by side in a
/// row: head h has features h·d to before (h + 1)·d.
/// </summary>
/// <param name="Heads">At least 1; divides <paramref name="Features"/>.</param>
/// <param name="Features">Of a row of q, k, v and y.</param>
/// <param name="Queries">Steps of q and y.</param>
/// <param name="Keys">Steps of k and v.</param>
/// <param name="IsCross">
/// False: q, k and v of a step lie side by side, in that order, in rows of 3·Features, and Keys is Queries. True: q lies in rows of Features; k and v side by side in
/// rows of 2·Features of their own.
/// </param>
/// <param name="IsCausal">Query i sees keys 0 to i; only where <paramref name="IsCross"/> is false.</param>
/// <param name="Dropout">Part of the weights that is dropped, in [0, 1).</param>
public readonly record struct AttentionShape(int Heads, int Features, int Queries, int Keys, bool IsCross = false, bool IsCausal = false, float Dropout = 0)
{
    // Weights of a row are numbered from a multiple of this on, so that a kernel may make their random numbers in groups.
    private const int DropoutGroup = 64;

    /// <summary>Features of a head.</summary>
    public int HeadFeatures => Features / Heads;

    /// <summary>Floats from a query to the next.</summary>
    public long QueryStride => IsCross ? Features : 3L * Features;

    /// <summary>Floats from a key to the next, and from a value to the next.</summary>
    public long KeyStride => (IsCross ? 2L : 3L) * Features;

    /// <summary>Floats of a sample of the first operand: the queries, or queries, keys and values.</summary>
    public long QueryFloats => Queries * QueryStride;

    /// <summary>Floats of a sample of the second operand, keys and values; 0 where they lie with the queries.</summary>
    public long KeyFloats => IsCross ? Keys * KeyStride : 0;

    /// <summary>Floats of a sample of the result.</summary>
    public long ResultFloats => (long)Queries * Features;

    /// <summary>Floats of a sample that training keeps: for each head and query ln Σ e^score.</summary>
    public long LogSumFloats => (long)Heads * Queries;

    /// <summary>From the first weight's number of a query to that of the next: Keys rounded up to 64.</summary>
    public long DropoutStride => (Keys + DropoutGroup - 1L) / DropoutGroup * DropoutGroup;
}
