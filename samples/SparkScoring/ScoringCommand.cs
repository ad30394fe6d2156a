using System;
using System.CommandLine;
using System.IO;
using System.Threading.Tasks;
using Dsl.Spark.Connect;
using SamplePrograms;

namespace SparkScoring;

/// <summary>The command line.</summary>
internal static class ScoringCommand
{
    private const int DefaultEpochs = 20;

    private const string NoSpark =
        "There is no Spark to score on: unpack Spark 4 (https://spark.apache.org/downloads.html; it needs Java 17) and set SPARK_HOME to its folder, or name a Spark Connect server by --spark sc://host.";

    /// <summary>Makes the command.</summary>
    public static RootCommand Create()
    {
        Option<string?> remote = new("--spark") { Description = "A Spark Connect server; without it one is started from SPARK_HOME.", HelpName = "sc://host:port" };
        Option<string?> weights = new("--weights") { Description = "Trained weights, such as samples/Digits saves; without them the network is trained here.", HelpName = "file" };
        Option<int> epochs = SampleProgram.Number("--epochs", "How many times every training sample is seen.", DefaultEpochs, 10_000);
        Option<ulong> seed = new("--seed") { Description = "Seed of training.", HelpName = "n" };
        Option<string?> folder = new("--folder") { Description = "A folder that all machines of the cluster see; without it a temporary one of this machine.", HelpName = "path" };
        RootCommand command = new("Scores handwritten digits on Spark's executors, as a batch and as a stream, with a network from C#.") { remote, weights, epochs, seed, folder };
        command.SetAction((given, cancellation) =>
        {
            ScoringOptions options = new(given.GetValue(remote), given.GetValue(weights), given.GetRequiredValue(epochs), given.GetValue(seed), given.GetValue(folder));
            return Task.FromResult(SampleProgram.Run(program =>
            {
                if (options.Remote is null && string.IsNullOrEmpty(Environment.GetEnvironmentVariable("SPARK_HOME")))
                    throw new ArgumentException(NoSpark);
                try
                {
                    new ScoringRun(program, options).ExecuteAsync(cancellation).GetAwaiter().GetResult();
                }
                catch (Exception error) when (error is SparkException or InvalidOperationException)
                {
                    throw new IOException(error.Message, error);
                }
            }));
        });
        return command;
    }
}
