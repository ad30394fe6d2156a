using System;
using System.Collections.Generic;
using System.IO;
using System.Threading;
using System.Threading.Tasks;
using Dsl.Spark.Connect;
using Xunit;

namespace Dsl.Spark.Tests.Connect;

public class LocalServerTests
{
    [Fact]
    public async Task A_folder_without_Spark_is_named()
    {
        InvalidOperationException error = await Assert.ThrowsAsync<InvalidOperationException>(() => LocalServer.StartAsync(Path.GetTempPath(), "local", settings: null, CancellationToken.None));
        Assert.Contains($"There is no Spark in '{Path.GetTempPath()}'", error.Message, StringComparison.Ordinal);
    }

    [FactWithSpark]
    public async Task A_Spark_that_does_not_start_says_why()
    {
        InvalidOperationException error = await Assert.ThrowsAsync<InvalidOperationException>(() => LocalServer.StartAsync(SharedFolder.SparkHome, "somewhere", settings: null, CancellationToken.None));
        Assert.Matches("Spark ended with [0-9]+ before it answered", error.Message);
        Assert.Contains("Master must", error.Message, StringComparison.Ordinal);
    }
}
