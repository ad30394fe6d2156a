using System;
using System.CommandLine;
using System.IO;
using System.Threading;
using Dsl;
using Spectre.Console;

namespace Digits;

/// <summary>The command line.</summary>
internal static class DigitsCommand
{
    /// <summary>What a shell says for a program that Ctrl-C ended.</summary>
    private const int Cancelled = 130;

    private const int Failed = 1;

    /// <summary>Makes the command.</summary>
    public static RootCommand Create()
    {
        Option<int> epochs = new("--epochs")
        {
            Description = "How many times every training sample is seen.",
            HelpName = "n",
            DefaultValueFactory = _ => DigitRun.DefaultEpochs,
        };
        Option<ulong> seed = new("--seed")
        {
            Description = "Seed of the weights, of dropout and of the samples' order. The same seed gives the same bits.",
            HelpName = "n",
        };
        Option<int> threads = new("--threads")
        {
            Description = "Threads of the kernels; the result does not depend on them.",
            HelpName = "n",
            DefaultValueFactory = _ => Compute.Threads,
        };
        Option<string> save = new("--save")
        {
            Description = "The file for the trained weights (safetensors).",
            HelpName = "file",
            DefaultValueFactory = _ => "DigitNet.safetensors",
        };
        Option<string?> report = new("--report")
        {
            Description = "An HTML page to write: curves, confusion matrix, layers, wrongly read digits.",
            HelpName = "page.html",
        };
        epochs.Validators.Add(result => Bound(result, epochs, 1, 10_000));
        threads.Validators.Add(result => Bound(result, threads, 1, Compute.MaxThreads));
        RootCommand command = new("Trains DigitNet on 8×8 handwritten digits, tests it, saves it and reads it back.") { epochs, seed, threads, save, report };
        command.SetAction(given =>
        {
            Compute.Threads = given.GetRequiredValue(threads);
            DigitOptions options = new(given.GetRequiredValue(epochs), given.GetValue(seed), given.GetRequiredValue(save), given.GetValue(report));
            return Run(options);
        });
        return command;
    }

    private static void Bound(System.CommandLine.Parsing.OptionResult result, Option<int> option, int least, int most)
    {
        if (result.Tokens.Count == 1 && int.TryParse(result.Tokens[0].Value, out int value) && (value < least || value > most))
            result.AddError($"{option.Name} must be from {least} to {most}, but is {value}.");
    }

    private static int Run(DigitOptions options)
    {
        using CancellationTokenSource cancellation = new();
        // The first Ctrl-C asks; training looks between two batches. A second one ends the process as ever.
        ConsoleCancelEventHandler onCancel = (_, pressed) =>
        {
            pressed.Cancel = !cancellation.IsCancellationRequested;
            cancellation.Cancel();
        };
        Console.CancelKeyPress += onCancel;
        try
        {
            // Spectre would colour text in a file too where TERM says that the terminal can.
            IAnsiConsole console = AnsiConsole.Create(new AnsiConsoleSettings
            {
                Out = new AnsiConsoleOutput(Console.Out),
                Ansi = Console.IsOutputRedirected ? AnsiSupport.No : AnsiSupport.Detect,
                Interactive = Console.IsOutputRedirected ? InteractionSupport.No : InteractionSupport.Detect,
            });
            new DigitRun(console, options).Execute(cancellation.Token);
            return 0;
        }
        catch (OperationCanceledException)
        {
            Console.Error.WriteLine("Cancelled; nothing was saved.");
            return Cancelled;
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException or InvalidDataException or NonFiniteLossException)
        {
            Console.Error.WriteLine(error.Message);
            return Failed;
        }
        finally
        {
            Console.CancelKeyPress -= onCancel;
        }
    }
}
