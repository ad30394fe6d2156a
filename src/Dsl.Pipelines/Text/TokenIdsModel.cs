using System;
using System.Collections.Generic;
using System.ComponentModel;
using Dsl.Pipelines.Stages;
using Dsl.Pipelines.Text;

namespace Dsl.Pipelines;

/// <summary>A fitted vocabulary whose ids networks take: 0 is padding at the end, 1 an unknown token, 2 and on the terms.</summary>
public sealed class TokenIdsModel : IStageModel<TokenIdsModel>
{
    private const int Unknown = 1;
    private const int FirstTerm = 2;

    private readonly string stage;
    private readonly Terms terms;

    private TokenIdsModel(string stage, Terms terms, int length)
    {
        this.stage = stage;
        this.terms = terms;
        Length = length;
    }

    /// <summary>The terms, most frequent first, of equals in ordinal order: the first has id 2.</summary>
    public IReadOnlyList<string> Vocabulary => terms.Texts;

    /// <summary>Ids of a row.</summary>
    public int Length { get; }

    /// <summary>Learns the vocabulary.</summary>
    /// <param name="step">Whose fit it is.</param>
    /// <param name="batch">The rows.</param>
    /// <param name="input">The column of tokens.</param>
    /// <param name="length">Ids of a row, at least 1.</param>
    /// <param name="vocabSize">How many ids there are, padding and the unknown one counted, at least 3.</param>
    /// <exception cref="PipelineException">There are no rows, none has a token, tokens are null, or one is.</exception>
    [EditorBrowsable(EditorBrowsableState.Never)]
    public static TokenIdsModel Fit(FitStep step, ColumnBatch batch, int input, int length, int vocabSize)
    {
        ArgumentNullException.ThrowIfNull(step);
        ArgumentNullException.ThrowIfNull(batch);
        Terms terms = Terms.Of(step, batch, input, vocabSize - FirstTerm, _ => true);
        return terms.Count > 0
            ? new TokenIdsModel(step.Stage, terms, length)
            : throw step.Nothing($"none of {batch.Count} rows has a token in {batch.NameOf(input)}");
    }

    /// <summary>Every row of a batch.</summary>
    /// <param name="batch">The rows.</param>
    /// <param name="input">The column of tokens.</param>
    /// <param name="output">The column that gets ids.</param>
    /// <exception cref="PipelineException">Tokens are null, or one is.</exception>
    [EditorBrowsable(EditorBrowsableState.Never)]
    public void Transform(ColumnBatch batch, int input, int output)
    {
        ArgumentNullException.ThrowIfNull(batch);
        int[] ids = new int[checked(batch.Count * Length)];
        EachRow.Run(batch, row => Transform(batch.Tokens(input)[row], ids.AsSpan(row * Length, Length)));
        batch.Set(output, ids);
    }

    /// <summary>One row.</summary>
    /// <param name="tokens">The tokens; those behind <see cref="Length"/> are left out.</param>
    /// <returns><see cref="Length"/> ids.</returns>
    /// <exception cref="PipelineException">They are null, or one is.</exception>
    [EditorBrowsable(EditorBrowsableState.Never)]
    public int[] Transform(string[]? tokens)
    {
        int[] ids = new int[Length];
        Transform(tokens, ids);
        return ids;
    }

    /// <summary>One row, written in place.</summary>
    /// <param name="tokens">The tokens; those behind <see cref="Length"/> are left out.</param>
    /// <param name="ids">Gets <see cref="Length"/> ids.</param>
    /// <exception cref="PipelineException">They are null, or one is.</exception>
    [EditorBrowsable(EditorBrowsableState.Never)]
    public void Transform(string[]? tokens, Span<int> ids)
    {
        tokens = TextColumns.Tokens(stage, tokens);
        int count = Math.Min(tokens.Length, Length);
        for (int i = 0; i < count; i++)
            ids[i] = terms.Find(tokens[i]) is >= 0 and int term ? term + FirstTerm : Unknown;
        ids[count..Length].Clear();
    }

    /// <inheritdoc/>
    public string Describe() => terms.Describe();

    /// <inheritdoc/>
    [EditorBrowsable(EditorBrowsableState.Never)]
    public void Write(StageWriter writer)
    {
        terms.Write(writer);
        writer.Number("Length", Length);
    }

    /// <inheritdoc/>
    [EditorBrowsable(EditorBrowsableState.Never)]
    public static TokenIdsModel Read(StageReader reader)
    {
        Terms terms = Terms.Read(reader);
        return new TokenIdsModel(reader.Stage, terms, reader.Whole("Length", 1, int.MaxValue));
    }
}
