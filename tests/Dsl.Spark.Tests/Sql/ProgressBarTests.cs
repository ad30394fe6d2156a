using System;
using System.IO;
using System.Threading.Tasks;
using Dsl.Spark.Protocol;
using Dsl.Spark.Sql;
using Dsl.Spark.Tests.Connect;
using Spectre.Console;
using Xunit;

namespace Dsl.Spark.Tests.Sql;

public class ProgressBarTests
{
    [Fact]
    public async Task A_query_has_a_bar()
    {
        await using FakeSpark fake = await FakeSpark.StartAsync();
        ExecutePlanResponse.Types.ExecutionProgress progress = new() { NumInflightTasks = 2 };
        progress.Stages.Add(new ExecutePlanResponse.Types.ExecutionProgress.Types.StageInfo { StageId = 3, NumTasks = 8, NumCompletedTasks = 5, InputBytesRead = 2048 });
        fake.Answers.Add(new ExecutePlanResponse { ExecutionProgress = progress });
        fake.Answers.Add(new ExecutePlanResponse { ResultComplete = new ExecutePlanResponse.Types.ResultComplete() });
        await using SparkSession spark = await SparkSession.ConnectAsync(fake.ConnectionString);
        StringWriter text = new();
        IAnsiConsole console = AnsiConsole.Create(new AnsiConsoleSettings { Ansi = AnsiSupport.Yes, Interactive = InteractionSupport.Yes, Out = new AnsiConsoleOutput(text) });
        console.Profile.Width = 200;
        Assert.Empty(await ProgressBar.ShowAsync(spark, () => spark.Range(1).CollectAsync(), console));
        Assert.Contains("0 of 1 stages, 5 of 8 tasks", text.ToString(), StringComparison.Ordinal);
        await Assert.ThrowsAsync<InvalidDataException>(() => ProgressBar.ShowAsync<int>(spark, () => throw new InvalidDataException(), console));
    }
}
