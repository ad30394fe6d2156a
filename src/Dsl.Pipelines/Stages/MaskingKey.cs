using System;
using System.Buffers.Binary;
using System.ComponentModel;
using System.Globalization;
using System.Text;
using Dsl.Pipelines.Numerics;

namespace Dsl.Pipelines;

/// <summary>
/// The key of a pipeline's masks: HMAC-SHA256 (RFC 2104) of values. A number is hashed as its invariant text (<c>3750</c>, whatever its type), a flag as <c>true</c> or <c>false</c>, a text
/// as its UTF-8 bytes, a time in its round-trip form (<c>2007-11-11</c>).
/// </summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public sealed class MaskingKey
{
    private const int FewestBytes = 16;
    private const int HashBytes = 16;
    private const int MostStackBytes = 256;

    // Noise is drawn from other bytes than any hash that is shown.
    private const string OfNoise = "Dsl.Noise";

    // A row allocates nothing but its text, and many threads may ask at once.
    [ThreadStatic]
    private static Sha256? scratch;

    private readonly Sha256 inner;
    private readonly Sha256 outer;

    private MaskingKey(byte[] key) => (inner, outer) = Sha256.Keyed(key);

    /// <summary>The key of a pipeline's options.</summary>
    /// <param name="stage">The stage that needs it, for messages.</param>
    /// <param name="options">The options; null: none.</param>
    /// <exception cref="PipelineException">There is no key, or one of fewer than 16 bytes.</exception>
    public static MaskingKey Of(string stage, PipelineOptions? options) => options?.MaskingKey is { Length: >= FewestBytes } key
        ? new MaskingKey(key)
        : throw new PipelineException(stage, $"needs PipelineOptions.MaskingKey, {FewestBytes} bytes or more, but got {(options?.MaskingKey is { } given ? $"{given.Length} bytes" : "none")}");

    /// <summary>The hash of a text: 32 hexadecimal digits.</summary>
    public string Hash(string text)
    {
        int most = Encoding.UTF8.GetMaxByteCount(text.Length);
        Span<byte> bytes = most <= MostStackBytes ? stackalloc byte[MostStackBytes] : new byte[most];
        return HashOf(bytes[..Encoding.UTF8.GetBytes(text, bytes)]);
    }

    /// <summary>The hash of a number.</summary>
    public string Hash(double value)
    {
        Span<byte> bytes = stackalloc byte[MostStackBytes];
        return HashOf(bytes[..Text(value, bytes)]);
    }

    /// <summary>The hash of a flag.</summary>
    public string Hash(bool value) => Hash(value ? "true" : "false");

    /// <summary>The hash of a time.</summary>
    public string Hash(DateTime value) => HashTime(value);

    /// <summary>The hash of a day.</summary>
    public string Hash(DateOnly value) => HashTime(value);

    /// <summary>The hash of a time or a day.</summary>
    internal string HashTime<T>(T value)
        where T : IFormattable => Hash(value.ToString("O", CultureInfo.InvariantCulture));

    /// <summary>A draw from Laplace's distribution that a number decides.</summary>
    /// <param name="value">The number.</param>
    /// <param name="scale">Its scale: the mean of its absolute value.</param>
    internal double Laplace(double value, double scale)
    {
        Span<byte> bytes = stackalloc byte[MostStackBytes];
        int prefix = Encoding.UTF8.GetBytes(OfNoise, bytes);
        int length = prefix + Text(value, bytes[prefix..]);
        Span<byte> code = stackalloc byte[Sha256.Size];
        CodeOf(bytes[..length], code);
        // In (-1/2, 1/2), never at an end.
        double uniform = (((BinaryPrimitives.ReadUInt64LittleEndian(code) >> 11) + 0.5) * (1.0 / (1L << 53))) - 0.5;
        return -scale * Math.Sign(uniform) * Math.Log(1 - (2 * Math.Abs(uniform)));
    }

    // -0 is 0.
    private static int Text(double value, Span<byte> bytes)
    {
        (value + 0.0).TryFormat(bytes, out int written, "R", CultureInfo.InvariantCulture);
        return written;
    }

    private string HashOf(ReadOnlySpan<byte> bytes)
    {
        Span<byte> code = stackalloc byte[Sha256.Size];
        CodeOf(bytes, code);
        return Convert.ToHexStringLower(code[..HashBytes]);
    }

    private void CodeOf(ReadOnlySpan<byte> bytes, Span<byte> code)
    {
        Sha256 hash = scratch ??= new Sha256();
        hash.Take(inner);
        hash.Append(bytes);
        hash.Finish(code);
        hash.Take(outer);
        hash.Append(code);
        hash.Finish(code);
    }
}
