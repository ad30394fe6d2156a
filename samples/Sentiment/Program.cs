using System;
using System.CommandLine;
using System.IO;
using System.Threading.Tasks;
using SamplePrograms;

namespace Sentiment;

internal static class Program
{
    internal static Task<int> Main(string[] arguments) => Command().Parse(arguments).InvokeAsync();

    private static RootCommand Command()
    {
        Argument<string> data = new("sentences.zip") { Description = "The review sentences: sentence_polarity.zip of NLTK's data (nltk.org/nltk_data), one file .pos and one .neg." };
        Option<int> epochs = SampleProgram.Number("--epochs", "How many times every sentence is seen at most.", SentimentRun.DefaultEpochs, 10_000);
        Option<ulong> seed = new("--seed") { Description = "Seed of weights, dropout and order.", HelpName = "n" };
        Option<string?> report = new("--report") { Description = "An HTML page to write: figures, curves, and the words that moved two sentences.", HelpName = "page.html" };
        RootCommand command = new("Tells good from bad sentences of film reviews with an LSTM, beside a bag of words.") { data, epochs, seed, report };
        command.SetAction((given, cancellation) => Task.FromResult(SampleProgram.Run(_ =>
        {
            SentimentResult result = new SentimentRun(Console.Out, given.GetRequiredValue(epochs), given.GetValue(seed)).Execute(ReviewSentences.Read(given.GetRequiredValue(data)), cancellation);
            if (given.GetValue(report) is { } path)
            {
                SentimentPage.Of(result).Save(path);
                Console.WriteLine($"report {Path.GetFullPath(path)}");
            }
        })));
        return command;
    }
}
