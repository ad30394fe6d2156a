namespace Dsl;

/// <summary>How values are hidden.</summary>
public enum Masking
{
    /// <summary>A number, flag, text or time → text: 32 hex digits of HMAC-SHA256 under <c>PipelineOptions.MaskingKey</c>, which it needs.</summary>
    Hash,

    /// <summary>Anything → the text <c>***</c>, never null.</summary>
    Redact,

    /// <summary>Number → the lower end of the bucket of <c>Width</c> that it falls into.</summary>
    Bucket,

    /// <summary>Number → the number plus Laplace noise of <c>Scale</c>, drawn by <c>PipelineOptions.MaskingKey</c>, which it needs, from the value: asking twice averages nothing out. No differential privacy.</summary>
    Noise,
}
