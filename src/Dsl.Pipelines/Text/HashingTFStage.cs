using System;
using System.Buffers;
using System.ComponentModel;
using Dsl.Pipelines.Text;

namespace Dsl.Pipelines;

/// <summary>Counts tokens by their hashes, as Spark MLlib's HashingTF does (MurmurHash3 of UTF-8, seed 42): a sparse vector, without a vocabulary.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public static class HashingTFStage
{
    private const int MostOnStack = 256;

    /// <summary>Every row of a batch.</summary>
    /// <param name="step">The stage's name, for messages.</param>
    /// <param name="batch">The rows.</param>
    /// <param name="input">The column of tokens.</param>
    /// <param name="output">The column that gets vectors.</param>
    /// <param name="numFeatures">Their size, at least 1.</param>
    /// <param name="binary">1 stands in place of a count.</param>
    /// <exception cref="PipelineException">Tokens are null, or one is.</exception>
    public static void Transform(string step, ColumnBatch batch, int input, int output, int numFeatures, bool binary)
    {
        ArgumentNullException.ThrowIfNull(batch);
        TextColumns.ToVectors(batch, output, numFeatures, null, row => Transform(step, batch.Tokens(input)[row], numFeatures, binary));
    }

    /// <summary>One row.</summary>
    /// <param name="step">The stage's name, for messages.</param>
    /// <param name="tokens">The tokens; empty ones count.</param>
    /// <param name="numFeatures">The vector's size, at least 1.</param>
    /// <param name="binary">1 stands in place of a count.</param>
    /// <exception cref="PipelineException">They are null, or one is.</exception>
    public static Vector Transform(string step, string[]? tokens, int numFeatures, bool binary)
    {
        tokens = TextColumns.Tokens(step, tokens);
        int[]? rented = null;
        Span<int> hits = tokens.Length <= MostOnStack ? stackalloc int[MostOnStack] : (rented = ArrayPool<int>.Shared.Rent(tokens.Length));
        for (int i = 0; i < tokens.Length; i++)
            hits[i] = TokenHash.Bucket(tokens[i], numFeatures);
        Vector counts = TermCounts.ToVector(numFeatures, hits[..tokens.Length], 1, binary);
        if (rented is not null)
            ArrayPool<int>.Shared.Return(rented);
        return counts;
    }
}
