using System;
using System.ComponentModel;
using System.Text.RegularExpressions;
using Dsl.Pipelines.Text;

namespace Dsl.Pipelines;

/// <summary>Splits texts by a regular expression, as Spark MLlib's RegexTokenizer does: at what matches, or into what matches.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public sealed class RegexTokenizerStage
{
    // Where the tokens of the row lie that a thread is at: first unit and length, by turns.
    [ThreadStatic]
    private static int[]? pieces;

    private readonly string stage;
    private readonly Regex expression;
    private readonly bool gaps;
    private readonly int minTokenLength;
    private readonly bool toLowercase;

    /// <summary>A tokenizer.</summary>
    /// <param name="stage">The stage's name, for messages.</param>
    /// <param name="pattern">.NET's syntax; <c>\s</c>, <c>\w</c> and <c>\d</c> are ASCII's.</param>
    /// <param name="gaps">The expression is of what lies between tokens, else of tokens.</param>
    /// <param name="minTokenLength">The fewest UTF-16 units of a token, at least 0.</param>
    /// <param name="toLowercase">Texts are taken in lower case.</param>
    /// <exception cref="ArgumentException">The pattern is no regular expression.</exception>
    public RegexTokenizerStage(string stage, string pattern, bool gaps, int minTokenLength, bool toLowercase)
    {
        ArgumentNullException.ThrowIfNull(pattern);
        this.stage = stage;
        expression = new Regex(JavaPattern.WithAsciiClasses(pattern), RegexOptions.Compiled | RegexOptions.CultureInvariant);
        this.gaps = gaps;
        this.minTokenLength = minTokenLength;
        this.toLowercase = toLowercase;
    }

    /// <summary>Every row of a batch.</summary>
    /// <param name="batch">The rows.</param>
    /// <param name="input">The column of texts.</param>
    /// <param name="output">The column that gets tokens.</param>
    /// <exception cref="PipelineException">A text is null.</exception>
    public void Transform(ColumnBatch batch, int input, int output)
    {
        ArgumentNullException.ThrowIfNull(batch);
        TextColumns.FromTexts(batch, input, output, Transform);
    }

    /// <summary>One row.</summary>
    /// <param name="text">The text.</param>
    /// <exception cref="PipelineException">It is null.</exception>
    public string[] Transform(string? text)
    {
        text = TextColumns.Text(stage, text);
        if (toLowercase)
            text = JavaCase.ToLower(text);
        int count = gaps ? Between(text) : Matches(text);
        int kept = 0;
        for (int i = 0; i < count; i++)
            kept += pieces![(2 * i) + 1] >= minTokenLength ? 1 : 0;
        string[] tokens = new string[kept];
        int at = 0;
        for (int i = 0; i < count; i++)
        {
            if (pieces![(2 * i) + 1] >= minTokenLength)
                tokens[at++] = text.Substring(pieces[2 * i], pieces[(2 * i) + 1]);
        }

        return tokens;
    }

    private int Matches(string text)
    {
        int count = 0;
        foreach (ValueMatch match in expression.EnumerateMatches(text))
        {
            if (!IsWithinPair(text, match.Index))
                Add(count++, match.Index, End(text, match) - match.Index);
        }

        return count;
    }

    // java.util.regex.Pattern.split: no empty piece before an empty match at the start, none at the end, the text itself where nothing matches.
    private int Between(string text)
    {
        int count = 0;
        int done = 0;
        foreach (ValueMatch match in expression.EnumerateMatches(text))
        {
            if ((done == 0 && match.Index == 0 && match.Length == 0) || IsWithinPair(text, match.Index))
                continue;
            Add(count++, done, match.Index - done);
            done = End(text, match);
        }

        Add(count++, done, text.Length - done);
        if (done == 0)
            return count;
        while (count > 0 && pieces![(2 * count) - 1] == 0)
            count--;
        return count;
    }

    // Java matches code points: what .NET finds in one half of a surrogate pair is the pair's, once.
    private static bool IsWithinPair(string text, int at) => at > 0 && at < text.Length && char.IsSurrogatePair(text[at - 1], text[at]);

    private static int End(string text, ValueMatch match) => match.Index + match.Length + (match.Length > 0 && IsWithinPair(text, match.Index + match.Length) ? 1 : 0);

    private static void Add(int piece, int first, int length)
    {
        pieces ??= new int[64];
        if (pieces.Length < 2 * (piece + 1))
            Array.Resize(ref pieces, 2 * pieces.Length);
        pieces[2 * piece] = first;
        pieces[(2 * piece) + 1] = length;
    }
}
