using System;
using System.Collections.Generic;
using System.Globalization;
using Dsl;

namespace Dates;

/// <summary>Reads written dates: by the network, character by character the likeliest; and, to compare, by .NET's parser.</summary>
internal static class DateReader
{
    private const int Batch = 256;

    private static readonly CultureInfo DayFirst = new("", false)
    {
        DateTimeFormat = { ShortDatePattern = "dd/MM/yyyy", LongDatePattern = "dddd, d MMMM yyyy", Calendar = new GregorianCalendar { TwoDigitYearMax = 2049 } },
    };

    /// <summary>What the network makes of texts.</summary>
    public static string[] Read(DateNet network, IReadOnlyList<string> texts)
    {
        string[] read = new string[texts.Count];
        for (int start = 0; start < read.Length; start += Batch)
            Read(network, texts, start, Math.Min(Batch, read.Length - start), read);
        return read;
    }

    /// <summary>What a parser without learning makes of a text; null where it gives up.</summary>
    public static string? Parse(string text) => DateTime.TryParse(text, DayFirst, DateTimeStyles.None, out DateTime date) ? date.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture) : null;

    private static void Read(DateNet network, IReadOnlyList<string> texts, int start, int count, string[] read)
    {
        int[] given = new int[count * DateText.Longest];
        int[] written = new int[count * DateText.Written];
        for (int n = 0; n < count; n++)
        {
            DateText.Put(texts[start + n], given.AsSpan(n * DateText.Longest, DateText.Longest));
            written[n * DateText.Written] = DateText.Start;
        }

        // What stands behind the step that is asked for is not looked at: the decoder is causal.
        int[] labels = new int[count * DateText.Written];
        for (int step = 1; step <= DateText.Written; step++)
        {
            network.Classify(given, written, labels);
            for (int n = 0; n < count && step < DateText.Written; n++)
                written[(n * DateText.Written) + step] = labels[(n * DateText.Written) + step - 1];
        }

        for (int n = 0; n < count; n++)
            read[start + n] = DateText.Of(labels.AsSpan(n * DateText.Written, DateText.Written));
    }
}
