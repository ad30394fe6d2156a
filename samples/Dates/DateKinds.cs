using System;
using System.Collections.Generic;
using System.Globalization;

namespace Dates;

/// <summary>Writes dates in many ways. Of numbers alone the day comes before the month; of two figures a year is from 1950 to 2049.</summary>
internal static class DateKinds
{
    private static readonly DateOnly First = new(1950, 1, 1);

    private static readonly int Days = new DateOnly(2050, 1, 1).DayNumber - First.DayNumber;

    private static readonly string[] Ordinals =
    [
        "first", "second", "third", "fourth", "fifth", "sixth", "seventh", "eighth", "ninth", "tenth", "eleventh", "twelfth", "thirteenth", "fourteenth", "fifteenth", "sixteenth",
        "seventeenth", "eighteenth", "nineteenth", "twentieth", "twenty-first", "twenty-second", "twenty-third", "twenty-fourth", "twenty-fifth", "twenty-sixth", "twenty-seventh",
        "twenty-eighth", "twenty-ninth", "thirtieth", "thirty-first",
    ];

    private static readonly Func<DateOnly, string>[] All =
    [
        date => $"the {Ordinals[date.Day - 1]} of {Text(date, "MMMM yyyy")}",
        date => $"{Text(date, "MMMM")} the {Ordinals[date.Day - 1]}, {date.Year}",
        date => Text(date, "d MMMM yyyy"),
        date => Text(date, "MMMM d, yyyy"),
        date => Text(date, "dddd, d MMMM yyyy"),
        date => $"{Text(date, "dddd, MMMM")} {Figures(date)}, {date.Year}",
        date => $"{Text(date, "MMM")} {Figures(date)} {date.Year}",
        date => $"{Figures(date)} {Text(date, "MMM")} '{Text(date, "yy")}",
        date => Text(date, "d-MMM-yy"),
        date => Text(date, "d/M/yy"),
        date => Text(date, "d/M/yyyy"),
        date => Text(date, "dd.MM.yyyy"),
        date => Text(date, "yyyy/M/d"),
        date => Text(date, "yyyyMMdd"),
    ];

    /// <summary>How many ways there are.</summary>
    public static int Count => All.Length;

    /// <summary>A date in one of the ways.</summary>
    public static WrittenDate Write(DateOnly date, int kind) => new(All[kind](date), date);

    /// <summary>Draws dates to train on and dates that are held out: no held-out day stands among the others in whatever way. A text in five has small letters alone.</summary>
    public static (List<WrittenDate> Training, List<WrittenDate> HeldOut) Draw(int training, int heldOut, int seed)
    {
        Random random = new(seed);
        HashSet<int> apart = [];
        List<WrittenDate> held = Some(heldOut, day =>
        {
            apart.Add(day);
            return true;
        });
        return (Some(training, day => !apart.Contains(day)), held);

        List<WrittenDate> Some(int count, Func<int, bool> takes)
        {
            List<WrittenDate> dates = [];
            while (dates.Count < count)
            {
                int day = random.Next(Days);
                if (!takes(day))
                    continue;
                WrittenDate date = Write(First.AddDays(day), random.Next(All.Length));
                dates.Add(random.Next(5) == 0 ? date with { Text = Small(date.Text) } : date);
            }

            return dates;
        }
    }

    // What is written is small letters, not compared.
    private static string Small(string text) => string.Create(text.Length, text, static (to, from) => from.AsSpan().ToLowerInvariant(to));

    private static string Text(DateOnly date, string format) => date.ToString(format.Length == 1 ? "%" + format : format, CultureInfo.InvariantCulture);

    private static string Figures(DateOnly date) => date.Day.ToString(CultureInfo.InvariantCulture) + (date.Day % 10, date.Day / 10) switch
    {
        (1, not 1) => "st",
        (2, not 1) => "nd",
        (3, not 1) => "rd",
        _ => "th",
    };
}
