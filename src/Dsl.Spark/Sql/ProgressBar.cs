using System;
using System.Collections.Concurrent;
using System.Globalization;
using System.Linq;
using System.Threading.Tasks;
using Dsl.Spark.Connect;
using Spectre.Console;

namespace Dsl.Spark.Sql;

/// <summary>Bars on the console for the queries of a session.</summary>
public static class ProgressBar
{
    /// <summary>Shows a bar for each query that runs while something is done.</summary>
    /// <param name="spark">The session.</param>
    /// <param name="work">What is done.</param>
    /// <param name="console">Where; the process's own where none is given.</param>
    /// <example>
    /// <code>long rows = await ProgressBar.ShowAsync(spark, () => table.CountAsync());</code>
    /// </example>
    public static Task<T> ShowAsync<T>(SparkSession spark, Func<Task<T>> work, IAnsiConsole? console = null)
    {
        ArgumentNullException.ThrowIfNull(spark);
        ArgumentNullException.ThrowIfNull(work);
        return (console ?? AnsiConsole.Console).Progress()
            .AutoClear(true)
            .Columns(new TaskDescriptionColumn(), new ProgressBarColumn(), new PercentageColumn(), new SpinnerColumn())
            .StartAsync(async context =>
            {
                ConcurrentDictionary<string, ProgressTask> bars = new();
                void Show(ExecutionProgress progress)
                {
                    ProgressTask bar = bars.GetOrAdd(progress.OperationId, _ => context.AddTask("Spark", maxValue: 1));
                    bar.Description = Markup.Escape(Describe(progress));
                    bar.MaxValue = Math.Max(1, progress.Tasks);
                    bar.Value = progress.IsComplete ? bar.MaxValue : progress.CompletedTasks;
                    if (progress.IsComplete)
                        bar.StopTask();
                }

                spark.Progressed += Show;
                try
                {
                    return await work().ConfigureAwait(false);
                }
                finally
                {
                    spark.Progressed -= Show;
                }
            });
    }

    /// <summary>A query in one line: <c>2 of 3 stages, 7 of 12 tasks, 4 running, 1.5 MiB read</c>.</summary>
    internal static string Describe(ExecutionProgress progress)
    {
        string size = progress.BytesRead < 1 << 20
            ? (progress.BytesRead / 1024d).ToString("0.#", CultureInfo.InvariantCulture) + " KiB"
            : (progress.BytesRead / (1024d * 1024)).ToString("N1", CultureInfo.InvariantCulture) + " MiB";
        return $"{progress.Stages.Count(one => one.IsDone)} of {progress.Stages.Count} stages, {progress.CompletedTasks} of {progress.Tasks} tasks, {progress.RunningTasks} running, {size} read";
    }
}
