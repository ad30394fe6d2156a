using System;
using System.CommandLine;
using System.IO;
using System.Threading.Tasks;
using SamplePrograms;

namespace DrawDigits;

internal static class Program
{
    internal static Task<int> Main(string[] arguments) => Command().Parse(arguments).InvokeAsync();

    private static RootCommand Command()
    {
        Option<int> epochs = SampleProgram.Number("--epochs", "How many times the network that draws sees every digit.", DrawRun.DefaultEpochs, 10_000);
        Option<int> seed = new("--seed") { Description = "Seed of weights, noise and order.", HelpName = "n" };
        Option<string?> report = new("--report") { Description = "An HTML page to write: drawn digits, ways between digits, scores.", HelpName = "page.html" };
        RootCommand command = new("Draws digits with a variational autoencoder, and has another network judge them.") { epochs, seed, report };
        command.SetAction((given, cancellation) => Task.FromResult(SampleProgram.Run(_ =>
        {
            DrawResult result = new DrawRun(Console.Out, given.GetRequiredValue(epochs), given.GetValue(seed)).Execute(cancellation);
            if (given.GetValue(report) is { } path)
            {
                DrawPage.Of(result).Save(path);
                Console.WriteLine($"report {Path.GetFullPath(path)}");
            }
        })));
        return command;
    }
}
