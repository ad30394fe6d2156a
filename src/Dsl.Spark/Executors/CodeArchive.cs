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

namespace Dsl.Spark.Executors;

/// <summary>
/// Files that travel to executors as one archive, named by what is in them, so that nothing travels twice. A user's archive has the assembly of a function and what that refers to
/// beside it; the framework and this library are the worker's own.
/// </summary>
internal sealed class CodeArchive
{
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
        string name = assembly.GetName().Name!;
        string folder = Path.GetDirectoryName(Location(assembly))!;
        CodeArchive archive = new("u-");
        SortedSet<string> taken = new(StringComparer.Ordinal);
        Queue<string> open = new([name]);
        while (open.TryDequeue(out string? next))
        {
            string path = Path.Combine(folder, next + ".dll");
            if (IsOwn(next) || !File.Exists(path) || !taken.Add(next))
                continue;
            foreach (string reference in ReferencesOf(path))
                open.Enqueue(reference);
        }

        foreach (string each in taken)
            archive.files.Add((each + ".dll", Path.Combine(folder, each + ".dll"), null, false));
        return archive;
    }

    /// <summary>A worker that runs on the executors' own .NET.</summary>
    /// <param name="folder">Where <c>worker.dll</c> lies with what it needs.</param>
    public static CodeArchive OfWorker(string folder)
    {
        CodeArchive archive = new("w-");
        byte[] start = "#!/bin/sh\nexec \"${DOTNET_ROOT:+$DOTNET_ROOT/}dotnet\" \"$(dirname \"$0\")/worker.dll\" \"$@\"\n"u8.ToArray();
        archive.files.Add(("bin/worker", null, start, true));
        SortedSet<string> taken = new(StringComparer.Ordinal);
        Queue<string> open = new(["worker"]);
        while (open.TryDequeue(out string? next))
        {
            string path = Path.Combine(folder, next + ".dll");
            if (!File.Exists(path) || !taken.Add(next))
                continue;
            foreach (string reference in ReferencesOf(path))
                open.Enqueue(reference);
        }

        foreach (string each in taken)
            archive.files.Add(($"bin/{each}.dll", Path.Combine(folder, each + ".dll"), null, false));

        // Without its list of dependencies the host takes what lies beside the program.
        archive.files.Add(("bin/worker.runtimeconfig.json", Path.Combine(folder, "worker.runtimeconfig.json"), null, false));
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
                archive.files.Add(("bin/" + name, path, null, name == "worker"));
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
        using (GZipStream packed = new(bytes, CompressionLevel.Optimal, leaveOpen: true))
        using (TarWriter tar = new(packed, TarEntryFormat.Ustar))
        {
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

    /// <summary>A hash as it stands in names.</summary>
    public static string HashOf(ReadOnlySpan<byte> bytes) => Convert.ToHexStringLower(SHA256.HashData(bytes))[..24];

    /// <summary>Whether an assembly is the worker's, whatever lies beside the user's: this one and the runtime of networks, of which both sides must mean the same.</summary>
    public static bool IsOwn(string? assembly) => assembly == typeof(ExecutorFunction).Assembly.GetName().Name || assembly == typeof(Network).Assembly.GetName().Name;

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
            hash.AppendData(System.Text.Encoding.UTF8.GetBytes(name + "\n"));
            hash.AppendData(content ?? File.ReadAllBytes(path!));
        }

        return Convert.ToHexStringLower(hash.GetHashAndReset())[..24];
    }
}
