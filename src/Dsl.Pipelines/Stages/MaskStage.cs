using System;
using System.ComponentModel;
using Dsl.Pipelines.Stages;

namespace Dsl.Pipelines;

/// <summary>Hides what a column says: by hashes, buckets, noise, or altogether. Null stays null, but where it is redacted.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public static class MaskStage
{
    /// <summary>What a redacted value becomes.</summary>
    public const string Redacted = "***";

    /// <summary>The columnar form of <see cref="Masking.Redact"/>.</summary>
    /// <param name="batch">The rows.</param>
    /// <param name="output">The column of texts that is made.</param>
    public static void Redact(ColumnBatch batch, int output)
    {
        string?[] made = new string?[batch.Count];
        Array.Fill(made, Redacted);
        batch.Set(output, made);
    }

    /// <summary>The columnar form of <see cref="Masking.Hash"/> of texts.</summary>
    /// <param name="key">The key.</param>
    /// <param name="batch">The rows.</param>
    /// <param name="input">The column of texts.</param>
    /// <param name="output">The column of texts that is made.</param>
    /// <exception cref="PipelineException">A text is null where its declaration says that it cannot be.</exception>
    public static void HashTexts(MaskingKey key, ColumnBatch batch, int input, int output)
    {
        string?[] texts = batch.Texts(input).ToArray();
        Hash(batch, input, output, row => key.Hash(texts[row] ?? throw RowColumns.NullIn(batch.NameOf(input))));
    }

    /// <summary>The columnar form of <see cref="Masking.Hash"/> of numbers.</summary>
    /// <param name="key">The key.</param>
    /// <param name="batch">The rows.</param>
    /// <param name="input">The column of numbers.</param>
    /// <param name="output">The column of texts that is made.</param>
    public static void HashNumbers(MaskingKey key, ColumnBatch batch, int input, int output)
    {
        double[] values = batch.Numbers(input).ToArray();
        Hash(batch, input, output, row => key.Hash(values[row]));
    }

    /// <summary>The columnar form of <see cref="Masking.Hash"/> of flags.</summary>
    /// <param name="key">The key.</param>
    /// <param name="batch">The rows.</param>
    /// <param name="input">The column of flags.</param>
    /// <param name="output">The column of texts that is made.</param>
    public static void HashFlags(MaskingKey key, ColumnBatch batch, int input, int output)
    {
        double[] values = batch.Numbers(input).ToArray();
        Hash(batch, input, output, row => key.Hash(values[row] != 0));
    }

    /// <summary>The columnar form of <see cref="Masking.Hash"/> of times.</summary>
    /// <param name="key">The key.</param>
    /// <param name="batch">The rows.</param>
    /// <param name="input">The column of times or days.</param>
    /// <param name="output">The column of texts that is made.</param>
    public static void HashTimes<T>(MaskingKey key, ColumnBatch batch, int input, int output)
        where T : struct, IFormattable
    {
        T[] values = batch.Values<T>(input).ToArray();
        Hash(batch, input, output, row => key.HashTime(values[row]));
    }

    /// <summary>The columnar form of <see cref="Masking.Bucket"/>.</summary>
    /// <param name="batch">The rows.</param>
    /// <param name="input">The column of numbers.</param>
    /// <param name="output">The column of numbers that is made.</param>
    /// <param name="width">Above 0.</param>
    public static void Bucket(ColumnBatch batch, int input, int output, double width) => EachRow.Numbers(batch, input, output, value => Bucket(value, width));

    /// <summary>The columnar form of <see cref="Masking.Noise"/>.</summary>
    /// <param name="key">The key.</param>
    /// <param name="batch">The rows.</param>
    /// <param name="input">The column of numbers.</param>
    /// <param name="output">The column of numbers that is made.</param>
    /// <param name="scale">Above 0.</param>
    public static void Noise(MaskingKey key, ColumnBatch batch, int input, int output, double scale) => EachRow.Numbers(batch, input, output, value => Noise(key, value, scale));

    /// <summary>The lower end of a number's bucket.</summary>
    public static double Bucket(double value, double width) => Math.Floor(value / width) * width;

    /// <summary>A number and the noise that the key draws from it.</summary>
    public static double Noise(MaskingKey key, double value, double scale) => value + key.Laplace(value, scale);

    private static void Hash(ColumnBatch batch, int input, int output, Func<int, string?> hash)
    {
        bool[]? nulls = EachRow.NullsOf(batch, input);
        string?[] made = new string?[batch.Count];
        EachRow.Run(batch, row => made[row] = nulls is not null && nulls[row] ? null : hash(row));
        batch.Set(output, made, nulls);
    }
}
