using System;
using System.CommandLine;
using System.IO;
using System.Threading.Tasks;
using SamplePrograms;

namespace Importance;

internal static class Program
{
    internal static Task<int> Main(string[] arguments) => Command().Parse(arguments).InvokeAsync();

    private static RootCommand Command()
    {
        Option<ulong> seed = new("--seed") { Description = "Added to the seed of every stage and model.", HelpName = "n" };
        Option<string?> report = new("--report") { Description = "An HTML page to write: the pipeline as a picture, figures, and where the pixels are.", HelpName = "page.html" };
        RootCommand command = new("Reads digits by the ten pixels that a random forest finds most important, beside all of them.") { seed, report };
        command.SetAction((given, cancellation) => Task.FromResult(SampleProgram.Run(program =>
        {
            using PixelPipeline pipeline = new PixelRun(program, given.GetValue(seed), cancellation).Execute(Digit.Read(Path.Combine(AppContext.BaseDirectory, "digits.csv")));
            if (given.GetValue(report) is { } path)
            {
                PixelPage.Of(pipeline).Save(path);
                program.Say($"report {Path.GetFullPath(path)}");
            }
        })));
        return command;
    }
}
