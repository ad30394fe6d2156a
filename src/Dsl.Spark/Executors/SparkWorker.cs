using System;
using System.IO;
using Dsl.Spark.Connect;

namespace Dsl.Spark.Executors;

/// <summary>
/// The program that runs C# functions inside executors, and how it gets there. <see cref="Default"/> finds one of them by itself; give a session another by <c>spark.Worker</c> before its
/// first function.
/// </summary>
public sealed class SparkWorker
{
    private const string ArchiveFile = "dsl-spark-worker-linux-x64.tar.gz";
    private const string PlaceVariable = "DSL_SPARK_WORKER";

    private readonly Func<byte[]>? archive;

    private SparkWorker(string name, string executable, Func<byte[]>? archive)
    {
        Name = name;
        Executable = executable;
        this.archive = archive;
    }

    /// <summary>
    /// What the environment variable DSL_SPARK_WORKER names (an archive, a folder with <c>worker.dll</c>, or a path on the executors); else the archive with the runtime in it that lies beside
    /// this program; else the worker beside this program, for executors that have .NET.
    /// </summary>
    /// <exception cref="InvalidOperationException">There is none.</exception>
    public static SparkWorker Default
    {
        get
        {
            if (Environment.GetEnvironmentVariable(PlaceVariable) is { Length: > 0 } place)
                return Of(place);
            string beside = Path.Combine(AppContext.BaseDirectory, ArchiveFile);
            if (File.Exists(beside))
                return SelfContained(beside);
            if (File.Exists(Path.Combine(AppContext.BaseDirectory, "worker.dll")))
                return FrameworkDependent(AppContext.BaseDirectory);
            throw new InvalidOperationException($"There is no worker to send to executors: neither {ArchiveFile} nor worker.dll lies in {AppContext.BaseDirectory}. Reference Dsl.Spark.Worker, or name one by {PlaceVariable}.");
        }
    }

    /// <summary>The name of its folder on executors.</summary>
    internal string Name { get; }

    /// <summary>What Spark starts in place of Python.</summary>
    internal string Executable { get; }

    /// <summary>Whether it is on the machines already.</summary>
    internal bool IsInstalled => archive is null;

    /// <summary>A worker with its own .NET: executors need nothing but Linux on x64 with glibc 2.27 or later.</summary>
    /// <param name="path">The folder that <c>dotnet publish --self-contained -r linux-x64</c> of Dsl.Spark.Worker filled, or an archive of it (<c>tar.gz</c>) as folder <c>bin</c>.</param>
    public static SparkWorker SelfContained(string path)
    {
        if (Directory.Exists(path))
        {
            if (!File.Exists(Path.Combine(path, "libcoreclr.so")) || !File.Exists(Path.Combine(path, "worker")))
                throw new ArgumentException($"{path} has no worker with its own .NET for Linux; dotnet publish --self-contained -r linux-x64 of Dsl.Spark.Worker makes one.", nameof(path));
            CodeArchive files = CodeArchive.OfPublishedWorker(path);
            return new SparkWorker(files.Name, files.Name + "/bin/worker", files.ToBytes);
        }

        byte[] bytes = File.ReadAllBytes(path);
        string name = "w-" + CodeArchive.HashOf(bytes);
        return new SparkWorker(name, name + "/bin/worker", () => bytes);
    }

    /// <summary>A small worker for executors that have .NET 10, found as <c>dotnet</c> or by DOTNET_ROOT.</summary>
    /// <param name="folder">Where <c>worker.dll</c> lies with what it needs.</param>
    public static SparkWorker FrameworkDependent(string folder)
    {
        CodeArchive files = CodeArchive.OfWorker(folder);
        return new SparkWorker(files.Name, files.Name + "/bin/worker", files.ToBytes);
    }

    /// <summary>A worker that the cluster's administrator put on all machines; nothing is uploaded but the user's code. Streams whose executors come and go need this form.</summary>
    /// <param name="path">The path of the program on executors.</param>
    public static SparkWorker Installed(string path) => new("", path, null);

    private static SparkWorker Of(string place)
    {
        if (Directory.Exists(place))
            return File.Exists(Path.Combine(place, "libcoreclr.so")) ? SelfContained(place) : FrameworkDependent(place);
        return File.Exists(place) && place.EndsWith(".tar.gz", StringComparison.Ordinal) ? SelfContained(place) : Installed(place);
    }

    /// <summary>What is uploaded; null where nothing is.</summary>
    internal Artifact? ToArtifact() => archive is null ? null : Artifact.FromBytes($"archives/{Name}.tar.gz#{Name}", archive());
}
