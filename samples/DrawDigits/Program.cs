using System;
using System.CommandLine;
using System.IO;
using System.Threading.Tasks;

namespace DrawDigits;

internal static class Program
{
    internal static Task<int> Main(string[] arguments) => Command().Parse(arguments).InvokeAsync();

    private static RootCommand Command()
    {
        Option<int> epochs = new("--epochs") { Description = "How many times the network that draws sees every digit.", HelpName = "n", DefaultValueFactory = _ => DrawRun.DefaultEpochs };
        Option<int> seed = new("--seed") { Description = "Seed of weights, noise and order.", HelpName = "n" };
        Option<string?> report = new("--report") { Description = "An HTML page to write: drawn digits, ways between digits, scores.", HelpName = "page.html" };
        epochs.Validators.Add(result =>
        {
            if (result.GetValueOrDefault<int>() < 1)
                result.AddError("--epochs must be at least 1.");
        });
        RootCommand command = new("Draws digits with a variational autoencoder, and has another network judge them.") { epochs, seed, report };
        command.SetAction((given, cancellation) =>
        {
            try
            {
                DrawResult result = new DrawRun(Console.Out, given.GetRequiredValue(epochs), given.GetValue(seed)).Execute(cancellation);
                if (given.GetValue(report) is { } path)
                {
                    DrawPage.Of(result).Save(path);
                    Console.WriteLine($"report {Path.GetFullPath(path)}");
                }

                return Task.FromResult(0);
            }
            catch (Exception error) when (error is IOException or OperationCanceledException)
            {
                Console.Error.WriteLine(error.Message);
                return Task.FromResult(1);
            }
        });
        return command;
    }
}
