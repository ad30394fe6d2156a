using System;
using System.IO;
using System.Linq;
using System.Threading.Tasks;
using Dsl.Spark.Connect;
using Dsl.Spark.Sql;
using Xunit;

namespace Dsl.Spark.Tests.Connect;

/// <summary>A real Spark behind TLS, with a token.</summary>
[Collection(SparkCollection.Name)]
public sealed class TlsTests(RealSpark real) : IDisposable
{
    public void Dispose() => Environment.SetEnvironmentVariable(TrustedRoots.Variable, null);

    [FactWithSpark]
    public async Task Who_is_vouched_for_by_the_given_authority_is_trusted()
    {
        using TlsProxy proxy = new(real.Port);
        string roots = Path.Combine(real.NewFolder(), "roots.pem");
        File.WriteAllText(roots, proxy.Authority);
        Environment.SetEnvironmentVariable(TrustedRoots.Variable, roots);
        await using SparkSession session = await SparkSession.ConnectAsync(proxy.ConnectionString);
        await session.Client.AddArtifactsAsync([Artifact.FromBytes("files/large", new byte[3 * Artifact.ChunkLength])]);
        Assert.Equal(Enumerable.Range(0, 20_000).Select(i => (long)i), (await session.Range(0, 20_000, 1, 2).CollectAsync()).Select(row => row.Get<long>(0)).Order());

        // Another authority's word does not count.
        using TlsProxy other = new(real.Port);
        SparkException error = await Assert.ThrowsAsync<SparkException>(() => SparkSession.ConnectAsync(other.ConnectionString));
        Assert.Contains("cannot be made", error.Message, StringComparison.Ordinal);
        Assert.Contains("certificate", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_file_without_certificates_is_named()
    {
        string empty = Path.Combine(real.NewFolder(), "empty.pem");
        File.WriteAllText(empty, "nothing");
        foreach (string path in new[] { empty, empty + ".missing" })
        {
            Environment.SetEnvironmentVariable(TrustedRoots.Variable, path);
            ArgumentException error = await Assert.ThrowsAsync<ArgumentException>(() => SparkSession.ConnectAsync("sc://127.0.0.1:1/;use_ssl=true"));
            Assert.Contains($"GRPC_DEFAULT_SSL_ROOTS_FILE_PATH names '{path}'", error.Message, StringComparison.Ordinal);
        }
    }
}
