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

    private readonly Func<string, Artifact>? archive;

    private SparkWorker(string name, string executable, Func<string, Artifact>? archive)
    {
        Name = name;
        Executable = executable;
        this.archive = archive;
    }

    /// <summary>
    /// What the environment variable DSL_SPARK_WORKER names (an archive, a folder with a worker, or a path on the executors); else the archive with the runtime in it that the package
    /// Dsl.Spark.Worker.linux-x64 puts beside this program; else the worker that the package Dsl.Spark puts there, for executors that have .NET.
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
            if (File.Exists(Path.Combine(AppContext.BaseDirectory, CodeArchive.Worker + ".dll")))
                return FrameworkDependent(AppContext.BaseDirectory);
            throw new InvalidOperationException($"There is no worker to send to executors: neither {ArchiveFile} nor {CodeArchive.Worker}.dll lies in {AppContext.BaseDirectory}. "
                + $"Reference the package {CodeArchive.WorkerPackage}, or name a worker by {PlaceVariable}.");
        }
    }

    /// <summary>The name of its folder on executors.</summary>
    internal string Name { get; }

    /// <summary>What Spark starts in place of Python.</summary>
    internal string Executable { get; }

    /// <summary>Whether it is on the machines already, and is not uploaded.</summary>
    internal bool IsInstalled => archive is null;

    /// <summary>A worker with its own .NET: executors need nothing but Linux on x64 with glibc 2.27 or later.</summary>
    /// <param name="path">The archive of the package Dsl.Spark.Worker.linux-x64 (<c>tar.gz</c>), or the folder that <c>dotnet publish</c> of the project of that name filled.</param>
    public static SparkWorker SelfContained(string path)
    {
        if (Directory.Exists(path))
        {
            if (!File.Exists(Path.Combine(path, "libcoreclr.so")) || !File.Exists(Path.Combine(path, CodeArchive.Worker)))
                throw new ArgumentException($"{path} has no worker with its own .NET for Linux; dotnet publish of {CodeArchive.WorkerPackage} makes one.", nameof(path));
            return Of(CodeArchive.OfPublishedWorker(path));
        }

        using FileStream file = File.OpenRead(path);
        string name = "w-" + CodeArchive.HashOf(file);
        return new SparkWorker(name, name + "/bin/worker", artifact => Artifact.FromFile(artifact, path));
    }

    /// <summary>A small worker for executors that have .NET 10, found as <c>dotnet</c> or by DOTNET_ROOT.</summary>
    /// <param name="folder">Where <c>Dsl.Spark.Worker.dll</c> lies with what it needs: beside a program that references the package Dsl.Spark.</param>
    public static SparkWorker FrameworkDependent(string folder) => Of(CodeArchive.OfWorker(folder));

    /// <summary>A worker that the cluster's administrator put on all machines; nothing is uploaded but the user's code. Streams whose executors come and go need this form.</summary>
    /// <param name="path">The path of the program on executors.</param>
    public static SparkWorker Installed(string path) => new("", path, null);

    private static SparkWorker Of(CodeArchive files) => new(files.Name, files.Name + "/bin/worker", artifact => Artifact.FromBytes(artifact, files.ToBytes()));

    /// <summary>The worker at a place, as DSL_SPARK_WORKER names one.</summary>
    internal static SparkWorker Of(string place)
    {
        if (Directory.Exists(place))
            return File.Exists(Path.Combine(place, "libcoreclr.so")) ? SelfContained(place) : FrameworkDependent(place);
        return File.Exists(place) && place.EndsWith(".tar.gz", StringComparison.Ordinal) ? SelfContained(place) : Installed(place);
    }

    /// <summary>What is uploaded. It is packed by this call, which takes seconds where .NET is in it.</summary>
    /// <exception cref="InvalidOperationException">Nothing is.</exception>
    internal Artifact ToArtifact() => archive?.Invoke($"archives/{Name}.tar.gz#{Name}") ?? throw new InvalidOperationException($"{Executable} lies on the executors already.");
}
