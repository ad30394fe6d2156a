using System;
using System.CommandLine;
using System.IO;
using System.Threading.Tasks;
using SamplePrograms;

namespace Penguins;

internal static class Program
{
    internal static Task<int> Main(string[] arguments) => Command().Parse(arguments).InvokeAsync();

    private static RootCommand Command()
    {
        Option<string> data = new("--data")
        {
            Description = "The penguins: penguins.csv of palmerpenguins, which comes with the sample.",
            HelpName = "penguins.csv",
            DefaultValueFactory = _ => Path.Combine(AppContext.BaseDirectory, "penguins.csv"),
        };
        Option<ulong> seed = new("--seed") { Description = "Added to the seed of every stage and model.", HelpName = "n" };
        Option<string?> report = new("--report") { Description = "An HTML page to write: the pipeline as a picture, figures, confusion matrices, coefficients, importances.", HelpName = "page.html" };
        RootCommand command = new("Tells three species of penguins apart: a declared pipeline with a logistic regression, a forest and a network.") { data, seed, report };
        command.SetAction((given, cancellation) => Task.FromResult(SampleProgram.Run(program =>
        {
            using PenguinResult result = new PenguinRun(program, given.GetValue(seed), cancellation).Execute(PenguinRun.Read(given.GetRequiredValue(data)));
            if (given.GetValue(report) is { } path)
            {
                PenguinPage.Of(result).Save(path);
                program.Say($"report {Path.GetFullPath(path)}");
            }
        })));
        return command;
    }
}
