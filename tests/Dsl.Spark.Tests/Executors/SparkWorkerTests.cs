using System;
using System.IO;
using System.Linq;
using System.Threading.Tasks;
using Dsl.Spark.Executors;
using Dsl.Spark.Protocol;
using Dsl.Spark.Sql;
using Dsl.Spark.Tests.Connect;
using Xunit;

namespace Dsl.Spark.Tests.Executors;

/// <summary>How the worker is found, and how it travels.</summary>
public sealed class SparkWorkerTests : IDisposable
{
    private readonly DirectoryInfo folder = Directory.CreateTempSubdirectory("dsl-worker-");

    public void Dispose() => folder.Delete(recursive: true);

    [Fact]
    public void What_is_no_published_worker_is_refused() =>
        Assert.Contains("has no worker with its own .NET", Assert.Throws<ArgumentException>(() => SparkWorker.SelfContained(folder.FullName)).Message, StringComparison.Ordinal);

    [Fact]
    public async Task A_session_that_is_found_again_packs_nothing()
    {
        string published = folder.CreateSubdirectory("published").FullName;
        File.WriteAllText(Path.Combine(published, "libcoreclr.so"), "");
        File.WriteAllText(Path.Combine(published, "Dsl.Spark.Worker"), "");
        await using FakeSpark fake = await FakeSpark.StartAsync();
        await using SparkSession session = await SparkSession.ConnectAsync(fake.ConnectionString);
        session.Worker = SparkWorker.SelfContained(published);
        await session.ProvideWorkerAsync(default);
        SparkWorker same = SparkWorker.SelfContained(published);
        Assert.Equal(session.Worker.Name, same.Name);

        // What is not there any more can be packed by nobody.
        Directory.Delete(published, recursive: true);
        await using SparkSession again = await SparkSession.ConnectAsync($"{fake.ConnectionString}/;session_id={session.SessionId}");
        again.Worker = same;
        await again.ProvideWorkerAsync(default);
        Assert.Equal([$"archives/{same.Name}.tar.gz#{same.Name}", "cache/" + same.Name], fake.Artifacts.Keys.Order());
        Assert.All(
            fake.Received<ConfigRequest>().SelectMany(one => one.Operation.Set.Pairs).Where(one => one.Key.EndsWith("pyspark.python", StringComparison.Ordinal)),
            one => Assert.Equal(same.Name + "/bin/worker", one.Value));
    }
}
