using System;
using System.IO;
using System.Text.RegularExpressions;
using Digits;
using Dsl;
using Spectre.Console;
using Xunit;

namespace SampleTests;

public sealed class TrainingViewTests
{
    [Fact]
    public void Redirected_output_has_a_plain_line_for_each_epoch_and_nothing_within_one()
    {
        string output = Watch(onTerminal: false);
        Assert.Equal(
            """
            epoch   1/3  loss 1.2500  accuracy 0.5000  test accuracy 0.7500     9000 samples/s  4.0 s left
            epoch   2/3  loss 0.6250  accuracy 0.8750  test accuracy 0.9000     9000 samples/s  0:01:30 left

            """,
            output,
            ignoreLineEndingDifferences: true);
    }

    [Fact]
    public void A_terminal_has_a_row_for_each_epoch_and_a_line_that_moves_within_one()
    {
        string moving = Watch(onTerminal: true);
        string output = Regex.Replace(moving, @"\u001b\[[0-9;]*m", "");
        Assert.Contains("epoch 1/3  loss 2.0000  accuracy 0.2500  9000 samples/s  5.0 s left", output, StringComparison.Ordinal);
        Assert.Contains("epoch 2/3  loss 0.6250", output, StringComparison.Ordinal);
        Assert.Contains("7.2E-3", output, StringComparison.Ordinal);
        Assert.Contains("\u001b[?25l", moving, StringComparison.Ordinal);
    }

    [Fact]
    public void Cancellation_passes_through() =>
        Assert.Throws<OperationCanceledException>(() => new TrainingView(Console(new StringWriter(), onTerminal: true)).Watch(_ => throw new OperationCanceledException()));

    private static string Watch(bool onTerminal)
    {
        StringWriter output = new();
        new TrainingView(Console(output, onTerminal)).Watch(progress =>
        {
            TrainingProgress begun = new(1, 3, 5, 10, 2, 0.25, 9000, TimeSpan.FromSeconds(5), null);
            progress.Report(begun);
            progress.Report(begun with { Step = 10, TimeLeft = TimeSpan.FromSeconds(4), Loss = 1.25, Record = new EpochRecord(1, 1.25, 0.5, 0.75, 0.75, 0.0072, 0.1) });
            progress.Report(begun with
            {
                Epoch = 2,
                Step = 10,
                TimeLeft = TimeSpan.FromSeconds(90),
                Loss = 0.625,
                Record = new EpochRecord(2, 0.625, 0.875, 0.5, 0.9, 0.001, 0.1),
            });
            return null!;
        });
        return output.ToString();
    }

    private static IAnsiConsole Console(StringWriter output, bool onTerminal)
    {
        IAnsiConsole console = AnsiConsole.Create(new AnsiConsoleSettings
        {
            Out = new AnsiConsoleOutput(output),
            Ansi = onTerminal ? AnsiSupport.Yes : AnsiSupport.No,
            Interactive = onTerminal ? InteractionSupport.Yes : InteractionSupport.No,
        });
        console.Profile.Width = 110;
        return console;
    }
}
