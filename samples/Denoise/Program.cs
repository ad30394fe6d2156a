using System;
using System.CommandLine;
using System.IO;
using System.Threading.Tasks;
using SamplePrograms;

namespace Denoise;

internal static class Program
{
    internal static Task<int> Main(string[] arguments) => Command().Parse(arguments).InvokeAsync();

    private static RootCommand Command()
    {
        Option<int> epochs = SampleProgram.Number("--epochs", "How many times every noisy digit is seen.", DenoiseRun.DefaultEpochs, 10_000);
        Option<int> seed = new("--seed") { Description = "Seed of weights, noise and order.", HelpName = "n" };
        Option<string?> report = new("--report") { Description = "An HTML page to write: pairs of noisy and restored digits, curves, figures.", HelpName = "page.html" };
        RootCommand command = new("Takes noise off handwritten digits with an autoencoder, beside principal components.") { epochs, seed, report };
        command.SetAction((given, cancellation) => Task.FromResult(SampleProgram.Run(_ =>
        {
            DenoiseResult result = new DenoiseRun(Console.Out, given.GetRequiredValue(epochs), given.GetValue(seed)).Execute(cancellation);
            if (given.GetValue(report) is { } path)
            {
                DenoisePage.Of(result).Save(path);
                Console.WriteLine($"report {Path.GetFullPath(path)}");
            }
        })));
        return command;
    }
}
