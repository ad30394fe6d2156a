using System;
using System.CommandLine;
using System.IO;
using System.Threading.Tasks;

namespace Sentiment;

internal static class Program
{
    internal static Task<int> Main(string[] arguments) => Command().Parse(arguments).InvokeAsync();

    private static RootCommand Command()
    {
        Argument<string> data = new("sentences.zip") { Description = "The review sentences: sentence_polarity.zip of NLTK's data (nltk.org/nltk_data), one file .pos and one .neg." };
        Option<int> epochs = new("--epochs") { Description = "How many times every sentence is seen at most.", HelpName = "n", DefaultValueFactory = _ => SentimentRun.DefaultEpochs };
        Option<ulong> seed = new("--seed") { Description = "Seed of weights, dropout and order.", HelpName = "n" };
        Option<string?> report = new("--report") { Description = "An HTML page to write: figures, curves, and the words that moved two sentences.", HelpName = "page.html" };
        epochs.Validators.Add(result =>
        {
            if (result.GetValueOrDefault<int>() < 1)
                result.AddError("--epochs must be at least 1.");
        });
        RootCommand command = new("Tells good from bad sentences of film reviews with an LSTM, beside a bag of words.") { data, epochs, seed, report };
        command.SetAction((given, cancellation) =>
        {
            try
            {
                SentimentResult result = new SentimentRun(Console.Out, given.GetRequiredValue(epochs), given.GetValue(seed)).Execute(ReviewSentences.Read(given.GetRequiredValue(data)), cancellation);
                if (given.GetValue(report) is { } path)
                {
                    SentimentPage.Of(result).Save(path);
                    Console.WriteLine($"report {Path.GetFullPath(path)}");
                }

                return Task.FromResult(0);
            }
            catch (Exception error) when (error is IOException or UnauthorizedAccessException or InvalidDataException or OperationCanceledException)
            {
                Console.Error.WriteLine(error.Message);
                return Task.FromResult(1);
            }
        });
        return command;
    }
}
