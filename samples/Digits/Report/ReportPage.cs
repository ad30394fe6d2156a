using System;
using System.Globalization;
using System.Linq;
using System.Net;
using System.Text;
using Dsl;
using Dsl.Runtime;

namespace Digits.Report;

/// <summary>One HTML page about a training run. It holds all that it shows: no script, and nothing is loaded from elsewhere.</summary>
/// <param name="network">The trained network.</param>
/// <param name="history">What <c>Fit</c> returned, with the test samples as its validation set.</param>
/// <param name="reading">What the network reads in the test samples.</param>
/// <param name="seed">The run's seed.</param>
/// <param name="time">How long training took.</param>
internal sealed class ReportPage(INetwork network, History history, TestReading reading, ulong seed, TimeSpan time)
{
    private static readonly CompositeFormat s_whole = CompositeFormat.Parse("{0:#,##0}");

    /// <summary>Writes the page.</summary>
    public string Write()
    {
        string name = WebUtility.HtmlEncode(network.Name);
        long parameters = network.Layers.Sum(row => row.Parameters);
        long trained = history.Epochs.Count;
        return string.Create(CultureInfo.InvariantCulture, $"""
            <!DOCTYPE html>
            <html lang="en">
            <head>
            <meta charset="utf-8">
            <meta name="viewport" content="width=device-width, initial-scale=1">
            <title>{name}: handwritten digits</title>
            <style>
            {PageStyle.Text}
            </style>
            </head>
            <body>
            <main>
            <h1>{name} reads handwritten digits</h1>
            <p class="lead">Trained on three of every four samples of each digit, tested on the {reading.Confusion.Count} others,
            which this run used neither for its weights nor for when to stop. Seed {seed}; the same seed gives the same bits.</p>
            <section class="figures">
            <div class="first"><b>{reading.Confusion.Accuracy * 100:F2} %</b><span>of the test digits read rightly</span></div>
            <div><b>{reading.Misreadings.Count} of {reading.Confusion.Count}</b><span>read wrongly</span></div>
            <div><b>{Whole(parameters)}</b><span>parameters</span></div>
            <div><b>{time.TotalSeconds:F1} s</b><span>for {trained} {(trained == 1 ? "epoch" : "epochs")}, {Compute.Threads} {(Compute.Threads == 1 ? "thread" : "threads")}</span></div>
            </section>
            <div class="grid">
            <section>
            <h2>Accuracy</h2>
            <p class="soft">The axis follows the logarithm of the errors: half as many is the same height up anywhere.</p>
            {AccuracyChart()}
            </section>
            <section>
            <h2>Loss</h2>
            <p class="soft">Label smoothing keeps even a perfect network well above zero.</p>
            {LossChart()}
            </section>
            <section>
            <h2>Which digit was read as which</h2>
            <p class="soft">A row for each digit as written, a column for what was read.</p>
            <div class="scroll">{ConfusionTable()}</div>
            </section>
            <section>
            <h2>Layers</h2>
            <p class="soft">Shapes without the batch; operations of one sample's forward pass.</p>
            <div class="scroll">{LayerTable()}</div>
            </section>
            <section class="wide">
            {Misreadings()}
            </section>
            </div>
            <footer>Digits: E. Alpaydin, C. Kaynak, Optical Recognition of Handwritten Digits, UCI Machine Learning Repository, 1998 (CC BY 4.0).</footer>
            </main>
            </body>
            </html>

            """);
    }

    private static string Whole(long number) => string.Format(CultureInfo.InvariantCulture, s_whole, number);

    private static string NumberCell(long number) => $"<td class=\"number{(number == 0 ? " nothing" : "")}\">{Whole(number)}</td>";

    private string AccuracyChart()
    {
        double[] train = [.. history.Epochs.Select(epoch => epoch.Accuracy ?? double.NaN)];
        double[] test = [.. history.Epochs.Select(epoch => epoch.ValidationAccuracy ?? double.NaN)];
        return new CurveChart(CurveAxis.Accuracy([.. train, .. test]), "P2").Draw("accuracy over the epochs", new Curve("training", "train", train), new Curve("test", "test", test));
    }

    private string LossChart()
    {
        double[] train = [.. history.Epochs.Select(epoch => epoch.Loss)];
        double[] test = [.. history.Epochs.Select(epoch => epoch.ValidationLoss ?? double.NaN)];
        return new CurveChart(CurveAxis.Even([.. train, .. test]), "F4").Draw("loss over the epochs", new Curve("training", "train", train), new Curve("test", "test", test));
    }

    private string ConfusionTable()
    {
        ConfusionMatrix confusion = reading.Confusion;
        StringBuilder table = new("<table class=\"confusion\">\n<tr><th></th>");
        for (int predicted = 0; predicted < confusion.Classes; predicted++)
            table.Append(CultureInfo.InvariantCulture, $"<th scope=\"col\">{predicted}</th>");
        table.Append("<th class=\"rate recall\" scope=\"col\">recall</th></tr>\n");
        for (int actual = 0; actual < confusion.Classes; actual++)
        {
            table.Append(CultureInfo.InvariantCulture, $"<tr><th scope=\"row\">{actual}</th>");
            for (int predicted = 0; predicted < confusion.Classes; predicted++)
            {
                long count = confusion[actual, predicted];
                double share = (double)count / Math.Max(1, confusion.Support(actual));
                table.Append(count == 0
                    ? "<td class=\"none\"></td>"
                    : string.Create(
                        CultureInfo.InvariantCulture,
                        $"<td class=\"{(actual == predicted ? "right" : "wrong")}\" style=\"--share:{share:F3}\" title=\"{count} × {actual} read as {predicted}\">{count}</td>"));
            }

            table.Append(CultureInfo.InvariantCulture, $"<td class=\"rate\">{confusion.Recall(actual):F3}</td></tr>\n");
        }

        table.Append("<tr><th class=\"rate\" scope=\"row\">prec.</th>");
        for (int predicted = 0; predicted < confusion.Classes; predicted++)
            table.Append(CultureInfo.InvariantCulture, $"<td class=\"rate\">{confusion.Precision(predicted):F2}</td>");
        return table.Append("<td></td></tr>\n</table>").ToString();
    }

    private string LayerTable()
    {
        StringBuilder table = new("<table class=\"layers\">\n<thead><tr><th>layer</th><th>shape</th><th class=\"number\">parameters</th><th class=\"number\">operations</th></tr></thead>\n<tbody>\n");
        foreach (LayerRow row in network.Layers)
            table.Append(CultureInfo.InvariantCulture, $"<tr><td>{WebUtility.HtmlEncode(row.Name)}</td><td>{WebUtility.HtmlEncode(row.Shape)}</td>{NumberCell(row.Parameters)}{NumberCell(row.Operations)}</tr>\n");
        table.Append("</tbody>\n<tfoot><tr><td>total</td><td></td>");
        table.Append(CultureInfo.InvariantCulture, $"{NumberCell(network.Layers.Sum(row => row.Parameters))}{NumberCell(network.Layers.Sum(row => row.Operations))}</tr></tfoot>\n");
        return table.Append("</table>").ToString();
    }

    private string Misreadings()
    {
        if (reading.Misreadings.Count == 0)
            return string.Create(CultureInfo.InvariantCulture, $"<h2>Read wrongly</h2>\n<p class=\"soft\">None: all {reading.Confusion.Count} test digits were read rightly.</p>");
        StringBuilder figures = new("<h2>Read wrongly</h2>\n<p class=\"soft\">The surest mistake first. Bars: how likely the network held each digit to be.</p>\n<div class=\"digits\">\n");
        foreach (Misreading wrong in reading.Misreadings)
            figures.Append(DigitFigure.Draw(wrong));
        return figures.Append("</div>").ToString();
    }
}
