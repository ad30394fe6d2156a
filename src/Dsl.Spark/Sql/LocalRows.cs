using System;
using System.Security.Cryptography;
using System.Threading;
using System.Threading.Tasks;
using Dsl.Spark.Connect;
using Dsl.Spark.Protocol;
using Google.Protobuf;

namespace Dsl.Spark.Sql;

/// <summary>Rows that are too many for a plan: they go to the server once, and plans have their hash.</summary>
/// <param name="Hash">SHA-256 of <paramref name="Content"/>, in hexadecimal.</param>
/// <param name="Content">A LocalRelation.</param>
internal sealed record LocalRows(string Hash, ReadOnlyMemory<byte> Content) : SessionResource
{
    /// <summary>Above it rows go by their hash, as Spark's own clients do (spark.sql.session.localRelationCacheThreshold).</summary>
    private const int LargestInPlan = 1 << 20;

    /// <summary>A plan of rows.</summary>
    /// <param name="rows">The rows.</param>
    /// <param name="session">Where it would run.</param>
    public static DataFrame ToDataFrame(LocalRelation rows, SparkSession session)
    {
        if (rows.CalculateSize() <= LargestInPlan)
            return new DataFrame(session, new Relation { LocalRelation = rows }, []);
        byte[] content = rows.ToByteArray();
        LocalRows resource = new(Convert.ToHexStringLower(SHA256.HashData(content)), content);
        return new DataFrame(session, new Relation { CachedLocalRelation = new CachedLocalRelation { Hash = resource.Hash } }, [resource]);
    }

    public override Task ProvideAsync(SparkSession session, CancellationToken cancellation) =>
        session.Client.AddOnceAsync(Hash, () => [Artifact.FromBytes("cache/" + Hash, Content)], cancellation);

    public bool Equals(LocalRows? other) => other is not null && Hash == other.Hash;

    public override int GetHashCode() => Hash.GetHashCode(StringComparison.Ordinal);
}
