using System;
using System.Collections.Generic;
using System.ComponentModel;
using Dsl.Pipelines.Columns;
using Dsl.Pipelines.Stages;
using Dsl.Pipelines.Text;

namespace Dsl.Pipelines;

/// <summary>A fitted count of terms, Spark MLlib's CountVectorizer: a sparse vector of how often each term of a vocabulary occurs.</summary>
public sealed class CountVectorizerModel : IStageModel<CountVectorizerModel>
{
    private readonly string stage;
    private readonly Terms terms;
    private readonly double minTF;
    private readonly bool binary;

    private CountVectorizerModel(string stage, Terms terms, double minTF, bool binary)
    {
        this.stage = stage;
        this.terms = terms;
        this.minTF = minTF;
        this.binary = binary;
    }

    /// <summary>The terms by their element, most frequent first, of equals in ordinal order.</summary>
    public IReadOnlyList<string> Vocabulary => terms.Texts;

    /// <summary>Elements of a vector.</summary>
    public int Size => terms.Count;

    /// <summary>Learns the vocabulary.</summary>
    /// <param name="step">Whose fit it is.</param>
    /// <param name="batch">The rows.</param>
    /// <param name="input">The column of tokens.</param>
    /// <param name="vocabSize">The most terms, at least 1.</param>
    /// <param name="minDF">In how many rows a term must be, below 1 in which share of them.</param>
    /// <param name="maxDF">In how many it may be, below 1 in which share.</param>
    /// <param name="minTF">How often a term must be in a row to count there, below 1 which share of its tokens it must be.</param>
    /// <param name="binary">1 stands in place of a count.</param>
    /// <exception cref="PipelineException">There are no rows, tokens are null, or no term is in as many rows as wanted.</exception>
    [EditorBrowsable(EditorBrowsableState.Never)]
    public static CountVectorizerModel Fit(FitStep step, ColumnBatch batch, int input, int vocabSize, double minDF, double maxDF, double minTF, bool binary)
    {
        ArgumentNullException.ThrowIfNull(step);
        ArgumentNullException.ThrowIfNull(batch);
        double least = minDF >= 1 ? minDF : minDF * batch.Count;
        double most = maxDF >= 1 ? maxDF : maxDF * batch.Count;
        if (most < least)
            throw step.Wrong($"keeps terms that are in at least {Shown.Exactly(least)} rows (MinDF {Shown.Exactly(minDF)}) and in at most {Shown.Exactly(most)} (MaxDF {Shown.Exactly(maxDF)}) of {batch.Count}, which none can be");
        Terms terms = Terms.Of(step, batch, input, vocabSize, rows => rows >= least && rows <= most);
        if (terms.Count == 0)
            throw step.Nothing($"of the terms in {batch.NameOf(input)} none is in at least {Shown.Exactly(least)} and at most {Shown.Exactly(most)} of {batch.Count} rows");
        return new CountVectorizerModel(step.Stage, terms, minTF, binary);
    }

    /// <summary>Every row of a batch.</summary>
    /// <param name="batch">The rows.</param>
    /// <param name="input">The column of tokens.</param>
    /// <param name="output">The column that gets vectors.</param>
    /// <exception cref="PipelineException">Tokens are null, or one is.</exception>
    [EditorBrowsable(EditorBrowsableState.Never)]
    public void Transform(ColumnBatch batch, int input, int output)
    {
        ArgumentNullException.ThrowIfNull(batch);
        ElementNames elements = new([new ElementRun(batch.NameOf(output), Size, Numbered: true, Labels: Vocabulary)]);
        TextColumns.ToVectors(batch, output, Size, elements, (row, counts) => Count(batch.Tokens(input)[row], counts));
    }

    /// <summary>One row.</summary>
    /// <param name="tokens">The tokens.</param>
    /// <exception cref="PipelineException">They are null, or one is.</exception>
    [EditorBrowsable(EditorBrowsableState.Never)]
    public Vector Transform(string[]? tokens)
    {
        TermRow row = TermRow.Own;
        Count(tokens, row);
        return row.ToVector(Size);
    }

    /// <inheritdoc/>
    public string Describe() => terms.Describe();

    /// <inheritdoc/>
    [EditorBrowsable(EditorBrowsableState.Never)]
    public void Write(StageWriter writer)
    {
        terms.Write(writer);
        writer.Number("MinTF", minTF);
        writer.Number("Binary", binary ? 1 : 0);
    }

    /// <inheritdoc/>
    [EditorBrowsable(EditorBrowsableState.Never)]
    public static CountVectorizerModel Read(StageReader reader)
    {
        Terms terms = Terms.Read(reader);
        if (terms.Count == 0)
            throw reader.Wrong("Vocabulary", "is empty");
        double minTF = reader.Number("MinTF");
        return minTF >= 0 ? new CountVectorizerModel(reader.Stage, terms, minTF, reader.Whole("Binary", 0, 1) == 1) : throw reader.Wrong("MinTF", $"is {Shown.Exactly(minTF)}, and wanted is a number from 0 on");
    }

    private void Count(string[]? tokens, TermRow row)
    {
        tokens = TextColumns.Tokens(stage, tokens);
        row.Begin(tokens.Length);
        foreach (string token in tokens)
        {
            if (terms.Find(token) is >= 0 and int term)
                row.Hit(term);
        }

        row.Gather(minTF >= 1 ? minTF : minTF * tokens.Length, binary);
    }
}
