namespace Dsl.Runtime;

/// <summary>
/// Scaled dot-product attention of one step of a sequence to itself and to the steps before it, whose keys and values are kept. Heads lie side by side in a row, as in
/// <see cref="AttentionShape"/>.
/// </summary>
/// <param name="Heads">At least 1; divides <paramref name="Features"/>.</param>
/// <param name="Features">Of a row of queries, keys, values and results.</param>
/// <param name="Context">Steps for which the cache has room: a row of a key and a value, side by side, for each.</param>
public readonly record struct AttentionStepShape(int Heads, int Features, int Context)
{
    /// <summary>Features of a head.</summary>
    public int HeadFeatures => Features / Heads;

    /// <summary>Floats of a sample of query, key and value, which lie side by side in that order.</summary>
    public long ProjectedFloats => 3L * Features;

    /// <summary>Floats of a row of the cache: a key, then a value.</summary>
    public long CacheStride => 2L * Features;

    /// <summary>Floats of a sample's cache.</summary>
    public long CacheFloats => Context * CacheStride;
}
