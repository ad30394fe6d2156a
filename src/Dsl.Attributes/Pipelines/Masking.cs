namespace Dsl;

/// <summary>How values are hidden.</summary>
public enum Masking
{
    /// <summary>32 hex digits of HMAC-SHA256 under <c>PipelineOptions.MaskingKey</c>.</summary>
    Hash,

    /// <summary>The text <c>***</c>, never null.</summary>
    Redact,

    /// <summary>The lower end of the bucket that a number falls into.</summary>
    Bucket,

    /// <summary>A number plus Laplace noise, drawn by the key from the value.</summary>
    Noise,
}
