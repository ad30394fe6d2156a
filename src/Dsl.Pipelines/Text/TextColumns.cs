using System;
using Dsl.Pipelines.Columns;
using Dsl.Pipelines.Rows;
using Dsl.Pipelines.Stages;

namespace Dsl.Pipelines.Text;

/// <summary>Row forms of stages of text over a batch, on all threads, and what rows must be.</summary>
internal static class TextColumns
{
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

    /// <summary>A sparse vector a row.</summary>
    public static void ToVectors(ColumnBatch batch, int output, int size, ElementNames? elements, Func<int, Vector> transform)
    {
        Vector[] made = new Vector[batch.Count];
        EachRow.Run(batch, row => made[row] = transform(row));
        batch.Set(output, FeatureRows.Made(size, made.Length, (first, count) => FeatureRows.BlockOf(size, first, count, row => made[row])), elements);
    }

    /// <summary>A text, which must be there.</summary>
    /// <exception cref="PipelineException">It is null.</exception>
    public static string Text(string step, string? text) => text ?? throw new PipelineException(step, "needs a text, but got null");

    /// <summary>Tokens, which must all be there.</summary>
    /// <exception cref="PipelineException">They are null, or one is.</exception>
    public static string[] Tokens(string step, string[]? tokens)
    {
        if (tokens is null)
            throw new PipelineException(step, "needs tokens, but got null");
        int missing = Array.IndexOf(tokens, null);
        return missing < 0 ? tokens : throw new PipelineException(step, $"needs tokens that are texts, but token {missing} of {tokens.Length} is null");
    }
}
