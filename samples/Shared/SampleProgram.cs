using System;
using System.CommandLine;
using System.Globalization;
using System.IO;
using Dsl;
using Spectre.Console;

namespace SamplePrograms;

/// <summary>What the samples' programs have in common: how they say things, and how they end.</summary>
internal sealed class SampleProgram : IProgress<TrainingProgress>
{
    private const int Failed = 1;

    private SampleProgram() => Console = AnsiConsole.Create(new AnsiConsoleSettings
    {
        Out = new AnsiConsoleOutput(System.Console.Out),
        Ansi = System.Console.IsOutputRedirected ? AnsiSupport.No : AnsiSupport.Detect,
    });

    /// <summary>For tables.</summary>
    public IAnsiConsole Console { get; }

    /// <summary>Runs a program; what a user can mend is one line on the error output.</summary>
    /// <returns>The exit code.</returns>
    public static int Run(Action<SampleProgram> program)
    {
        try
        {
            program(new SampleProgram());
            return 0;
        }
        catch (OperationCanceledException)
        {
            System.Console.Error.WriteLine("Cancelled.");
            return Failed;
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException or InvalidDataException or ArgumentException or NonFiniteLossException)
        {
            System.Console.Error.WriteLine(error.Message);
            return Failed;
        }
    }

    /// <summary>An option of a whole number from 1 on.</summary>
    public static Option<int> Number(string name, string description, int usual, int most)
    {
        Option<int> option = new(name) { Description = description, HelpName = "n", DefaultValueFactory = _ => usual };
        option.Validators.Add(result =>
        {
            if (result.Tokens.Count == 1 && int.TryParse(result.Tokens[0].Value, out int value) && (value < 1 || value > most))
                result.AddError($"{name} must be from 1 to {most}, but is {value}.");
        });
        return option;
    }

    /// <summary>Says a line. Not through the console: it breaks lines at the width of the window.</summary>
    public void Say(FormattableString line) => Console.Profile.Out.Writer.WriteLine(line.ToString(CultureInfo.InvariantCulture));

    /// <summary>A line for each epoch.</summary>
    public void Report(TrainingProgress value)
    {
        if (value.Record is { } epoch)
            Say($"epoch {epoch.Epoch,2}/{value.Epochs}  loss {epoch.Loss:F4}  held-out loss {epoch.ValidationLoss:F4}, accuracy {epoch.ValidationAccuracy:F4}  {epoch.Seconds:F1} s");
    }
}
