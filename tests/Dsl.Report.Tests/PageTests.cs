using System;
using System.Collections.Generic;
using System.Globalization;
using System.IO;
using System.Linq;
using System.Runtime.CompilerServices;
using System.Text.RegularExpressions;
using System.Xml.Linq;
using Dsl.Runtime;
using FsCheck;
using FsCheck.Fluent;
using Xunit;

namespace Dsl.Report.Tests;

public sealed class PageTests : IDisposable
{
    private const string Hostile = "<script>alert('1')</script> & \"quoted\" ]]> <!-- \u0001\uD800 http: é 漢 😀";

    private readonly string folder = Directory.CreateTempSubdirectory("report").FullName;

    public void Dispose() => Directory.Delete(folder, recursive: true);

    [Fact]
    public void A_page_with_every_card_is_well_formed_and_asks_for_nothing_from_elsewhere()
    {
        string html = EveryCard("plain text").ToHtml();
        foreach (string outside in (string[])["http", "<script", "<link", "<iframe", "<object", "url(", "@import", "href", "javascript:", "srcset"])
            Assert.DoesNotContain(outside, html, StringComparison.OrdinalIgnoreCase);
        XElement[] images = [.. Parse(html).Descendants("img")];
        Assert.Equal(5, images.Length);
        Assert.All(images, image => Assert.StartsWith("data:image/png;base64,iVBOR", (string?)image.Attribute("src"), StringComparison.Ordinal));
        Assert.DoesNotContain("NaN", html, StringComparison.Ordinal);
        Assert.DoesNotContain("\u221E", html, StringComparison.Ordinal);
    }

    [Fact]
    public void Whatever_a_text_holds_it_is_text()
    {
        string html = EveryCard(Hostile).ToHtml();
        XElement page = Parse(html);
        Assert.Empty(page.Descendants("script"));
        string read = Hostile.Replace('\u0001', '\uFFFD').Replace('\uD800', '\uFFFD');

        // The heading and the title, the lead, the footer, and what stands in each of the cards.
        Assert.True(page.DescendantNodes().OfType<XText>().Count(text => text.Value.Contains(read, StringComparison.Ordinal)) >= 25);
        Assert.Equal(read, page.Descendants("h1").Single().Value);
        Assert.Contains(page.Descendants("img"), image => (string?)image.Attribute("alt") == read);
    }

    [Fact]
    public void Any_string_comes_back_as_it_was_but_for_what_xml_has_no_character_for() =>
        Prop.ForAll(ArbMap.Default.ArbFor<string?>(), text =>
        {
            HtmlWriter html = new();
            html.Add($"<p title=\"{text}\">{text}</p>");
            XElement read = XElement.Parse(html.ToString(), LoadOptions.PreserveWhitespace);
            string wanted = string.Concat((text ?? "").EnumerateRunes().Select(rune =>
                rune.Value is (< ' ' and not ('\t' or '\n' or '\r')) or (>= 0x7F and <= 0x9F) or 0xFFFE or 0xFFFF ? "\uFFFD" : rune.ToString()));
            // A parser makes one line end of each kind, and blanks of those in attributes.
            return read.Value == wanted.Replace("\r\n", "\n", StringComparison.Ordinal).Replace('\r', '\n');
        }).QuickCheckThrowOnFailure();

    [Fact]
    public void Numbers_do_not_depend_on_the_culture()
    {
        CultureInfo before = CultureInfo.CurrentCulture;
        string invariant = EveryCard("text").ToHtml();
        CultureInfo comma = (CultureInfo)CultureInfo.InvariantCulture.Clone();
        comma.NumberFormat.NumberDecimalSeparator = ",";
        comma.NumberFormat.NegativeSign = "~";
        comma.NumberFormat.PercentSymbol = "pc";
        try
        {
            CultureInfo.CurrentCulture = comma;
            Assert.Equal(invariant, EveryCard("text").ToHtml());
        }
        finally
        {
            CultureInfo.CurrentCulture = before;
        }
    }

    [Fact]
    public void A_page_reads_as_verified()
    {
        using Mixed net = new();
        string html = new ReportPage("Reviews & stars") { Lead = "What a page is made of.", Footer = "Small print." }
            .Figures(new("0.834", "AUC"), new("1,066", "test sentences"))
            .Curves("Loss", [new Curve("training", [0.7, 0.5, double.NaN, 0.4]), new Curve("test", [0.6, 0.55])])
            .Table("Beside a baseline", ["model", "AUC", "parameters"], [["LSTM", 0.834, 1234567], ["<bag of words>", 0.8012345, null]])
            .Network(net)
            .Words("What moved it", [new("positive, 0.93", [new("a", 0), new("wonderful", 0.5), new("mess", -0.25)])], "Green speaks for.")
            .Tiles("Pictures", [new(Picture.Grey([0, 1], 1, 2), "two pixels") { Bars = [new("0", 0.25), new("1", 0.75, Tone.Good)] }])
            .ToHtml();
        html = Regex.Replace(html, "<style>.*</style>", "<style>...</style>", RegexOptions.Singleline);
        Verify("Page", Regex.Replace(html, "base64,[^\"]*", "base64,..."));
    }

    [Fact]
    public void A_half_card_that_nothing_stands_beside_has_the_row_for_itself()
    {
        Curve[] one = [new("one", [1, 2])];
        XElement page = Parse(new ReportPage("p").Curves("a", one).Curves("b", one).Curves("c", one).Text("d", "text").Curves("e", one).Curves("f", one).ToHtml());
        Assert.Equal([null, null, "lone", "wide text", null, null], page.Descendants("section").Select(section => (string?)section.Attribute("class")));
    }

    [Fact]
    public void A_page_is_written_whole_or_not_at_all()
    {
        string path = Path.Combine(folder, "page.html");
        ReportPage page = new("first");
        page.Save(path);
        Assert.Equal(page.ToHtml(), File.ReadAllText(path));
        IOException error = Assert.Throws<IOException>(() => page.Save(Path.Combine(folder, "none", "page.html")));
        Assert.Contains(Path.Combine("none", "page.html"), error.Message, StringComparison.Ordinal);
        Assert.Equal([path], Directory.GetFiles(folder));
    }

    [Fact]
    public void What_does_not_fit_is_told()
    {
        ReportPage page = new("p");
        Told("Row 2 of the table t has 1 cells, but there are 2 columns.", () => page.Table("t", ["a", "b"], [[1, 2], [3]]));
        Told("3 names were given for the 2 classes of the matrix.", () => page.Confusion(new ConfusionMatrix(2), ["a", "b", "c"]));
        Told("There are no figures; at least one is wanted.", () => page.Figures());
        Told("The curves of c have no figures.", () => page.Curves("c", [new Curve("x", [])]));
        Told("Number 1 of the tiles is null.", () => page.Tiles("t", [new Tile(Picture.Grey([1], 1, 1), ""), null!]));
        Told("A picture of 2×3 has 6 values, but 5 were given.", () => Picture.Grey(new float[5], 2, 3));
        Told("A picture of 3×2×3 has 18 values, but 6 were given.", () => Picture.Rgb(new float[6], 2, 3));
        Told("The range of a picture's values goes from 1 to 1; two different finite numbers are wanted.", () => Picture.Ink(new float[1], 1, 1, 1, 1));
        using Plain net = new();
        Told("nothing tells of no layers to draw.", () => page.Network(new Renamed(net, "nothing", layers: 0)));
        Assert.Throws<ArgumentNullException>(() => new ReportPage(null!));
        Assert.Throws<ArgumentNullException>(() => page.Network(null!));
        Assert.DoesNotContain("<section", page.ToHtml(), StringComparison.Ordinal);
    }

    [Fact]
    public void A_history_gives_the_curves_that_it_has()
    {
        Samples data = Comparisons();
        using Plain net = new(1);
        History bare = net.Fit(data, new FitOptions { Epochs = 1 });
        XElement page = Parse(new ReportPage("p").Curves(bare).ToHtml());
        Assert.Equal(["Loss", "Accuracy"], page.Descendants("h2").Select(heading => heading.Value));
        Assert.Equal(2, page.Descendants("path").Count());
        History both = net.Fit(data, new FitOptions { Epochs = 12, Validation = data });
        page = Parse(new ReportPage("p").Curves(both, "held out").ToHtml());
        Assert.Equal(4, page.Descendants("path").Count());
        Assert.Equal(4 * 12, page.Descendants("circle").Count());
        Assert.Contains("held out", page.Value, StringComparison.Ordinal);
    }

    [Fact]
    public void A_curve_has_a_gap_where_there_is_no_number()
    {
        XElement path = Parse(new ReportPage("p").Curves("c", [new Curve("x", [1, double.NaN, double.PositiveInfinity, 2, 3])]).ToHtml()).Descendants("path").Single();
        Assert.Matches(@"^M[\d.]+,[\d.]+M[\d.]+,[\d.]+L[\d.]+,[\d.]+$", (string?)path.Attribute("d"));
        Assert.Empty((string)Parse(new ReportPage("p").Curves("c", [new Curve("x", [double.NaN])]).ToHtml()).Descendants("path").Single().Attribute("d")!);
    }

    [Theory]
    [InlineData(0, 0)]
    [InlineData(1e-30, 3e-30)]
    [InlineData(-1e300, 1e300)]
    [InlineData(1e9, 1e9 + 1)]
    [InlineData(123456789, 123456789)]
    [InlineData(-5, 7)]
    public void An_axis_holds_its_figures_between_few_round_numbers(double low, double high)
    {
        CurveAxis axis = CurveAxis.Of(CurveScale.Even, [low, high]);
        Assert.InRange(axis.Ticks.Count, 2, 13);
        Assert.True(axis.Ticks[0] <= low && axis.Ticks[^1] >= high, $"{axis.Ticks[0]} to {axis.Ticks[^1]}");
        Assert.Equal(axis.Ticks.Count, axis.Ticks.Select(axis.Label).Distinct().Count());
        Assert.InRange(axis.Share(low), 0, axis.Share(high));
    }

    [Theory]
    [InlineData(0.2, 0.7, 0, 0.8)]
    [InlineData(0.9, 0.9, 0.9, 0.95)]
    [InlineData(0.5, 1, 0.5, 0.999)]
    [InlineData(0.9999, 1, 0.995, 0.999)]
    [InlineData(-1, -1, 0, 0.5)]
    public void An_axis_of_accuracies_goes_as_far_as_they_do(double low, double high, double first, double last)
    {
        CurveAxis axis = CurveAxis.Of(CurveScale.Accuracy, [high, double.NaN, low]);
        Assert.Equal((first, last), (axis.Ticks[0], axis.Ticks[^1]));
        Assert.InRange(axis.Share(low), 0, axis.Share(high));
    }

    private static void Told(string message, Action action) => Assert.StartsWith(message, Assert.Throws<ArgumentException>(action).Message, StringComparison.Ordinal);

    private static Samples Comparisons()
    {
        Random random = new(1);
        float[] inputs = [.. Enumerable.Range(0, 400).Select(_ => random.NextSingle())];
        int[] labels = [.. Enumerable.Range(0, 100).Select(i => inputs[4 * i] > inputs[(4 * i) + 1] ? 1 : 0)];
        return new Samples(inputs, labels);
    }

    private static ReportPage EveryCard(string text)
    {
        float[] grey = [.. Enumerable.Range(0, 64).Select(i => i / 63f)];
        float[] rgb = [.. Enumerable.Range(0, 300).Select(i => (i % 20) / 20f)];
        ConfusionMatrix confusion = new([0, 1, 1, 0], [0, 1, 0, 0], 2);
        using ResidualNet residual = new();
        return new ReportPage(text) { Lead = text, Footer = text }
            .Figures(new(text, text), new("2.3 s", text))
            .Text(text, text, text)
            .Curves(text, Enumerable.Range(0, 7).Select(i => new Curve(text, [1, 2.5, double.NaN, 4 + i])), over: text, note: text)
            .Curves(text, [new Curve(text, [0.5, 1, double.NegativeInfinity])], CurveScale.Accuracy)
            .Confusion(confusion, [text, text], text, text)
            .Network(residual, text, text)
            .Network(new Renamed(residual, text))
            .Table(text, [text, text], [[text, 0.5], [null, double.NaN.Equals(0)]], text)
            .Tiles(text, [new(Picture.Grey(grey, 8, 8), text), new(Picture.Ink(grey, 8, 8), text, text) { Bars = [new(text, double.NaN, Tone.Bad), new(text, 7)] }, new(Picture.Rgb(rgb, 10, 10), text)], text)
            .Pairs(text, [new PicturePair(Picture.Ink(grey, 8, 8), Picture.Grey(grey, 8, 8), text)], text, text, text)
            .Words(text, [new(text, [new(text, 1), new(text, -0.5), new(text, double.NaN), new(text, 0)])], text);
    }

    private static XElement Parse(string html) => XDocument.Parse(html).Root!;

    private static void Verify(string name, string received, [CallerFilePath] string source = "")
    {
        string path = Path.Combine(Path.GetDirectoryName(source)!, name);
        File.Delete(path + ".received.txt");
        if (Environment.GetEnvironmentVariable("DSL_UPDATE") == "1")
            File.WriteAllText(path + ".verified.txt", received);
        if (File.Exists(path + ".verified.txt") && File.ReadAllText(path + ".verified.txt").Replace("\r\n", "\n", StringComparison.Ordinal) == received)
            return;
        File.WriteAllText(path + ".received.txt", received);
        Assert.Fail($"The page differs from its verified text; see {path}.received.txt, and run with DSL_UPDATE=1 to take it over.");
    }

    /// <summary>A network under names that no declaration could give.</summary>
    private sealed class Renamed(INetwork network, string name, int layers = int.MaxValue) : INetwork
    {
        public string Name => name;

        public IReadOnlyList<PortInfo> Inputs => network.Inputs;

        public IReadOnlyList<PortInfo> Outputs => network.Outputs;

        public IReadOnlyList<LayerRow> Layers => [.. network.Layers.Take(layers).Select(row => row with { Name = name, Shape = name, Layer = name, Outputs = [.. row.Outputs.Select(_ => name)] })];

        public ParameterList Parameters => network.Parameters;

        public void Predict(ReadOnlySpan<float> inputs, Span<float> outputs) => network.Predict(inputs, outputs);

        public void Predict(ReadOnlySpan<int> ids, Span<float> outputs) => network.Predict(ids, outputs);

        public void Save(string path) => network.Save(path);

        public void Save(Stream stream) => network.Save(stream);

        public string Summary() => network.Summary();

        public void Dispose()
        {
        }
    }
}
