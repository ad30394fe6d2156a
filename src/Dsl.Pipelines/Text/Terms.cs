using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Runtime.InteropServices;

namespace Dsl.Pipelines.Text;

/// <summary>Terms in an order, each found by its text: those that occur most often first, of equals in ordinal order.</summary>
internal sealed class Terms
{
    private const int MostShown = 8;

    private readonly string[] texts;
    private readonly Dictionary<string, int> places;

    private Terms(string[] texts, Dictionary<string, int> places)
    {
        this.texts = texts;
        this.places = places;
    }

    /// <summary>The terms.</summary>
    public IReadOnlyList<string> Texts => Array.AsReadOnly(texts);

    /// <summary>How many.</summary>
    public int Count => texts.Length;

    /// <summary>The place of a term; -1 where it is none.</summary>
    public int Find(string text) => places.GetValueOrDefault(text, -1);

    /// <summary>Counts the tokens of all rows.</summary>
    /// <param name="step">Whose fit it is.</param>
    /// <param name="batch">The rows.</param>
    /// <param name="input">The column of tokens.</param>
    /// <param name="most">The most terms to keep.</param>
    /// <param name="isKept">Of how many rows that have it whether a term is kept.</param>
    /// <returns>The terms; none where none is kept.</returns>
    /// <exception cref="PipelineException">There are no rows, tokens are null, or one is.</exception>
    public static Terms Of(FitStep step, ColumnBatch batch, int input, int most, Func<int, bool> isKept)
    {
        if (batch.Count == 0)
            throw step.NoRows();
        Dictionary<string, Counts> counts = new(StringComparer.Ordinal);
        for (int row = 0; row < batch.Count; row++)
        {
            foreach (string token in TokensOf(step.Stage, batch, input, row))
            {
                ref Counts count = ref CollectionsMarshal.GetValueRefOrAddDefault(counts, token, out _);
                count.All++;
                // Rows are counted from 1, as a new term has been in row 0.
                count.Rows += count.Last == row + 1 ? 0 : 1;
                count.Last = row + 1;
            }
        }

        return Of([.. counts.Where(term => isKept(term.Value.Rows)).OrderByDescending(term => term.Value.All).ThenBy(term => term.Key, StringComparer.Ordinal).Take(most).Select(term => term.Key)]);
    }

    /// <summary>Reads what <see cref="Write"/> wrote.</summary>
    /// <exception cref="InvalidDataException">A term is missing or stands there twice.</exception>
    public static Terms Read(StageReader reader)
    {
        string[] texts = [.. reader.Texts("Vocabulary")];
        Terms terms = Of(texts);
        return terms.places.Count == texts.Length ? terms : throw reader.Wrong("Vocabulary", "has a term twice");
    }

    /// <summary>Writes the terms.</summary>
    public void Write(StageWriter writer) => writer.Texts("Vocabulary", texts);

    /// <summary>The first of them, as a line shows it.</summary>
    public string Describe() => $"vocabulary of {texts.Length}: {string.Join(", ", texts.Take(MostShown))}{(texts.Length > MostShown ? ", …" : "")}";

    private static Terms Of(string[] texts)
    {
        Dictionary<string, int> places = new(texts.Length, StringComparer.Ordinal);
        for (int place = 0; place < texts.Length; place++)
            places[texts[place]] = place;
        return new Terms(texts, places);
    }

    private static string[] TokensOf(string stage, ColumnBatch batch, int input, int row)
    {
        try
        {
            return TextColumns.Tokens(stage, batch.Tokens(input)[row]);
        }
        catch (PipelineException flaw)
        {
            throw flaw.At(batch.RowOf(row));
        }
    }

    private struct Counts
    {
        public long All;
        public int Rows;
        public int Last;
    }
}
