using System;
using System.Collections.Generic;
using System.Formats.Tar;
using System.IO;
using System.IO.Compression;
using System.Linq;
using System.Reflection;
using System.Reflection.Metadata;
using System.Reflection.PortableExecutable;
using System.Security.Cryptography;
using System.Text;

namespace Dsl.Spark.Executors;

/// <summary>
/// Files that travel to executors as one archive, named by what is in them, so that nothing travels twice. A user's archive has the assembly of a function and what that refers to
/// beside it; the framework and this library are the worker's own.
/// </summary>
internal sealed class CodeArchive
{
    /// <summary>The name of the worker's assembly, and of the program where it is published.</summary>
    public const string Worker = "Dsl.Spark.Worker";

    /// <summary>The package that brings a worker with its own .NET.</summary>
    public const string WorkerPackage = "Dsl.Spark.Worker.linux-x64";

    // Spark shows what a worker that does not start wrote as its error.
    private const string StartScript = $$"""
        #!/bin/sh
        host="${DOTNET_ROOT:+$DOTNET_ROOT/}dotnet"
        if ! command -v "$host" >/dev/null 2>&1; then
          echo "This executor has no .NET, which the small worker of Dsl.Spark needs: neither dotnet in PATH nor DOTNET_ROOT. Reference the package {{WorkerPackage}}: it brings a worker with its own." >&2
          exit 127
        fi
        exec "$host" "$(dirname "$0")/{{Worker}}.dll" "$@"

        """;

    // Of all files alike, so that the archive's bytes follow from its contents.
    private static readonly DateTimeOffset Time = DateTimeOffset.UnixEpoch;

    private readonly List<(string Name, string? Path, byte[]? Bytes, bool IsExecutable)> files = [];

    private CodeArchive(string prefix) => Prefix = prefix;

    /// <summary>What the name starts with.</summary>
    public string Prefix { get; }

    /// <summary>The name of the folder that executors unpack it into.</summary>
    public string Name => field ??= Prefix + Hash();

    /// <summary>The assembly and everything that it refers to, as far as it lies beside it.</summary>
    /// <param name="assembly">The user's assembly.</param>
    /// <exception cref="InvalidOperationException">The assembly was made in memory, or lies in one file with the program.</exception>
    public static CodeArchive OfUser(Assembly assembly)
    {
        CodeArchive archive = new("u-");
        archive.AddAssemblies("", Path.GetDirectoryName(Location(assembly))!, assembly.GetName().Name!, isLeftOut: IsOwn);
        return archive;
    }

    /// <summary>A worker that runs on the executors' own .NET.</summary>
    /// <param name="folder">Where the worker's assembly lies with what it needs.</param>
    public static CodeArchive OfWorker(string folder)
    {
        CodeArchive archive = new("w-");
        archive.files.Add(("bin/worker", null, Encoding.UTF8.GetBytes(StartScript), true));
        archive.AddAssemblies("bin/", folder, Worker, isLeftOut: _ => false);

        // Without its list of dependencies the host takes what lies beside the program.
        archive.files.Add(($"bin/{Worker}.runtimeconfig.json", Path.Combine(folder, Worker + ".runtimeconfig.json"), null, false));
        return archive;
    }

    /// <summary>A worker with the runtime in it.</summary>
    /// <param name="folder">Where <c>dotnet publish --self-contained</c> put it.</param>
    public static CodeArchive OfPublishedWorker(string folder)
    {
        CodeArchive archive = new("w-");
        foreach (string path in Directory.EnumerateFiles(folder).Order(StringComparer.Ordinal))
        {
            // What only debuggers load is a tenth of it.
            string name = Path.GetFileName(path);
            if (!name.EndsWith(".pdb", StringComparison.Ordinal) && !name.EndsWith(".xml", StringComparison.Ordinal) && name is not ("libmscordbi.so" or "libmscordaccore.so"))
                archive.files.Add(("bin/" + (name == Worker ? "worker" : name), path, null, name == Worker));
        }

        return archive;
    }

    /// <summary>A program that leads to another one of the same path, counted from the folder above.</summary>
    /// <param name="executable">The path, with slashes.</param>
    public static CodeArchive OfForwarder(string executable)
    {
        CodeArchive archive = new("f-");
        string back = string.Concat(Enumerable.Repeat("../", executable.Count(each => each == '/') + 1));
        archive.files.Add((executable, null, System.Text.Encoding.UTF8.GetBytes($"#!/bin/sh\nexec \"$(dirname \"$0\")/{back}{executable}\" \"$@\"\n"), true));
        return archive;
    }

    /// <summary>The archive as <c>tar.gz</c>.</summary>
    public byte[] ToBytes()
    {
        MemoryStream bytes = new();
        Write(bytes);
        return bytes.ToArray();
    }

    /// <summary>Puts the files where executors would unpack them, had the archive been sent.</summary>
    /// <param name="folder">Gets a folder with the archive's name.</param>
    public void SaveTo(string folder)
    {
        foreach ((string name, string? path, byte[]? content, bool isExecutable) in files)
        {
            string place = Path.Combine(folder, Name, name);
            Directory.CreateDirectory(Path.GetDirectoryName(place)!);
            if (path is null)
                File.WriteAllBytes(place, content!);
            else
                File.Copy(path, place, overwrite: true);
            if (isExecutable && !OperatingSystem.IsWindows())
                File.SetUnixFileMode(place, (UnixFileMode)0b111_101_101);
        }
    }

    /// <summary>Writes the archive as <c>tar.gz</c>.</summary>
    public void Write(Stream output)
    {
        using GZipStream packed = new(output, CompressionLevel.Optimal, leaveOpen: true);
        using TarWriter tar = new(packed, TarEntryFormat.Ustar);
        foreach ((string name, string? path, byte[]? content, bool isExecutable) in files)
        {
            using Stream data = path is null ? new MemoryStream(content!) : File.OpenRead(path);
            tar.WriteEntry(new UstarTarEntry(TarEntryType.RegularFile, name)
            {
                DataStream = data,
                ModificationTime = Time,
                Mode = (UnixFileMode)(isExecutable ? 0b111_101_101 : 0b110_100_100),
            });
        }
    }

    /// <summary>A hash as it stands in names.</summary>
    public static string HashOf(ReadOnlySpan<byte> bytes) => Shown(SHA256.HashData(bytes));

    /// <inheritdoc cref="HashOf(ReadOnlySpan{byte})"/>
    public static string HashOf(Stream bytes) => Shown(SHA256.HashData(bytes));

    /// <summary>Whether an assembly is the worker's, whatever lies beside the user's: this one and the runtime of networks, of which both sides must mean the same.</summary>
    public static bool IsOwn(string? assembly) => assembly == typeof(ExecutorFunction).Assembly.GetName().Name || assembly == typeof(Network).Assembly.GetName().Name;

    /// <summary>Adds an assembly and everything that it refers to, as far as it lies in the same folder, in the order of their names.</summary>
    private void AddAssemblies(string prefix, string folder, string first, Func<string, bool> isLeftOut)
    {
        SortedSet<string> taken = new(StringComparer.Ordinal);
        Queue<string> open = new([first]);
        while (open.TryDequeue(out string? next))
        {
            string path = Path.Combine(folder, next + ".dll");
            if (isLeftOut(next) || !File.Exists(path) || !taken.Add(next))
                continue;
            foreach (string reference in ReferencesOf(path))
                open.Enqueue(reference);
        }

        foreach (string each in taken)
            files.Add(($"{prefix}{each}.dll", Path.Combine(folder, each + ".dll"), null, false));
    }

    private static string Location(Assembly assembly) => assembly.Location is { Length: > 0 } path
        ? path
        : throw new InvalidOperationException($"{assembly.GetName().Name} has no file that could be sent to executors: a program in a single file, or code made in memory, cannot run there.");

    private static IEnumerable<string> ReferencesOf(string path)
    {
        using PEReader reader = new(File.OpenRead(path));
        if (!reader.HasMetadata)
            return [];
        MetadataReader metadata = reader.GetMetadataReader();
        return [.. metadata.AssemblyReferences.Select(reference => metadata.GetString(metadata.GetAssemblyReference(reference).Name))];
    }

    private string Hash()
    {
        using IncrementalHash hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        foreach ((string name, string? path, byte[]? content, _) in files)
        {
            hash.AppendData(Encoding.UTF8.GetBytes(name + "\n"));
            hash.AppendData(content ?? File.ReadAllBytes(path!));
        }

        return Shown(hash.GetHashAndReset());
    }

    // Half of it tells files apart, and names stay short.
    private static string Shown(byte[] hash) => Convert.ToHexStringLower(hash)[..24];
}
