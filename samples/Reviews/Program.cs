using System;
using System.Collections.Generic;
using System.CommandLine;
using System.IO;
using System.Threading.Tasks;
using SamplePrograms;
using Sentiment;

namespace Reviews;

internal static class Program
{
    internal static Task<int> Main(string[] arguments) => Command().Parse(arguments).InvokeAsync();

    private static RootCommand Command()
    {
        Argument<string> data = new("sentences.zip") { Description = "The review sentences: sentence_polarity.zip of NLTK's data (nltk.org/nltk_data), one file .pos and one .neg." };
        Option<bool> alone = new("--no-lstm") { Description = "Leaves out the LSTM of the sample Sentiment, which takes longer than everything else." };
        Option<ulong> seed = new("--seed") { Description = "Added to the seed of every stage and model.", HelpName = "n" };
        Option<string?> report = new("--report") { Description = "An HTML page to write: the pipeline as a picture, and the figures.", HelpName = "page.html" };
        RootCommand command = new("Tells good from bad sentences of film reviews by tf-idf and linear models, beside an LSTM.") { data, alone, seed, report };
        command.SetAction((given, cancellation) => Task.FromResult(SampleProgram.Run(program =>
        {
            (ReviewPipeline pipeline, IReadOnlyList<ReviewFigures> figures) = new ReviewRun(program, given.GetValue(seed), cancellation)
                .Execute(ReviewSentences.Read(given.GetRequiredValue(data)), given.GetValue(alone) ? 0 : SentimentRun.DefaultEpochs);
            using (pipeline)
            {
                if (given.GetValue(report) is { } path)
                {
                    ReviewPage.Of(pipeline, figures).Save(path);
                    program.Say($"report {Path.GetFullPath(path)}");
                }
            }
        })));
        return command;
    }
}
