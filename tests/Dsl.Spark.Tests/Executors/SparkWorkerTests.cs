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
    public void A_place_names_the_worker_that_is_there()
    {
        SparkWorker small = SparkWorker.Of(AppContext.BaseDirectory);
        Assert.Equal((SparkWorker.FrameworkDependent(AppContext.BaseDirectory).Name + "/bin/worker", false), (small.Executable, small.IsInstalled));
        string published = folder.CreateSubdirectory("published").FullName;
        File.WriteAllText(Path.Combine(published, "libcoreclr.so"), "");
        File.WriteAllText(Path.Combine(published, "Dsl.Spark.Worker"), "");
        Assert.Equal(SparkWorker.SelfContained(published).Name, SparkWorker.Of(published).Name);
        string archive = Path.Combine(folder.FullName, "worker.tar.gz");
        File.WriteAllText(archive, "any bytes");
        Assert.Equal((SparkWorker.SelfContained(archive).Name, false), (SparkWorker.Of(archive).Name, SparkWorker.Of(archive).IsInstalled));

        // What is not here is on the executors: nothing is sent.
        SparkWorker installed = SparkWorker.Of("/opt/dsl/w/bin/worker");
        Assert.Equal(("/opt/dsl/w/bin/worker", true), (installed.Executable, installed.IsInstalled));
        Assert.Contains("/opt/dsl/w/bin/worker lies on the executors already", Assert.Throws<InvalidOperationException>(installed.ToArtifact).Message, StringComparison.Ordinal);
    }

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
