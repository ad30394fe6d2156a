using System;
using System.Collections.Generic;
using System.Linq;
using Dsl;
using Dsl.Report;

namespace Dates;

/// <summary>What a run has found out.</summary>
/// <param name="History">What <c>Fit</c> returned, with the held-out dates as its validation set.</param>
/// <param name="Dates">The held-out dates.</param>
/// <param name="Read">What the network makes of them.</param>
/// <param name="Parsed">What .NET's parser makes of them; null where it gives up.</param>
internal sealed record DatesFindings(History History, IReadOnlyList<WrittenDate> Dates, string[] Read, string?[] Parsed)
{
    private const int Shown = 15;
    private const int MostWrong = 5;

    /// <summary>The share that the network reads rightly, every character of it.</summary>
    public double Share => ShareOf(Read);

    /// <summary>The share that the parser reads rightly.</summary>
    public double ParsedShare => ShareOf(Parsed);

    /// <summary>Numbers of dates to show: the first ones, and the first that the network gets wrong.</summary>
    public IEnumerable<int> Examples =>
        Enumerable.Range(0, Math.Min(Shown, Dates.Count)).Concat(Enumerable.Range(0, Dates.Count).Where(i => Read[i] != Dates[i].Iso).Take(MostWrong)).Distinct();

    private double ShareOf(string?[] read) => Dates.Where((date, i) => date.Iso == read[i]).Count() / (double)Dates.Count;
}

/// <summary>The page about a run.</summary>
internal static class DatesPage
{
    /// <summary>Puts it together.</summary>
    public static ReportPage Of(DateNet network, DatesFindings found, int seed)
    {
        ReportPage page = new("DateNet reads dates")
        {
            Lead = FormattableString.Invariant($"An encoder over the characters given, a decoder that asks it by attention; {found.Dates.Count} dates of days that it has not seen in any way of writing. Seed {seed}."),
        };
        return page
            .Figures(
                new(FormattableString.Invariant($"{found.Share * 100:F2} %"), "of held-out dates read rightly"),
                new(FormattableString.Invariant($"{found.ParsedShare * 100:F2} %"), "by .NET's DateTime.TryParse"))
            .Curves(found.History, "held out")
            .Table(
                "Held-out dates",
                ["written", "is", "network", "TryParse"],
                found.Examples.Select(i => new object?[] { found.Dates[i].Text, found.Dates[i].Iso, found.Read[i], found.Parsed[i] ?? "gives up" }),
                "The first ones, and behind them the first that the network gets wrong.")
            .Network(network);
    }
}
