using System.CommandLine;
using System.Threading.Tasks;
using Dsl;
using SamplePrograms;

namespace Names;

/// <summary>The command line.</summary>
internal static class NamesCommand
{
    /// <summary>Makes the command.</summary>
    public static RootCommand Create()
    {
        Argument<string> path = new("names.txt") { Description = "Names, one a line, letters a to z." };
        Option<int> epochs = SampleProgram.Number("--epochs", "How many times every name is seen.", NamesRun.DefaultEpochs, 10_000);
        Option<int> threads = SampleProgram.Number("--threads", "Threads of training; the result does not depend on them.", Compute.Threads, Compute.MaxThreads);
        Option<int> count = SampleProgram.Number("--count", "How many names are made to tell how fast that is.", NamesRun.DefaultCount, 1_000_000);
        Option<ulong> seed = new("--seed") { Description = "Seed of all that is drawn.", HelpName = "n" };
        Option<string?> report = new("--report") { Description = "An HTML page to write.", HelpName = "page.html" };
        RootCommand command = new("Trains a transformer on first names, character by character, and makes new ones.") { path, epochs, seed, threads, count, report };
        command.SetAction((given, cancellation) =>
        {
            Compute.Threads = given.GetRequiredValue(threads);
            NamesOptions options = new(given.GetRequiredValue(path), given.GetRequiredValue(epochs), given.GetValue(seed), given.GetRequiredValue(count), given.GetValue(report));
            return Task.FromResult(SampleProgram.Run(program => new NamesRun(program, options).Execute(cancellation)));
        });
        return command;
    }
}
