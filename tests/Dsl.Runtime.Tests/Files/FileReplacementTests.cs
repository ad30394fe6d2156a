using System;
using System.Diagnostics;
using System.IO;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;
using Xunit;

namespace Dsl.Runtime.Tests;

/// <summary>What becomes of a file, and of what stands beside it, when it is written anew.</summary>
public sealed class FileReplacementTests : IDisposable
{
    /// <summary>A name of our temporary files: what a killed save leaves behind.</summary>
    private const string Left = ".dsl-save-0123456789abcdef0123456789abcdef.tmp";

    private readonly string _folder = Directory.CreateTempSubdirectory("dsl-replaced").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    private string At(string name) => Path.Combine(_folder, name);

    private static void Save(string path) => Safetensors.Write(path, [SafetensorsTests.Tensor("a", 2)]);

    private static IOException Refused(string path)
    {
        IOException error = Assert.ThrowsAny<IOException>(() => Save(path));
        Assert.Contains(path, error.Message, StringComparison.Ordinal);
        Assert.DoesNotContain(".tmp", error.Message, StringComparison.Ordinal);
        return error;
    }

    [Theory]
    [InlineData("640")]
    [InlineData("600")]
    [InlineData("755")]
    [InlineData("444")]
    public void The_old_files_mode_is_kept(string octal)
    {
        if (OperatingSystem.IsWindows())
            return;
        UnixFileMode mode = (UnixFileMode)Convert.ToInt32(octal, 8);
        File.WriteAllText(At("net"), "old");
        File.SetUnixFileMode(At("net"), mode);
        Save(At("net"));
        Assert.Equal(mode, File.GetUnixFileMode(At("net")));
        Assert.Single(Safetensors.ReadHeader(At("net")).Tensors);
    }

    [Fact]
    public async Task A_fifo_is_written_through()
    {
        if (!OperatingSystem.IsLinux())
            return;
        Run("mkfifo", At("fifo"));
        FileReplacement.CheckWritable(At("fifo"));
        Task<byte[]> read = Task.Run(() => File.ReadAllBytes(At("fifo")));
        Save(At("fifo"));
        Assert.Equal(SafetensorsTests.Bytes([SafetensorsTests.Tensor("a", 2)]), await read);
        Assert.Equal([At("fifo")], Directory.GetFiles(_folder));
        Run("test", "-p", At("fifo"));
    }

    [Fact]
    public void A_device_is_written_through()
    {
        if (!OperatingSystem.IsLinux())
            return;
        File.CreateSymbolicLink(At("null"), "/dev/null");
        Save(At("null"));
        Run("test", "-c", "/dev/null");
        if (!TryRun("mknod", At("device"), "c", "1", "3"))
            return;
        Save(At("device"));
        Run("test", "-c", At("device"));
        FileReplacement.CheckWritable(At("device"));
        Assert.Equal([At("device"), At("null")], Directory.GetFiles(_folder).Order(StringComparer.Ordinal));
    }

    [Fact]
    public void An_empty_file_is_replaced_like_any_other()
    {
        File.WriteAllText(At("empty"), "");
        using FileStream reader = new(At("empty"), FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
        Save(At("empty"));
        Assert.Single(Safetensors.ReadHeader(At("empty")).Tensors);
        Assert.Equal(0, reader.Length);
    }

    [Theory]
    [InlineData(255, "x")]
    [InlineData(127, "ü")]
    [InlineData(63, "\U0001F600")]
    public void A_name_may_be_as_long_as_the_file_system_takes(int count, string letter)
    {
        string path = At(string.Concat(Enumerable.Repeat(letter, count)));
        Save(path);
        Save(path);
        Assert.Equal([path], Directory.GetFiles(_folder));
    }

    [Fact]
    public void A_longer_name_is_refused_before_anything_is_written()
    {
        string path = At(new string('x', 256));
        Assert.ThrowsAny<IOException>(() => FileReplacement.Write(path, _ => Assert.Fail("written")));
        Refused(path);
        Assert.Empty(Directory.GetFileSystemEntries(_folder));
    }

    [Fact]
    public void What_cannot_be_written_is_an_IOException_that_names_the_target()
    {
        Directory.CreateDirectory(At("folder"));
        File.WriteAllText(At("file"), "old");
        foreach (string path in new[] { At("folder"), At("none/net"), At("file/net"), "/proc/net.safetensors" })
        {
            if (path[1] != 'p' || OperatingSystem.IsLinux())
            {
                Refused(path);
                Assert.Contains(path, Assert.ThrowsAny<IOException>(() => FileReplacement.CheckWritable(path)).Message, StringComparison.Ordinal);
            }
        }

        Assert.Equal("old", File.ReadAllText(At("file")));
        Assert.Equal([At("file"), At("folder")], Directory.GetFileSystemEntries(_folder).Order(StringComparer.Ordinal));
    }

    /// <summary>Root may write anywhere; for everybody else a folder without the right to write is one more such error.</summary>
    [Fact]
    public void A_folder_that_is_not_ours_is_an_IOException_too()
    {
        if (OperatingSystem.IsWindows() || Environment.IsPrivilegedProcess)
            return;
        Directory.CreateDirectory(At("locked"), UnixFileMode.UserRead | UnixFileMode.UserExecute);
        Assert.IsType<UnauthorizedAccessException>(Refused(At("locked/net")).InnerException);
    }

    [Fact]
    public void An_error_of_the_system_keeps_its_cause()
    {
        IOException error = Assert.ThrowsAny<IOException>(
            () => FileReplacement.Write(At("net"), _ => throw new UnauthorizedAccessException("no right to " + Directory.GetFiles(_folder, ".dsl-save-*").Single())));
        Assert.IsType<UnauthorizedAccessException>(error.InnerException);
        Assert.Equal($"{At("net")} cannot be written: no right to {At("net")}", error.Message);
        Assert.Empty(Directory.GetFileSystemEntries(_folder));
    }

    [Fact]
    public void What_killed_saves_left_is_cleaned_up_and_nothing_else()
    {
        string[] others =
        [
            ".dsl-save-0123456789abcdef0123456789abcdeg.tmp", ".dsl-save-0123456789abcdef0123456789abcde.tmp", ".dsl-save-0123456789ABCDEF0123456789abcdef.tmp",
            "x.dsl-save-0123456789abcdef0123456789abcdef.tmp", "net.0123456789abcdef0123456789abcdef.tmp", ".dsl-save-.tmp",
        ];
        foreach (string name in others)
            File.WriteAllText(At(name), "");
        File.WriteAllText(At(Left), "half a file");
        Save(At("net"));
        Assert.Equal(others.Append("net").Order(StringComparer.Ordinal), Directory.GetFiles(_folder).Select(Path.GetFileName).Order(StringComparer.Ordinal));
    }

    [Fact]
    public void What_a_running_save_writes_is_left_alone()
    {
        FileReplacement.Write(At("outer"), outer =>
        {
            outer.Write("outer"u8);
            Save(At("inner"));
            FileReplacement.CheckWritable(At("other"));
            Assert.Single(Directory.GetFiles(_folder, ".dsl-save-*"));
        });
        Assert.Equal("outer", File.ReadAllText(At("outer")));
        Assert.Equal([At("inner"), At("outer")], Directory.GetFiles(_folder).Order(StringComparer.Ordinal));
    }

    [Fact]
    public void What_another_process_writes_is_left_alone_until_it_is_killed()
    {
        if (!File.Exists("/usr/bin/flock"))
            return;
        File.WriteAllText(At(Left), "half a file");
        using Process other = Process.Start(new ProcessStartInfo("flock", ["-s", At(Left), "cat"]) { RedirectStandardInput = true, RedirectStandardOutput = true })!;
        other.StandardInput.WriteLine("locked");
        other.StandardInput.Flush();
        Assert.Equal("locked", other.StandardOutput.ReadLine());
        Save(At("net"));
        Assert.Equal([At(Left), At("net")], Directory.GetFiles(_folder).Order(StringComparer.Ordinal));
        other.Kill(entireProcessTree: true);
        other.WaitForExit();
        Assert.True(SpinWait.SpinUntil(() => TryRun("flock", "-x", "-n", At(Left), "true"), TimeSpan.FromMinutes(1)));
        Save(At("net"));
        Assert.Equal([At("net")], Directory.GetFiles(_folder));
    }

    [Fact]
    public void Many_saves_at_once_in_one_folder_and_to_one_file_all_succeed()
    {
        byte[] whole = SafetensorsTests.Bytes([SafetensorsTests.Tensor("a", 2)]);
        Parallel.For(0, 8, thread =>
        {
            for (int i = 0; i < 50; i++)
            {
                Leave(At($".dsl-save-{Guid.NewGuid():N}.tmp"));
                Save(At("shared"));
                Save(At("own" + thread));
                Assert.Equal(whole, File.ReadAllBytes(At("shared")));
            }
        });
        Save(At("shared"));
        Assert.Equal(9, Directory.GetFiles(_folder).Length);
    }

    // A save on another thread may take the leftover away while it is being made.
    private static void Leave(string path)
    {
        try
        {
            File.WriteAllText(path, "left");
        }
        catch (IOException)
        {
        }
    }

    [Fact]
    public void Looking_whether_a_file_can_be_written_changes_nothing()
    {
        File.WriteAllText(At("net"), "old");
        DateTime time = File.GetLastWriteTimeUtc(At("net"));
        FileReplacement.CheckWritable(At("net"));
        FileReplacement.CheckWritable(At("new"));
        Assert.Equal(("old", time), (File.ReadAllText(At("net")), File.GetLastWriteTimeUtc(At("net"))));
        Assert.Equal([At("net")], Directory.GetFiles(_folder));
    }

    private static void Run(string program, params string[] arguments) => Assert.True(TryRun(program, arguments), program + " " + string.Join(' ', arguments));

    private static bool TryRun(string program, params string[] arguments)
    {
        using Process process = Process.Start(program, arguments);
        process.WaitForExit();
        return process.ExitCode == 0;
    }
}
