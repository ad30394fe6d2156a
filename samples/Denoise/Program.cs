using System;
using System.CommandLine;
using System.IO;
using System.Threading.Tasks;

namespace Denoise;

internal static class Program
{
    internal static Task<int> Main(string[] arguments) => Command().Parse(arguments).InvokeAsync();

    private static RootCommand Command()
    {
        Option<int> epochs = new("--epochs") { Description = "How many times every noisy digit is seen.", HelpName = "n", DefaultValueFactory = _ => DenoiseRun.DefaultEpochs };
        Option<int> seed = new("--seed") { Description = "Seed of weights, noise and order.", HelpName = "n" };
        Option<string?> report = new("--report") { Description = "An HTML page to write: pairs of noisy and restored digits, curves, figures.", HelpName = "page.html" };
        epochs.Validators.Add(result =>
        {
            if (result.GetValueOrDefault<int>() < 1)
                result.AddError("--epochs must be at least 1.");
        });
        RootCommand command = new("Takes noise off handwritten digits with an autoencoder, beside principal components.") { epochs, seed, report };
        command.SetAction((given, cancellation) =>
        {
            try
            {
                DenoiseResult result = new DenoiseRun(Console.Out, given.GetRequiredValue(epochs), given.GetValue(seed)).Execute(cancellation);
                if (given.GetValue(report) is { } path)
                {
                    DenoisePage.Of(result).Save(path);
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
