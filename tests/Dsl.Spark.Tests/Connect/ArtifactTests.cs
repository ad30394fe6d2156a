using System;
using System.Linq;
using System.Threading.Tasks;
using Dsl.Spark.Connect;
using Dsl.Spark.Protocol;
using Xunit;

namespace Dsl.Spark.Tests.Connect;

public class ArtifactTests
{
    [Fact]
    public void Checksums_are_those_of_zip() => Assert.Equal(0xCBF43926u, Crc32.Of("123456789"u8));

    [Theory]
    [InlineData(0, 1)]
    [InlineData(1, 1)]
    [InlineData(Artifact.ChunkLength, 1)]
    [InlineData(Artifact.ChunkLength + 1, 2)]
    [InlineData((3 * Artifact.ChunkLength) + 7, 4)]
    public async Task Files_arrive_whole(int length, int messages)
    {
        await using FakeSpark fake = await FakeSpark.StartAsync();
        await using ConnectClient client = fake.Connect();
        byte[] bytes = new byte[length];
        new Random(length).NextBytes(bytes);
        byte[] small = [1, 2, 3];
        await client.AddArtifactsAsync([Artifact.FromBytes("files/a", bytes), Artifact.FromBytes("cache/b", small)]);
        Assert.Equal(bytes, fake.Artifacts["files/a"]);
        Assert.Equal(small, fake.Artifacts["cache/b"]);
        Assert.Equal(messages + 1, fake.Received<AddArtifactsRequest>().Count());
        Assert.All(fake.Received<AddArtifactsRequest>(), one => Assert.Equal(client.SessionId, one.SessionId));
    }

    [Fact]
    public async Task A_file_that_did_not_arrive_whole_is_an_error()
    {
        await using FakeSpark fake = await FakeSpark.StartAsync();
        await using ConnectClient client = fake.Connect();
        SparkException error = await Assert.ThrowsAsync<SparkException>(() => client.AddArtifactsAsync([Artifact.FromBytes("files/good", new byte[4]), Artifact.FromBytes("files/a.damaged", new byte[5])]));
        Assert.Contains("files/a.damaged of 5 bytes did not arrive whole", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Files_go_once_a_session()
    {
        await using FakeSpark fake = await FakeSpark.StartAsync();
        await using ConnectClient client = fake.Connect();
        int made = 0;
        Artifact[] Make()
        {
            made++;
            return [Artifact.FromBytes("archives/w.zip#w", new byte[] { 7 })];
        }

        await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => client.AddOnceAsync("abc", Make)));
        Assert.Equal(1, made);
        Assert.Equal(["archives/w.zip#w", "cache/abc"], fake.Artifacts.Keys.Order());
        // Another client of the same session asks and sends nothing.
        await using ConnectClient second = fake.Connect(";session_id=" + client.SessionId);
        await second.AddOnceAsync("abc", Make);
        Assert.Equal(1, made);
        Assert.Equal(2, fake.Count("ArtifactStatus"));
    }

    [Fact]
    public async Task An_upload_that_breaks_is_made_again_from_the_start()
    {
        await using FakeSpark fake = await FakeSpark.StartAsync();
        await using ConnectClient client = fake.Connect();
        int failures = 1;
        fake.Fail = method => method == "AddArtifacts" && failures-- > 0 ? new FakeError(GrpcCode.Unavailable, "broke") : null;
        byte[] bytes = new byte[Artifact.ChunkLength * 2];
        new Random(5).NextBytes(bytes);
        await client.AddArtifactsAsync([Artifact.FromBytes("files/a", bytes)]);
        Assert.Equal(bytes, fake.Artifacts["files/a"]);
        Assert.Equal(2, fake.Count("AddArtifacts"));
    }
}
