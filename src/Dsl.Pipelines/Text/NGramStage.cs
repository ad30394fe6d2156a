using System;
using System.ComponentModel;
using Dsl.Pipelines.Text;

namespace Dsl.Pipelines;

/// <summary>Joins every run of so many tokens by spaces, as Spark MLlib's NGram does.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public static class NGramStage
{
    /// <summary>Every row of a batch.</summary>
    /// <param name="stage">The stage's name, for messages.</param>
    /// <param name="batch">The rows.</param>
    /// <param name="input">The column of tokens.</param>
    /// <param name="output">The column that gets the runs.</param>
    /// <param name="n">How many tokens, at least 1.</param>
    /// <exception cref="PipelineException">Tokens are null, or one is.</exception>
    public static void Transform(string stage, ColumnBatch batch, int input, int output, int n)
    {
        ArgumentNullException.ThrowIfNull(batch);
        TextColumns.FromTokens(batch, input, output, tokens => Transform(stage, tokens, n));
    }

    /// <summary>One row: nothing from fewer tokens.</summary>
    /// <param name="stage">The stage's name, for messages.</param>
    /// <param name="tokens">The tokens.</param>
    /// <param name="n">How many tokens, at least 1.</param>
    /// <exception cref="PipelineException">They are null, or one is.</exception>
    public static string[] Transform(string stage, string[]? tokens, int n)
    {
        tokens = TextColumns.Tokens(stage, tokens);
        string[] runs = new string[Math.Max(0, tokens.Length - n + 1)];
        for (int i = 0; i < runs.Length; i++)
            runs[i] = n == 1 ? tokens[i] : string.Join(' ', tokens, i, n);
        return runs;
    }
}
