using System;
using System.Collections.Generic;
using System.ComponentModel;
using Dsl.Pipelines.Text;

namespace Dsl.Pipelines;

/// <summary>Drops the tokens that are stop words, as Spark MLlib's StopWordsRemover does.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public sealed class StopWordsRemoverStage
{
    private const int MostOnStack = 1024;
    private const int LongestOnStack = 64;

    private readonly string stage;
    private readonly HashSet<string> words;
    private readonly HashSet<string>.AlternateLookup<ReadOnlySpan<char>> spans;
    private readonly bool caseSensitive;

    /// <summary>A remover.</summary>
    /// <param name="stage">The stage's name, for messages.</param>
    /// <param name="language">Whose list of MLlib's it is.</param>
    /// <param name="stopWords">The words in place of that list; empty: the list.</param>
    /// <param name="caseSensitive">A word must be written as in the list.</param>
    /// <exception cref="ArgumentException">There is no list of the language.</exception>
    public StopWordsRemoverStage(string stage, string language, string[] stopWords, bool caseSensitive)
    {
        ArgumentNullException.ThrowIfNull(stopWords);
        this.stage = stage;
        this.caseSensitive = caseSensitive;
        words = stopWords.Length == 0 && !caseSensitive ? StopWordLists.LoweredOf(language) : StopWordLists.SetOf(stopWords.Length == 0 ? StopWordLists.Of(language) : stopWords, caseSensitive);
        spans = words.GetAlternateLookup<ReadOnlySpan<char>>();
    }

    /// <summary>Every row of a batch.</summary>
    /// <param name="batch">The rows.</param>
    /// <param name="input">The column of tokens.</param>
    /// <param name="output">The column that gets those that stay.</param>
    /// <exception cref="PipelineException">Tokens are null, or one is.</exception>
    public void Transform(ColumnBatch batch, int input, int output)
    {
        ArgumentNullException.ThrowIfNull(batch);
        TextColumns.FromTokens(batch, input, output, Transform);
    }

    /// <summary>One row.</summary>
    /// <param name="tokens">The tokens.</param>
    /// <exception cref="PipelineException">They are null, or one is.</exception>
    public string[] Transform(string[]? tokens)
    {
        tokens = TextColumns.Tokens(stage, tokens);
        Span<bool> stays = tokens.Length <= MostOnStack ? stackalloc bool[tokens.Length] : new bool[tokens.Length];
        int kept = 0;
        for (int i = 0; i < tokens.Length; i++)
        {
            stays[i] = !IsStopWord(tokens[i]);
            kept += stays[i] ? 1 : 0;
        }

        string[] rest = new string[kept];
        int at = 0;
        for (int i = 0; i < tokens.Length; i++)
        {
            if (stays[i])
                rest[at++] = tokens[i];
        }

        return rest;
    }

    private bool IsStopWord(string token)
    {
        if (caseSensitive)
            return words.Contains(token);
        if (token.Length > LongestOnStack || !JavaCase.IsPlain(token))
            return words.Contains(JavaCase.ToLower(token));
        Span<char> lower = stackalloc char[LongestOnStack];
        return spans.Contains(lower[..token.AsSpan().ToLowerInvariant(lower)]);
    }
}
