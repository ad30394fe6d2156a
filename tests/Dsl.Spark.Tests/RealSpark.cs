using System;
using System.Collections.Generic;
using System.IO;
using System.Threading;
using System.Threading.Tasks;
using Dsl.Spark.Connect;
using Dsl.Spark.Sql;
using Xunit;

namespace Dsl.Spark.Tests;

/// <summary>One Spark for all tests that want a real one: that of SPARK_HOME, else of <c>../shared/spark</c>. It ends with the tests, however they end.</summary>
public sealed class RealSpark : IAsyncLifetime
{
    private readonly DirectoryInfo folder = Directory.CreateTempSubdirectory("dsl-spark-");
    private LocalServer? server;

    /// <summary>Why there is none, or null.</summary>
    public static string? Missing => Environment.GetEnvironmentVariable("SPARK_HOME") is { Length: > 0 } || SharedFolder.Find("spark/unpack") is not null
        ? null
        : "SPARK_HOME is not set, and there is no shared/spark/unpack beside the repository";

    /// <summary>Where it is.</summary>
    internal string ConnectionString => server!.ConnectionString;

    internal int Port => server!.Port;

    /// <summary>A folder for files of a test.</summary>
    public string NewFolder() => folder.CreateSubdirectory(Guid.NewGuid().ToString("N")).FullName;

    /// <summary>A session of one's own.</summary>
    public Task<SparkSession> ConnectAsync() => SparkSession.ConnectAsync(ConnectionString);

    public async Task InitializeAsync()
    {
        if (Missing is not null)
            return;
        string home = Environment.GetEnvironmentVariable("SPARK_HOME") is { Length: > 0 } set ? set : SharedFolder.SparkHome;
        Dictionary<string, string> settings = new()
        {
            ["spark.driver.memory"] = "1500m",
            ["spark.local.dir"] = folder.CreateSubdirectory("local").FullName,
            ["spark.sql.warehouse.dir"] = folder.CreateSubdirectory("warehouse").FullName,
            ["spark.sql.shuffle.partitions"] = "2",
        };
        // A task may fail and be tried again.
        server = await LocalServer.StartAsync(home, "local[2,4]", settings, CancellationToken.None);
    }

    public async Task DisposeAsync()
    {
        if (server is not null)
            await server.DisposeAsync();
        folder.Delete(recursive: true);
    }
}

/// <summary>The tests that share <see cref="RealSpark"/>.</summary>
[CollectionDefinition(Name)]
public sealed class SparkCollection : ICollectionFixture<RealSpark>
{
    public const string Name = "Spark";
}

/// <summary>A test that needs a real Spark.</summary>
public sealed class FactWithSparkAttribute : FactAttribute
{
    public FactWithSparkAttribute() => Skip = RealSpark.Missing;
}
