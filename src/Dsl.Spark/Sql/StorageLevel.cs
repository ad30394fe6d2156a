namespace Dsl.Spark.Sql;

/// <summary>Where Spark keeps rows, and how often.</summary>
/// <param name="UseDisk">On disk.</param>
/// <param name="UseMemory">In memory.</param>
/// <param name="UseOffHeap">In memory outside of the JVM's heap.</param>
/// <param name="Deserialized">As objects, not as bytes.</param>
/// <param name="Replication">On how many machines.</param>
public sealed record StorageLevel(bool UseDisk, bool UseMemory, bool UseOffHeap, bool Deserialized, int Replication = 1)
{
    /// <summary>Nowhere.</summary>
    public static StorageLevel None { get; } = new(false, false, false, false);

    /// <summary>On disk.</summary>
    public static StorageLevel DiskOnly { get; } = new(true, false, false, false);

    /// <summary>In memory as bytes; what finds no room is computed again.</summary>
    public static StorageLevel MemoryOnly { get; } = new(false, true, false, false);

    /// <summary>In memory as bytes, and on disk what finds no room there.</summary>
    public static StorageLevel MemoryAndDisk { get; } = new(true, true, false, false);

    /// <summary>In memory as objects, and on disk what finds no room there.</summary>
    public static StorageLevel MemoryAndDiskDeserialized { get; } = new(true, true, false, true);

    internal static StorageLevel From(Protocol.StorageLevel level) => new(level.UseDisk, level.UseMemory, level.UseOffHeap, level.Deserialized, level.Replication);

    internal Protocol.StorageLevel ToProtocol() => new() { UseDisk = UseDisk, UseMemory = UseMemory, UseOffHeap = UseOffHeap, Deserialized = Deserialized, Replication = Replication };
}
