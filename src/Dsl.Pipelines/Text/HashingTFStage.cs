using System;
using System.ComponentModel;
using Dsl.Pipelines.Text;

namespace Dsl.Pipelines;

/// <summary>Counts tokens by their hashes, as Spark MLlib's HashingTF does (MurmurHash3 of UTF-8, seed 42): a sparse vector, without a vocabulary.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public static class HashingTFStage
{
    /// <summary>Every row of a batch.</summary>
    /// <param name="stage">The stage's name, for messages.</param>
    /// <param name="batch">The rows.</param>
    /// <param name="input">The column of tokens.</param>
    /// <param name="output">The column that gets vectors.</param>
    /// <param name="numFeatures">Their size, at least 1.</param>
    /// <param name="binary">1 stands in place of a count.</param>
    /// <exception cref="PipelineException">Tokens are null, or one is.</exception>
    public static void Transform(string stage, ColumnBatch batch, int input, int output, int numFeatures, bool binary)
    {
        ArgumentNullException.ThrowIfNull(batch);
        TextColumns.ToVectors(batch, output, numFeatures, null, (row, counts) => Count(stage, batch.Tokens(input)[row], numFeatures, binary, counts));
    }

    /// <summary>One row.</summary>
    /// <param name="stage">The stage's name, for messages.</param>
    /// <param name="tokens">The tokens; empty ones count.</param>
    /// <param name="numFeatures">The vector's size, at least 1.</param>
    /// <param name="binary">1 stands in place of a count.</param>
    /// <exception cref="PipelineException">They are null, or one is.</exception>
    public static Vector Transform(string stage, string[]? tokens, int numFeatures, bool binary)
    {
        TermRow row = TermRow.Own;
        Count(stage, tokens, numFeatures, binary, row);
        return row.ToVector(numFeatures);
    }

    private static void Count(string stage, string[]? tokens, int numFeatures, bool binary, TermRow row)
    {
        tokens = TextColumns.Tokens(stage, tokens);
        row.Begin(tokens.Length);
        foreach (string token in tokens)
            row.Hit(TokenHash.Bucket(token, numFeatures));
        row.Gather(1, binary);
    }
}
