using System;
using System.Buffers;
using System.Text;
using System.Text.Unicode;
using Dsl.Pipelines.Numerics;

namespace Dsl.Pipelines.Text;

/// <summary>Which element of a hashed vector texts fall on: MurmurHash3 of their UTF-8, which is written on the stack.</summary>
internal static class TokenHash
{
    private const int MostOnStack = 512;
    private const int BytesAUnit = 3;

    // Half of a surrogate pair is a question mark to Java.
    private static readonly Encoding Utf8WithQuestionMarks = Encoding.GetEncoding("utf-8", new EncoderReplacementFallback("?"), DecoderFallback.ReplacementFallback);

    /// <summary>The element of a text.</summary>
    /// <param name="text">The text.</param>
    /// <param name="size">Elements of the vector, at least 1.</param>
    public static int Bucket(ReadOnlySpan<char> text, int size) => Bucket([], text, size);

    /// <summary>The element of a text behind another.</summary>
    /// <param name="prefix">UTF-8 of what stands before it.</param>
    /// <param name="text">The text.</param>
    /// <param name="size">Elements of the vector, at least 1.</param>
    public static int Bucket(ReadOnlySpan<byte> prefix, ReadOnlySpan<char> text, int size)
    {
        int most = prefix.Length + (text.Length * BytesAUnit);
        byte[]? rented = null;
        Span<byte> bytes = most <= MostOnStack ? stackalloc byte[MostOnStack] : (rented = ArrayPool<byte>.Shared.Rent(most));
        prefix.CopyTo(bytes);
        int bucket = Murmur3.Bucket(bytes[..(prefix.Length + Encode(text, bytes[prefix.Length..]))], size);
        if (rented is not null)
            ArrayPool<byte>.Shared.Return(rented);
        return bucket;
    }

    /// <summary>The UTF-8 of a text, as Java has it.</summary>
    public static byte[] Bytes(string text) => Utf8WithQuestionMarks.GetBytes(text);

    private static int Encode(ReadOnlySpan<char> text, Span<byte> bytes) =>
        Utf8.FromUtf16(text, bytes, out _, out int written, replaceInvalidSequences: false) == OperationStatus.Done ? written : Utf8WithQuestionMarks.GetBytes(text, bytes);
}
