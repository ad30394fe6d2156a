using System;
using System.Buffers;
using System.IO;
using Microsoft.Win32.SafeHandles;

namespace Dsl.Runtime;

/// <summary>
/// Writes a file so that its old content is never lost: beside it, flushed to the disk, then renamed over it, with the old one's mode. What is no
/// file but a pipe or a device is written through, since a rename would put a file in its place.
/// </summary>
/// <remarks>
/// The file beside is held open, and with that locked, until it has its name. What a killed process left behind is locked by nobody: the next save in
/// the folder removes it. .NET has no way to write a file that has no name yet (O_TMPFILE), nor to flush a folder.
/// </remarks>
internal static class FileReplacement
{
    private const string Prefix = ".dsl-save-";
    private const string Suffix = ".tmp";
    private const int NumberLength = 32;
    private const int Retries = 16;
    private static readonly SearchValues<char> Digits = SearchValues.Create("0123456789abcdef");

    // A lock on Unix is shared unless nothing is shared, and stays with the file when it is renamed: it must not keep readers of the new file out.
    private const FileShare Held = FileShare.ReadWrite | FileShare.Delete;

    /// <summary>Writes a file whole or not at all.</summary>
    /// <param name="path">The file; a link is followed, so that its target is replaced.</param>
    /// <param name="write">Writes the content.</param>
    /// <exception cref="IOException">The file cannot be written; the message names it.</exception>
    public static void Write(string path, Action<Stream> write) => Replace(path, write);

    /// <summary>Finds out before long work whether a file can be written at its end, and leaves everything as it is.</summary>
    /// <param name="path">The file.</param>
    /// <exception cref="IOException">It cannot; the message names it.</exception>
    public static void CheckWritable(string path) => Replace(path, write: null);

    private static void Replace(string path, Action<Stream>? write)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        string beside = "";
        try
        {
            string target = Target(path);
            FileAttributes? old = Attributes(target);

            // What may be a device or a pipe is not opened to find out: that is not harmless.
            if (old is not null && IsPerhapsSpecial(target) && (write is null || TryWriteThrough(target, write)))
                return;
            using FileStream stream = CreateBeside(target, isPrivate: write is null || old is not null, out beside);
            if (write is null)
                return;
            RemoveLeftovers(beside);
            write(stream);
            if (old is { } attributes)
                KeepMode(target, attributes, stream, beside);
            stream.Flush(flushToDisk: true);
            File.Move(beside, target, overwrite: true);
            beside = "";
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw Explained(e, path, beside);
        }
        finally
        {
            if (beside.Length > 0)
                TryDelete(beside);
        }
    }

    private static string Target(string path)
    {
        FileInfo file = new(path);
        return file.LinkTarget is null ? file.FullName : file.ResolveLinkTarget(returnFinalTarget: true)!.FullName;
    }

    /// <summary>The attributes of the file that there is; null where there is none yet.</summary>
    private static FileAttributes? Attributes(string target)
    {
        FileAttributes attributes;
        try
        {
            attributes = File.GetAttributes(target);
        }
        catch (Exception e) when (e is FileNotFoundException or DirectoryNotFoundException)
        {
            string folder = Path.GetDirectoryName(target)!;
            return Directory.Exists(folder) ? null : throw new DirectoryNotFoundException($"there is no folder {folder}.");
        }

        return (attributes & FileAttributes.Directory) == 0 ? attributes : throw new IOException("it is a folder.");
    }

    /// <summary>.NET does not tell what a name stands for; but pipes and devices have no length.</summary>
    private static bool IsPerhapsSpecial(string target) => new FileInfo(target).Length == 0;

    /// <summary>Writes what is no file; false for a file. Waits for the reader of a pipe, as every writer does.</summary>
    private static bool TryWriteThrough(string target, Action<Stream> write)
    {
        SafeFileHandle handle;
        try
        {
            handle = File.OpenHandle(target, FileMode.Open, FileAccess.Write, Held);
        }
        catch (UnauthorizedAccessException)
        {
            // An empty file that is read-only: the folder decides whether it can be replaced.
            return false;
        }

        using (handle)
        {
            if (CanBeCut(handle))
                return false;
            using FileStream stream = new(handle, FileAccess.Write, bufferSize: 1 << 16);
            write(stream);
            stream.Flush(flushToDisk: true);
            return true;
        }
    }

    /// <summary>Whether the length can be set, here to what it is: of a file only.</summary>
    private static bool CanBeCut(SafeFileHandle handle)
    {
        try
        {
            RandomAccess.SetLength(handle, RandomAccess.GetLength(handle));
            return true;
        }
        catch (Exception e) when (e is IOException or NotSupportedException or ArgumentException or UnauthorizedAccessException)
        {
            return false;
        }
    }

    private static FileStream CreateBeside(string target, bool isPrivate, out string beside)
    {
        string folder = Path.GetDirectoryName(target)!;
        FileStreamOptions options = new() { Mode = FileMode.CreateNew, Access = FileAccess.Write, Share = Held, BufferSize = 1 << 16 };

        // Nobody but us may read what will replace a file that nobody but us may read.
        if (isPrivate && !OperatingSystem.IsWindows())
            options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        int failures = 0;
        while (true)
        {
            beside = Path.Combine(folder, $"{Prefix}{Guid.NewGuid():N}{Suffix}");
            try
            {
                FileStream stream = new(beside, options);
                if (File.Exists(beside))
                    return stream;
                stream.Dispose();
            }
            catch (IOException) when (failures++ < Retries)
            {
                // Another save may have taken it for a leftover, in the moment before it was locked: it keeps it locked until it is removed.
            }
        }
    }

    private static void KeepMode(string target, FileAttributes attributes, FileStream stream, string beside)
    {
        try
        {
            if (OperatingSystem.IsWindows())
                File.SetAttributes(beside, attributes & (FileAttributes.Hidden | FileAttributes.System | FileAttributes.NotContentIndexed | FileAttributes.Archive));
            else
                File.SetUnixFileMode(stream.SafeFileHandle, File.GetUnixFileMode(target));
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            // Not every file system has modes; the new file then stays readable for its owner only.
        }
    }

    /// <summary>Removes what killed saves left in the folder of our own file: files with a name of ours that nobody holds open.</summary>
    private static void RemoveLeftovers(string ours)
    {
        bool? locksHold = null;
        try
        {
            foreach (string path in Directory.EnumerateFiles(Path.GetDirectoryName(ours)!, Prefix + "*" + Suffix))
            {
                if (path == ours || !IsName(Path.GetFileName(path)))
                    continue;

                // Not on every file system is there a lock, and without one a running save looks like a leftover.
                locksHold ??= IsLocked(ours);
                if (locksHold == false)
                    return;
                if (!TryLock(path, out SafeFileHandle? left))
                    continue;
                using (left)
                    TryDelete(path);
            }
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            // The folder may be written but not listed: then its leftovers stay.
        }
    }

    private static bool IsName(string name) => name.StartsWith(Prefix, StringComparison.Ordinal) && name.EndsWith(Suffix, StringComparison.Ordinal)
        && name.Length == Prefix.Length + NumberLength + Suffix.Length && name.AsSpan(Prefix.Length, NumberLength).IndexOfAnyExcept(Digits) < 0;

    private static bool TryLock(string path, out SafeFileHandle? handle)
    {
        handle = null;
        try
        {
            if ((File.GetAttributes(path) & (FileAttributes.ReparsePoint | FileAttributes.Directory)) == 0)
                handle = File.OpenHandle(path, FileMode.Open, FileAccess.ReadWrite, OperatingSystem.IsWindows() ? FileShare.Delete : FileShare.None);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            // Somebody holds it, or it is not ours.
        }

        return handle is not null;
    }

    private static bool IsLocked(string path)
    {
        if (!TryLock(path, out SafeFileHandle? handle))
            return true;
        handle?.Dispose();
        return false;
    }

    private static void TryDelete(string path)
    {
        try
        {
            File.Delete(path);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            // What cannot be removed now is a leftover for the next save.
        }
    }

    /// <summary>The error under the name that the caller gave, of the kind that is documented.</summary>
    private static IOException Explained(Exception e, string path, string beside)
    {
        string reason = beside.Length > 0 ? e.Message.Replace(beside, path, StringComparison.Ordinal) : e.Message;
        return new IOException($"{path} cannot be written: {reason}", e) { HResult = e.HResult };
    }
}
