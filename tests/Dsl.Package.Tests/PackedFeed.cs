using System;
using System.IO;
using System.Linq;
using System.Reflection;
using System.Threading.Tasks;
using Xunit;

namespace Dsl.Package.Tests;

/// <summary>The packages, packed from this repository into a feed of its own, and projects that take them from there and know no other feed.</summary>
public sealed class PackedFeed : IAsyncLifetime
{
    private readonly string root = Directory.CreateTempSubdirectory("dsl-package-").FullName;

    /// <summary>The package's file.</summary>
    public string Package => PackageOf("Dsl");

    /// <summary>Where Spark's programs and files of tests may lie.</summary>
    public string Root => root;

    private static string Version => Metadata("PackageVersion");

    /// <inheritdoc/>
    public async Task InitializeAsync()
    {
        await PackAsync("Dsl.Runtime");
        Copy("CsvHelper");
        await File.WriteAllTextAsync(Path.Combine(root, "nuget.config"), """
            <configuration>
              <packageSources>
                <clear />
                <add key="feed" value="feed" />
              </packageSources>
            </configuration>
            """);
    }

    /// <summary>A package's file.</summary>
    /// <param name="name">The package.</param>
    public string PackageOf(string name) => Path.Combine(root, "feed", $"{name}.{Version}.nupkg");

    /// <summary>Packs a further project.</summary>
    /// <param name="project">Its folder under <c>src</c>.</param>
    public async Task PackAsync(string project)
    {
        string folder = Path.Combine(PublishedWorker.Repository, "src", project);
        DotNet packed = await DotNet.Run(folder, null, "pack", "--no-build", "-c", PublishedWorker.Configuration, "-o", Path.Combine(root, "feed"), "--disable-build-servers");
        Assert.True(packed.ExitCode == 0, packed.Output);
    }

    /// <summary>Puts a package of somebody else's into the feed, as restoring this repository brought it.</summary>
    /// <param name="name">The package.</param>
    public void Copy(string name)
    {
        string versions = Path.Combine(Metadata("Packages"), name.ToLowerInvariant());
        foreach (string file in Directory.EnumerateFiles(versions, "*.nupkg", SearchOption.AllDirectories))
            File.Copy(file, Path.Combine(root, "feed", Path.GetFileName(file)));
    }

    /// <inheritdoc/>
    public Task DisposeAsync()
    {
        Directory.Delete(root, recursive: true);
        return Task.CompletedTask;
    }

    /// <summary>Makes a project with a reference of the package Dsl and runs a command on it.</summary>
    internal Task<DotNet> Run(string name, string properties, string source, params string[] command) => Run(name, ["Dsl"], properties, source, command);

    /// <summary>Makes a project with references of packages and runs a command on it.</summary>
    internal async Task<DotNet> Run(string name, string[] packages, string properties, string source, params string[] command)
    {
        string folder = Directory.CreateDirectory(Path.Combine(root, name)).FullName;
        await File.WriteAllTextAsync(Path.Combine(folder, name + ".csproj"), $"""
            <Project Sdk="Microsoft.NET.Sdk">
              <PropertyGroup>
                <OutputType>Exe</OutputType>
                <TargetFramework>net10.0</TargetFramework>
                {properties}
              </PropertyGroup>
              <ItemGroup>
                {string.Concat(packages.Select(package => $"<PackageReference Include=\"{package}\" Version=\"{Version}\" />"))}
              </ItemGroup>
            </Project>
            """);
        await File.WriteAllTextAsync(Path.Combine(folder, "Program.cs"), source);
        return await DotNet.Run(folder, Path.Combine(root, "packages"), [.. command, "--disable-build-servers"]);
    }

    private static string Metadata(string key) =>
        typeof(PackedFeed).Assembly.GetCustomAttributes<AssemblyMetadataAttribute>().Single(one => one.Key == key).Value ?? throw new InvalidOperationException(key);
}
