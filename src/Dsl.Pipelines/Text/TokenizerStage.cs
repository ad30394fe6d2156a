using System;
using System.Buffers;
using System.ComponentModel;
using Dsl.Pipelines.Text;

namespace Dsl.Pipelines;

/// <summary>Splits texts, in lower case, at every single ASCII white space, as Spark MLlib's Tokenizer does.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public static class TokenizerStage
{
    private static readonly SearchValues<char> WhiteSpace = SearchValues.Create(" \t\n\v\f\r");

    /// <summary>Every row of a batch.</summary>
    /// <param name="stage">The stage's name, for messages.</param>
    /// <param name="batch">The rows.</param>
    /// <param name="input">The column of texts.</param>
    /// <param name="output">The column that gets tokens.</param>
    /// <exception cref="PipelineException">A text is null.</exception>
    public static void Transform(string stage, ColumnBatch batch, int input, int output)
    {
        ArgumentNullException.ThrowIfNull(batch);
        TextColumns.FromTexts(batch, input, output, text => Transform(stage, text));
    }

    /// <summary>One row: empty tokens stay but at the end, empty text is one empty token, white space alone none.</summary>
    /// <param name="stage">The stage's name, for messages.</param>
    /// <param name="text">The text.</param>
    /// <exception cref="PipelineException">It is null.</exception>
    public static string[] Transform(string stage, string? text)
    {
        string lower = JavaCase.ToLower(TextColumns.Text(stage, text));
        if (lower.Length == 0)
            return [""];
        ReadOnlySpan<char> rest = lower.AsSpan(0, lower.AsSpan().LastIndexOfAnyExcept(WhiteSpace) + 1);
        if (rest.Length == 0)
            return [];
        int count = 1;
        for (int at = 0; rest[at..].IndexOfAny(WhiteSpace) is >= 0 and int gap; at += gap + 1)
            count++;
        string[] tokens = new string[count];
        for (int token = 0; token < count - 1; token++)
        {
            int gap = rest.IndexOfAny(WhiteSpace);
            tokens[token] = rest[..gap].ToString();
            rest = rest[(gap + 1)..];
        }

        tokens[^1] = count == 1 && rest.Length == lower.Length ? lower : rest.ToString();
        return tokens;
    }
}
