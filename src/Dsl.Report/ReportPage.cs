using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Text;
using Dsl.Runtime;

namespace Dsl.Report;

/// <summary>
/// One HTML page about a network and what it does, put together card by card. It holds all that it shows: no script, and nothing is loaded from elsewhere. Colours follow the reader's light or
/// dark setting; it can be read on a telephone and printed. All texts are taken as text, whatever characters are in them.
/// </summary>
/// <param name="title">The page's heading.</param>
/// <example>
/// <code>
/// new ReportPage("Digits")
///     .Figures(new Figure("97.8 %", "of the test digits read rightly"))
///     .Curves(history)
///     .Confusion(net.Evaluate(test).Confusion!)
///     .Network(net)
///     .Save("report.html");
/// </code>
/// </example>
public sealed class ReportPage(string title)
{
    private readonly string title = title ?? throw new ArgumentNullException(nameof(title));
    private readonly List<Section> sections = [];

    /// <summary>A line or two below the heading; null: none.</summary>
    public string? Lead { get; init; }

    /// <summary>Small print at the end, such as where the data are from; null: none.</summary>
    public string? Footer { get; init; }

    /// <summary>Adds large numbers side by side; the first is the one that matters most.</summary>
    /// <param name="figures">The numbers, at least one.</param>
    public ReportPage Figures(params Figure[] figures) => Add(new FiguresSection(Some(figures, nameof(figures))));

    /// <summary>Adds paragraphs.</summary>
    /// <param name="title">The card's heading.</param>
    /// <param name="paragraphs">Its paragraphs.</param>
    public ReportPage Text(string title, params string[] paragraphs) => Add(new TextSection(Given(title), Some(paragraphs, nameof(paragraphs))));

    /// <summary>Adds the curves of a training: the loss, and where something was classified the accuracy; of training and validation.</summary>
    /// <param name="history">What <c>Fit</c> returned; one without epochs adds nothing.</param>
    /// <param name="validation">What the page calls the validation samples.</param>
    public ReportPage Curves(History history, string validation = "validation")
    {
        ArgumentNullException.ThrowIfNull(history);
        AddHistory("Loss", null, CurveScale.Even, history, validation, epoch => epoch.Loss, epoch => epoch.ValidationLoss);
        return AddHistory(
            "Accuracy",
            "The axis follows the logarithm of the errors: half as many is the same height up anywhere.",
            CurveScale.Accuracy,
            history,
            validation,
            epoch => epoch.Accuracy,
            epoch => epoch.ValidationAccuracy);
    }

    /// <summary>Adds a chart.</summary>
    /// <param name="title">The card's heading.</param>
    /// <param name="curves">Its lines, at least one, with at least one figure in all.</param>
    /// <param name="scale">How figures lie on the upright axis.</param>
    /// <param name="over">What the level axis counts from 1: epochs, steps ...</param>
    /// <param name="note">A line below the heading; null: none.</param>
    /// <exception cref="ArgumentException">There is nothing to draw.</exception>
    public ReportPage Curves(string title, IEnumerable<Curve> curves, CurveScale scale = CurveScale.Even, string over = "epoch", string? note = null)
    {
        Curve[] all = Some(curves, nameof(curves));
        if (all.All(curve => curve.Values.Count == 0))
            throw new ArgumentException($"The curves of {title} have no figures.", nameof(curves));
        return Add(new CurvesSection(Given(title), note, scale, Given(over), all));
    }

    /// <summary>Adds a confusion matrix: how often each class was taken for which.</summary>
    /// <param name="confusion">The counts.</param>
    /// <param name="classes">The names of the classes; null: their numbers.</param>
    /// <param name="title">The card's heading.</param>
    /// <param name="note">A line below the heading; null: none.</param>
    /// <exception cref="ArgumentException">There are not as many names as classes.</exception>
    public ReportPage Confusion(
        ConfusionMatrix confusion,
        IReadOnlyList<string>? classes = null,
        string title = "What was taken for what",
        string? note = "A row for each class as it is, a column for what it was taken for.")
    {
        ArgumentNullException.ThrowIfNull(confusion);
        if (classes is not null && classes.Count != confusion.Classes)
            throw new ArgumentException($"{classes.Count} names were given for the {confusion.Classes} classes of the matrix.", nameof(classes));
        return Add(new ConfusionSection(Given(title), note, confusion, classes));
    }

    /// <summary>Adds a network: a diagram of its layers and branches with bars of parameters and operations, and the table of its layers.</summary>
    /// <param name="network">The network.</param>
    /// <param name="title">The card's heading; null: the network's name.</param>
    /// <param name="note">A line below the heading; null: none.</param>
    /// <exception cref="ArgumentException">The network has no layers.</exception>
    public ReportPage Network(
        INetwork network,
        string? title = null,
        string? note = "Norms and activations stand with the layer that they follow. Shapes without the batch; operations of one sample's forward pass.")
    {
        ArgumentNullException.ThrowIfNull(network);
        return network.Layers.Count > 0
            ? Add(new NetworkSection(title ?? network.Name, note, network.Name, network.Layers))
            : throw new ArgumentException($"{network.Name} tells of no layers to draw.", nameof(network));
    }

    /// <summary>Adds a pipeline: its columns flowing through its stages as a picture, and what the stages learnt.</summary>
    /// <param name="pipeline">The pipeline.</param>
    /// <param name="title">The card's heading; null: the pipeline's name.</param>
    /// <param name="note">A line below the heading; null: none.</param>
    public ReportPage Pipeline(IPipeline pipeline, string? title = null, string? note = "Every column goes down from where it is made to where it is read last.")
    {
        ArgumentNullException.ThrowIfNull(pipeline);
        return Add(new PipelineSection(title ?? pipeline.Name, note, pipeline.Name, pipeline.Columns, pipeline.Stages));
    }

    /// <summary>Adds a table.</summary>
    /// <param name="title">The card's heading.</param>
    /// <param name="columns">The heads of its columns.</param>
    /// <param name="rows">Its rows: texts, which stay as they are, whole numbers, or other numbers, which are rounded to four digits.</param>
    /// <param name="note">A line below the heading; null: none.</param>
    /// <exception cref="ArgumentException">A row has not as many cells as there are columns.</exception>
    public ReportPage Table(string title, IReadOnlyList<string> columns, IEnumerable<IReadOnlyList<object?>> rows, string? note = null)
    {
        ArgumentNullException.ThrowIfNull(rows);
        return Add(new TableSection(Given(title), note, Some(columns, nameof(columns)), rows));
    }

    /// <summary>Adds pictures with captions, side by side.</summary>
    /// <param name="title">The card's heading.</param>
    /// <param name="tiles">The pictures; none is allowed.</param>
    /// <param name="note">A line below the heading; null: none.</param>
    public ReportPage Tiles(string title, IEnumerable<Tile> tiles, string? note = null) => Add(new TilesSection(Given(title), note, All(tiles, nameof(tiles))));

    /// <summary>Adds pairs of pictures, before and after.</summary>
    /// <param name="title">The card's heading.</param>
    /// <param name="pairs">The pairs.</param>
    /// <param name="before">What stands below the left ones.</param>
    /// <param name="after">What stands below the right ones.</param>
    /// <param name="note">A line below the heading; null: none.</param>
    public ReportPage Pairs(string title, IEnumerable<PicturePair> pairs, string before = "before", string after = "after", string? note = null) =>
        Add(new PairsSection(Given(title), note, Given(before), Given(after), All(pairs, nameof(pairs))));

    /// <summary>Adds texts whose words are coloured by their weights.</summary>
    /// <param name="title">The card's heading.</param>
    /// <param name="texts">The texts.</param>
    /// <param name="note">A line below the heading that says what the colours mean; null: none.</param>
    public ReportPage Words(string title, IEnumerable<WeightedText> texts, string? note = null) => Add(new WordsSection(Given(title), note, All(texts, nameof(texts))));

    /// <summary>The page as it stands so far.</summary>
    public string ToHtml()
    {
        HtmlWriter html = new();
        html.Line($"<!DOCTYPE html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\"/>\n<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\"/>\n<title>{title}</title>\n<style>");
        html.Style(PageStyle.Text);
        html.Line($"</style>\n</head>\n<body>\n<main>\n<h1>{title}</h1>");
        if (Lead is not null)
            html.Line($"<p class=\"lead\">{Lead}</p>");
        html.Line($"<div class=\"grid\">");
        bool isSecond = false;
        for (int i = 0; i < sections.Count; i++)
        {
            bool isFirst = !sections[i].IsWide && !isSecond;
            sections[i].Write(html, isFirst && (i + 1 == sections.Count || sections[i + 1].IsWide));
            isSecond = isFirst;
        }

        html.Line($"</div>");
        if (Footer is not null)
            html.Line($"<footer>{Footer}</footer>");
        html.Line($"</main>\n</body>\n</html>");
        return html.ToString();
    }

    /// <summary>Writes the page to a file, whole or not at all.</summary>
    /// <param name="path">The file.</param>
    /// <exception cref="IOException">It cannot be written; the message names it.</exception>
    public void Save(string path)
    {
        byte[] page = Encoding.UTF8.GetBytes(ToHtml());
        FileReplacement.Write(path, stream => stream.Write(page));
    }

    private static string Given(string text) => text ?? throw new ArgumentNullException(nameof(text));

    private static T[] All<T>(IEnumerable<T> items, string name)
        where T : class
    {
        ArgumentNullException.ThrowIfNull(items, name);
        T[] all = [.. items];
        int missing = Array.IndexOf(all, null);
        return missing < 0 ? all : throw new ArgumentException($"Number {missing} of the {name} is null.", name);
    }

    private static T[] Some<T>(IEnumerable<T> items, string name)
        where T : class
    {
        T[] all = All(items, name);
        return all.Length > 0 ? all : throw new ArgumentException($"There are no {name}; at least one is wanted.", name);
    }

    private ReportPage AddHistory(
        string title,
        string? note,
        CurveScale scale,
        History history,
        string validation,
        Func<EpochRecord, double?> training,
        Func<EpochRecord, double?> validating)
    {
        Curve[] curves = [.. new[] { ("training", training), (Given(validation), validating) }
            .Select(curve => new Curve(curve.Item1, [.. history.Epochs.Select(epoch => curve.Item2(epoch) ?? double.NaN)]))
            .Where(curve => curve.Values.Any(double.IsFinite))];
        return curves.Length == 0 ? this : Add(new CurvesSection(title, note, scale, "epoch", curves));
    }

    private ReportPage Add(Section section)
    {
        sections.Add(section);
        return this;
    }
}
