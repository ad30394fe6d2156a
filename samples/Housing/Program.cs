using System;
using System.Collections.Generic;
using System.CommandLine;
using System.IO;
using System.Threading.Tasks;
using SamplePrograms;

namespace Housing;

internal static class Program
{
    internal static Task<int> Main(string[] arguments) => Command().Parse(arguments).InvokeAsync();

    private static RootCommand Command()
    {
        Argument<string> data = new("housing.csv") { Description = "The districts: datasets/housing/housing.csv of https://github.com/ageron/handson-ml2." };
        Option<ulong> seed = new("--seed") { Description = "Added to the seed of every stage and model.", HelpName = "n" };
        Option<string?> report = new("--report") { Description = "An HTML page to write: the pipeline as a picture, figures, coefficients, importances.", HelpName = "page.html" };
        RootCommand command = new("Says what houses are worth: a declared pipeline with linear regression, a forest, boosting and a network.") { data, seed, report };
        command.SetAction((given, cancellation) => Task.FromResult(SampleProgram.Run(program =>
        {
            (ValuePipeline pipeline, IReadOnlyList<ValueFigures> figures) = new HousingRun(program, given.GetValue(seed), cancellation).Execute(ValuePipeline.ReadCsv(given.GetRequiredValue(data)));
            using (pipeline)
            {
                if (given.GetValue(report) is { } path)
                {
                    HousingPage.Of(pipeline, figures).Save(path);
                    program.Say($"report {Path.GetFullPath(path)}");
                }
            }
        })));
        return command;
    }
}
