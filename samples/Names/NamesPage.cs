using System;
using System.Collections.Generic;
using System.Linq;
using Dsl;
using Dsl.Report;

namespace Names;

/// <summary>What a run has found out.</summary>
/// <param name="History">What <c>Fit</c> returned, with the held-out names as its validation set.</param>
/// <param name="Loss">The held-out loss, nats a character.</param>
/// <param name="PlainLoss">That of the counts of pairs.</param>
/// <param name="Fresh">Names that the network has made.</param>
/// <param name="Known">The names of the file.</param>
/// <param name="HeldOut">Those that are held out.</param>
internal sealed record NamesFindings(History History, double Loss, double PlainLoss, IReadOnlyList<string> Fresh, ISet<string> Known, IReadOnlyList<string> HeldOut)
{
    /// <summary>How many of the made names stand nowhere in the file.</summary>
    public int New => Fresh.Count(name => !Known.Contains(name));
}

/// <summary>The page about a run.</summary>
internal static class NamesPage
{
    private const int Coloured = 12;

    /// <summary>Puts it together.</summary>
    public static ReportPage Of(NameNet network, NamesFindings found, ulong seed)
    {
        ReportPage page = new("NameNet makes first names")
        {
            Lead = FormattableString.Invariant($"A causal transformer over characters, trained on first names; every tenth different name was held out. Seed {seed}; the same seed gives the same bits."),
            Footer = "Names: karpathy/makemore, names.txt.",
        };
        return page
            .Figures(
                new(FormattableString.Invariant($"{found.Loss:F3}"), "nats a character on held-out names"),
                new(FormattableString.Invariant($"{found.PlainLoss:F3}"), "by counts of pairs of characters"),
                new(FormattableString.Invariant($"{found.New} of {found.Fresh.Count}"), "made names stand nowhere in the file"))
            .Curves("Loss, nats a character", [Curve("training", epoch => epoch.Loss), Curve("held out", epoch => epoch.ValidationLoss ?? double.NaN)])
            .Table("Made names", ["name", "in the file"], found.Fresh.Select(name => new object?[] { name, found.Known.Contains(name) ? "yes" : "no" }))
            .Words(
                "Which characters were foreseen",
                found.HeldOut.Take(Coloured).Select(name => Letters(network, name, found.Loss)),
                "Held-out names, letter by letter, and the mark at each end: foreseen better than the mean, or worse.")
            .Network(network);

        Curve Curve(string name, Func<EpochRecord, double> figure) => new(name, [.. found.History.Epochs.Select(figure)]);
    }

    /// <summary>Each character with the logarithm of its probability, against the mean.</summary>
    private static WeightedText Letters(NameNet network, string name, double loss)
    {
        Samples sample = NameText.Of([name]);
        float[] shares = new float[NameText.Steps * NameText.Characters];
        network.Probabilities(sample.Ids(0), shares);
        ReadOnlySpan<int> labels = sample.Labels(0);
        List<WeightedWord> letters = [];
        for (int i = 0; i <= name.Length; i++)
            letters.Add(new(i < name.Length ? name[i..(i + 1)] : "·", Math.Log(shares[(i * NameText.Characters) + labels[i]]) + loss));
        return new(name, letters);
    }
}
