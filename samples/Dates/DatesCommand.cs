using System.CommandLine;
using System.Threading.Tasks;
using Dsl;
using SamplePrograms;

namespace Dates;

/// <summary>The command line.</summary>
internal static class DatesCommand
{
    /// <summary>Makes the command.</summary>
    public static RootCommand Create()
    {
        Option<int> epochs = SampleProgram.Number("--epochs", "How many times every date is seen.", DatesRun.DefaultEpochs, 10_000);
        Option<int> samples = SampleProgram.Number("--samples", "How many dates there are to train on.", DatesRun.DefaultSamples, 1_000_000);
        Option<int> threads = SampleProgram.Number("--threads", "Threads; the result does not depend on them.", Compute.Threads, Compute.MaxThreads);
        Option<int> seed = new("--seed") { Description = "Seed of all that is drawn.", HelpName = "n" };
        Argument<string[]> texts = new("text") { Description = "Dates to read besides, such as \"the third of March 2021\"." };
        Option<string?> report = new("--report") { Description = "An HTML page to write.", HelpName = "page.html" };
        RootCommand command = new("Trains an encoder and a decoder on dates in words and figures, and reads others.") { epochs, samples, threads, seed, report, texts };
        command.SetAction((given, cancellation) =>
        {
            Compute.Threads = given.GetRequiredValue(threads);
            DatesOptions options = new(given.GetRequiredValue(epochs), given.GetRequiredValue(samples), given.GetValue(seed), given.GetValue(texts) ?? [], given.GetValue(report));
            return Task.FromResult(SampleProgram.Run(program => new DatesRun(program, options).Execute(cancellation)));
        });
        return command;
    }
}
