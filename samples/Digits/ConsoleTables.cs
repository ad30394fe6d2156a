using System.Globalization;
using System.Linq;
using Dsl;
using Dsl.Runtime;
using Spectre.Console;

namespace Digits;

/// <summary>The layer table and the confusion matrix on the console.</summary>
internal sealed class ConsoleTables(IAnsiConsole console)
{
    /// <summary>Shows every layer with its shape, parameters and operations.</summary>
    public void Layers(INetwork network)
    {
        Table table = new Table().Border(TableBorder.Rounded).Title($"[bold]{network.Name}[/]").ShowFooters();
        long parameters = network.Layers.Sum(row => row.Parameters);
        long operations = network.Layers.Sum(row => row.Operations);
        table.AddColumn(new TableColumn("layer").Footer("[bold]total[/]"));
        table.AddColumn(new TableColumn("shape"));
        table.AddColumn(new TableColumn("parameters").RightAligned().Footer(Count(parameters)));
        table.AddColumn(new TableColumn("operations").RightAligned().Footer(Count(operations)));
        foreach (LayerRow row in network.Layers)
            table.AddRow(Markup.Escape(row.Name), Markup.Escape(row.Shape), Dim(row.Parameters), Dim(row.Operations));
        console.Write(table);
    }

    /// <summary>Shows how often each digit was read as which.</summary>
    public void Confusion(ConfusionMatrix confusion)
    {
        Table table = new Table().Border(TableBorder.Rounded).Title("[bold]which digit was read as which[/]");
        table.AddColumn(new TableColumn("digit").Centered());
        for (int predicted = 0; predicted < confusion.Classes; predicted++)
            table.AddColumn(new TableColumn($"{predicted}").RightAligned());
        table.AddColumn(new TableColumn("recall").RightAligned());
        table.AddColumn(new TableColumn("precision").RightAligned());
        for (int actual = 0; actual < confusion.Classes; actual++)
        {
            string[] cells =
            [
                $"[bold]{actual}[/]",
                .. Enumerable.Range(0, confusion.Classes).Select(predicted => Cell(confusion, actual, predicted)),
                Share(confusion.Recall(actual)),
                Share(confusion.Precision(actual)),
            ];
            table.AddRow(cells);
        }

        console.Write(table);
    }

    private static string Cell(ConfusionMatrix confusion, int actual, int predicted) => confusion[actual, predicted] switch
    {
        0 => "[grey].[/]",
        long count when actual == predicted => $"[green]{count}[/]",
        long count => $"[red]{count}[/]",
    };

    private static string Share(double share) => share.ToString("F3", CultureInfo.InvariantCulture);

    private static string Count(long count) => count.ToString("#,##0", CultureInfo.InvariantCulture);

    private static string Dim(long count) => count == 0 ? "[grey]0[/]" : Count(count);
}
