using System;
using System.IO;
using System.Threading.Tasks;

namespace Dsl.Tests;

/// <summary>The worker with its own .NET as one archive, of the assemblies that the tests run with: made once, whichever test or test project asks first.</summary>
internal static class PublishedWorker
{
#if DEBUG
    public const string Configuration = "Debug";
#else
    public const string Configuration = "Release";
#endif

    private static readonly Lazy<Task<DotNet>> Publishing = new(PublishAsync);

    /// <summary>The folder of the repository.</summary>
    public static string Repository { get; } = FindRepository();

    /// <summary>The folder of the project that makes it.</summary>
    public static string Project { get; } = Path.Combine(Repository, "src", "Dsl.Spark.Worker.linux-x64");

    /// <summary>Where it is, made where it was not; null where the runtime's package cannot be had, which is all that may fail.</summary>
    public static async Task<string?> ArchiveAsync()
    {
        DotNet published = await Publishing.Value;
        if (published.ExitCode == 0)
            return Path.Combine(Project, "bin", Configuration, "dsl-spark-worker-linux-x64.tar.gz");
        return published.Output.Contains("error NU1", StringComparison.Ordinal) ? null : throw new InvalidOperationException(published.Output);
    }

    private static async Task<DotNet> PublishAsync()
    {
        // Two test projects may want it at the same time; the second then finds it made.
        Directory.CreateDirectory(Path.Combine(Project, "obj"));
        using FileStream taken = await TakeAsync(Path.Combine(Project, "obj", "publishing.lock"));
        return await DotNet.Run(
            Project, null, "build", "-c", Configuration, "-t:Archive", "-p:BuildProjectReferences=false", "-v", "q", "-nodeReuse:false", "-p:UseSharedCompilation=false");
    }

    private static async Task<FileStream> TakeAsync(string path)
    {
        while (true)
        {
            try
            {
                return new FileStream(path, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);
            }
            catch (IOException)
            {
                await Task.Delay(100);
            }
        }
    }

    private static string FindRepository()
    {
        DirectoryInfo at = new(AppContext.BaseDirectory);
        while (!File.Exists(Path.Combine(at.FullName, "Dsl.sln")))
            at = at.Parent ?? throw new InvalidOperationException($"{AppContext.BaseDirectory} is in no checkout of the repository.");
        return at.FullName;
    }
}
