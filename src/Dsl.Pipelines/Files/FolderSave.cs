using System;
using System.Collections.Generic;
using System.IO;
using Dsl.Pipelines.Numerics;
using Dsl.Runtime;

namespace Dsl.Pipelines.Files;

/// <summary>
/// Replaces the files of a folder so that at every moment it is as before or complete. The new files are written beside the old ones under names of this save; then the one that
/// lists them, with a hash of each, is replaced, in one step; then they get their names. Whoever reads between the two finds a file that does not have its name yet by the save's.
/// </summary>
internal sealed class FolderSave : IDisposable
{
    private const string Prefix = ".dsl-new-";
    private const string LockName = ".dsl-save.lock";

    private readonly string folder;
    private readonly bool made;
    private readonly FileStream held;
    private readonly List<string> staged = [];
    private bool listed;

    /// <summary>Begins a save.</summary>
    /// <param name="folder">The folder; made where there is none.</param>
    /// <exception cref="IOException">It cannot be written, or another save into it has begun.</exception>
    public FolderSave(string folder)
    {
        this.folder = folder;
        made = !Directory.Exists(folder);
        try
        {
            Directory.CreateDirectory(folder);
            held = new FileStream(Path.Combine(folder, LockName), FileMode.OpenOrCreate, FileAccess.Write, FileShare.None, 1, FileOptions.DeleteOnClose);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            throw new IOException($"{folder} cannot be written: {(File.Exists(folder) ? "it is a file." : error.Message)}", error);
        }
    }

    /// <summary>This save's name.</summary>
    public string Name { get; } = Guid.NewGuid().ToString("N");

    /// <summary>Where a file of a save lies that does not have its name yet.</summary>
    public static string Beside(string folder, string save, string file) => Path.Combine(folder, $"{Prefix}{save}-{file}");

    /// <summary>Writes a file beside the old one.</summary>
    /// <returns>Its SHA-256, hexadecimal.</returns>
    public string Stage(string file, Action<Stream> write)
    {
        if (Directory.Exists(Path.Combine(folder, file)))
            throw new IOException($"{Path.Combine(folder, file)} cannot be written: it is a folder.");
        string path = Beside(folder, Name, file);
        staged.Add(file);
        Sha256 hash = new();
        FileReplacement.Write(path, stream => write(new HashingStream(stream, hash)));
        Span<byte> found = stackalloc byte[Sha256.Size];
        hash.Finish(found);
        return Convert.ToHexStringLower(found);
    }

    /// <summary>Replaces the file that lists the others: from here on the new ones count.</summary>
    public void Commit(string list, byte[] content)
    {
        FileReplacement.Write(Path.Combine(folder, list), stream => stream.Write(content));
        listed = true;
        foreach (string file in staged)
            File.Move(Beside(folder, Name, file), Path.Combine(folder, file), overwrite: true);
        RemoveLeftovers();
    }

    /// <summary>Ends the save; one that was not committed leaves nothing behind.</summary>
    public void Dispose()
    {
        for (int i = 0; i < staged.Count && !listed; i++)
            File.Delete(Beside(folder, Name, staged[i]));
        held.Dispose();
        if (!listed && made && Directory.GetFileSystemEntries(folder).Length == 0)
            Directory.Delete(folder);
    }

    // What killed saves left: no other one can be under way, for this one holds the lock.
    private void RemoveLeftovers()
    {
        foreach (string path in Directory.EnumerateFiles(folder, Prefix + "*"))
            File.Delete(path);
    }
}
