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
    private readonly Lazy<Task<SparkSession>> shared;
    private LocalServer? server;

    /// <summary>A JVM that lives for a minute spends most of it on compiling for later, and a sixth on checking classes that nobody has changed.</summary>
    internal const string ShortLived = "-XX:TieredStopAtLevel=1 -XX:+UseSerialGC -XX:+UnlockDiagnosticVMOptions -XX:-BytecodeVerificationRemote";

    public RealSpark() => shared = new(ConnectAsync);

    /// <summary>Where it is.</summary>
    internal string ConnectionString => server!.ConnectionString;

    internal int Port => server!.Port;

    /// <summary>Where Python finds PySpark and what that needs.</summary>
    internal string PythonPath { get; private set; } = "";

    /// <summary>A folder for files of a test.</summary>
    public string NewFolder() => folder.CreateSubdirectory(Guid.NewGuid().ToString("N")).FullName;

    /// <summary>A session of one's own.</summary>
    public Task<SparkSession> ConnectAsync() => SparkSession.ConnectAsync(ConnectionString);

    /// <summary>A session that tests share which leave nothing in it: its workers are there already. Not to be disposed of.</summary>
    public Task<SparkSession> ShareAsync() => shared.Value;

    public async Task InitializeAsync()
    {
        if (SharedFolder.SparkMissing is not null)
            return;

        // Python functions of other sessions find their packages by it; our worker does not look.
        PythonPath = $"{SharedFolder.Peers}:{Path.Combine(SharedFolder.SparkHome, "python")}";
        Environment.SetEnvironmentVariable("PYTHONPATH", PythonPath);
        Dictionary<string, string> settings = new()
        {
            ["spark.driver.memory"] = "1500m",
            ["spark.driver.extraJavaOptions"] = ShortLived,
            ["spark.local.dir"] = folder.CreateSubdirectory("local").FullName,
            ["spark.sql.warehouse.dir"] = folder.CreateSubdirectory("warehouse").FullName,
            ["spark.sql.shuffle.partitions"] = "2",
        };
        // A task may fail and be tried again.
        server = await LocalServer.StartAsync(SharedFolder.SparkHome, "local[2,4]", settings, CancellationToken.None);
    }

    public async Task DisposeAsync()
    {
        if (shared.IsValueCreated)
            await (await shared.Value).DisposeAsync();
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
