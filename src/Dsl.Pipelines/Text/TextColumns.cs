using System;
using System.Buffers;
using Dsl.Pipelines.Columns;
using Dsl.Pipelines.Rows;
using Dsl.Pipelines.Stages;

namespace Dsl.Pipelines.Text;

/// <summary>Row forms of stages of text over a batch, on all threads, and what rows must be.</summary>
internal static class TextColumns
{
    private const int ElementsAtFirst = 4096;

    /// <summary>Tokens a row out of a text a row.</summary>
    public static void FromTexts(ColumnBatch batch, int input, int output, Func<string?, string[]> transform)
    {
        string[]?[] made = new string[]?[batch.Count];
        EachRow.Run(batch, row => made[row] = transform(batch.Texts(input)[row]));
        batch.Set(output, made);
    }

    /// <summary>Tokens a row out of tokens a row.</summary>
    public static void FromTokens(ColumnBatch batch, int input, int output, Func<string[]?, string[]> transform)
    {
        string[]?[] made = new string[]?[batch.Count];
        EachRow.Run(batch, row => made[row] = transform(batch.Tokens(input)[row]));
        batch.Set(output, made);
    }

    /// <summary>A sparse vector a row, held without vectors of their own: there are many, and short ones.</summary>
    /// <param name="batch">The rows.</param>
    /// <param name="output">The column that is made.</param>
    /// <param name="size">Elements of a vector.</param>
    /// <param name="elements">What they are; null: numbered.</param>
    /// <param name="make">Makes of a row's number its elements.</param>
    public static void ToVectors(ColumnBatch batch, int output, int size, ElementNames? elements, Action<int, TermRow> make)
    {
        FirstFlaw flaw = new(batch);
        FeatureRows rows = FeatureRows.Made(size, batch.Count, (first, count) => Block(size, first, count, make, flaw));
        flaw.Throw();
        batch.Set(output, rows, elements);
    }

    /// <summary>A text, which must be there.</summary>
    /// <exception cref="PipelineException">It is null.</exception>
    public static string Text(string stage, string? text) => text ?? throw new PipelineException(stage, "needs a text, but got null");

    /// <summary>Tokens, which must all be there.</summary>
    /// <exception cref="PipelineException">They are null, or one is.</exception>
    public static string[] Tokens(string stage, string[]? tokens)
    {
        if (tokens is null)
            throw new PipelineException(stage, "needs tokens, but got null");
        int missing = Array.IndexOf(tokens, null);
        return missing < 0 ? tokens : throw new PipelineException(stage, $"needs tokens that are texts, but token {missing} of {tokens.Length} is null");
    }

    private static FeatureBlock Block(int size, int first, int count, Action<int, TermRow> make, FirstFlaw flaw)
    {
        TermRow elements = TermRow.Own;
        int[] starts = new int[count + 1];
        int[] places = ArrayPool<int>.Shared.Rent(ElementsAtFirst);
        double[] values = ArrayPool<double>.Shared.Rent(ElementsAtFirst);
        flaw.Watch(first, first + count, row =>
        {
            make(row, elements);
            int start = starts[row - first];
            int end = starts[row - first + 1] = start + elements.Count;
            Grow(ref places, start, end);
            Grow(ref values, start, end);
            elements.Places.CopyTo(places.AsSpan(start));
            elements.Values.CopyTo(values.AsSpan(start));
        });
        FeatureBlock block = new(first, count, size, values[..starts[count]], places[..starts[count]], starts);
        ArrayPool<int>.Shared.Return(places);
        ArrayPool<double>.Shared.Return(values);
        return block;
    }

    private static void Grow<T>(ref T[] rented, int held, int wanted)
    {
        if (rented.Length >= wanted)
            return;
        T[] larger = ArrayPool<T>.Shared.Rent(Math.Max(wanted, 2 * rented.Length));
        rented.AsSpan(0, held).CopyTo(larger);
        ArrayPool<T>.Shared.Return(rented);
        rented = larger;
    }
}
