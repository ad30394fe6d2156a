using System.Collections.Generic;
using System.IO;
using System.Reflection;
using System.Runtime.CompilerServices;
using System.Threading;
using System.Threading.Tasks;
using Dsl.Spark.Connect;
using Dsl.Spark.Sql;

namespace Dsl.Spark.Executors;

/// <summary>What a function needs on the cluster: the worker, the assemblies with its class, and what travels with it; each once a session.</summary>
/// <param name="Code">The assembly with the class.</param>
/// <param name="State">The name of what travels with it, after its contents.</param>
internal sealed record FunctionResource(Assembly Code, string? State) : SessionResource
{
    private static readonly ConditionalWeakTable<Assembly, CodeArchive> Archives = [];

    private readonly System.ReadOnlyMemory<byte> bytes;

    private FunctionResource(Assembly code, string? state, System.ReadOnlyMemory<byte> bytes)
        : this(code, state) => this.bytes = bytes;

    // What the worker has itself is sent to nobody, and found wherever the worker looks.
    private const string OwnFolder = ".";

    /// <summary>The folder of the code on executors.</summary>
    public string Folder => IsOwn ? OwnFolder : Archives.GetValue(Code, CodeArchive.OfUser).Name;

    private bool IsOwn => CodeArchive.IsOwn(Code.GetName().Name);

    public static FunctionResource Of(FunctionDescription function) => function.State is { } state
        ? new FunctionResource(function.FunctionType.Assembly, "s-" + CodeArchive.HashOf(state.Span), state)
        : new FunctionResource(function.FunctionType.Assembly, null);

    /// <summary>Puts code and state where an installed worker finds them beside its own folder.</summary>
    public void SaveTo(string folder)
    {
        if (!IsOwn)
            Archives.GetValue(Code, CodeArchive.OfUser).SaveTo(folder);
        if (State is { } state)
            File.WriteAllBytes(Path.Combine(folder, state), bytes.Span);
    }

    public bool Equals(FunctionResource? other) => other is not null && Code == other.Code && State == other.State;

    public override int GetHashCode() => System.HashCode.Combine(Code, State);

    public override async Task ProvideAsync(SparkSession session, CancellationToken cancellation)
    {
        await session.ProvideWorkerAsync(cancellation).ConfigureAwait(false);
        if (!IsOwn)
        {
            CodeArchive archive = Archives.GetValue(Code, CodeArchive.OfUser);
            await session.Client.AddOnceAsync(archive.Name, () => [Artifact.FromBytes($"archives/{archive.Name}.tar.gz#{archive.Name}", archive.ToBytes())], cancellation).ConfigureAwait(false);
        }

        if (State is { } state)
            await session.Client.AddOnceAsync(state, () => [Artifact.FromBytes($"files/{state}", bytes)], cancellation).ConfigureAwait(false);
    }
}
