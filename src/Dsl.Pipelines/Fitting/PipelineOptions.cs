namespace Dsl;

/// <summary>What a fit or a load of a pipeline is given beside the rows.</summary>
public sealed record PipelineOptions
{
    /// <summary>Added to the seed of every stage and model.</summary>
    public ulong Seed { get; init; }

    /// <summary>The key of <c>Mask</c>'s hashes and noise, 16 bytes or more; it is not saved.</summary>
    public byte[]? MaskingKey { get; init; }
}
