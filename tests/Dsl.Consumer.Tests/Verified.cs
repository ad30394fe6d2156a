using System;
using System.IO;
using System.Linq;
using System.Reflection;
using Xunit;

namespace Dsl.Consumer.Tests;

/// <summary>Texts that are kept in the repository and made anew by every test run; DSL_UPDATE=1 in the environment writes what is made now.</summary>
internal static class Verified
{
    private static bool Updates => Environment.GetEnvironmentVariable("DSL_UPDATE") == "1";

    /// <summary>The repository's root. From the project, as a build server's compiler hides the paths of sources.</summary>
    public static string Repository { get; } = typeof(Verified).Assembly.GetCustomAttributes<AssemblyMetadataAttribute>().Single(one => one.Key == "Repository").Value!;

    /// <summary>Compares with <c>Snapshots/name.verified.txt</c>; what differs is left in <c>name.received.txt</c>.</summary>
    public static void Snapshot(string name, string received)
    {
        string folder = Path.Combine(Repository, "tests", "Dsl.Consumer.Tests", "Snapshots");
        string other = Path.Combine(folder, name + ".received.txt");
        File.Delete(other);
        if (!Matches(Path.Combine(folder, name + ".verified.txt"), received))
        {
            File.WriteAllText(other, received);
            Assert.Fail($"{name} differs from its verified text; see {other}, and run with DSL_UPDATE=1 to take it over.");
        }
    }

    /// <summary>Compares the part of a document between <c>&lt;!-- begin name --&gt;</c> and <c>&lt;!-- end name --&gt;</c>.</summary>
    public static void Part(string path, string name, string received)
    {
        string whole = File.ReadAllText(path).Replace("\r\n", "\n", StringComparison.Ordinal);
        string begin = $"<!-- begin {name} -->\n";
        int start = whole.IndexOf(begin, StringComparison.Ordinal) + begin.Length;
        int end = whole.IndexOf($"<!-- end {name} -->", StringComparison.Ordinal);
        Assert.True(start >= begin.Length && end >= start, $"{path} has no part {name}");
        if (Updates)
            File.WriteAllText(path, string.Concat(whole.AsSpan(0, start), received, whole.AsSpan(end)));
        else
            Assert.True(whole[start..end] == received, $"The part {name} of {path} is out of date; DSL_UPDATE=1 dotnet test writes it anew:\n{received}");
    }

    private static bool Matches(string path, string received)
    {
        if (Updates)
            File.WriteAllText(path, received);
        return File.Exists(path) && File.ReadAllText(path).Replace("\r\n", "\n", StringComparison.Ordinal) == received;
    }
}
