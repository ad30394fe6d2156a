using System;
using System.IO;
using System.Linq;
using System.Reflection;
using System.Threading.Tasks;
using Xunit;

namespace Dsl.Package.Tests;

/// <summary>The package, packed from this repository into a feed of its own, and projects that take it from there and know no other feed.</summary>
public sealed class PackedFeed : IAsyncLifetime
{
    private readonly string root = Directory.CreateTempSubdirectory("dsl-package-").FullName;

    /// <summary>The package's file.</summary>
    public string Package => Path.Combine(root, "feed", $"Dsl.{Version}.nupkg");

    private static string Version => Metadata("PackageVersion");

    /// <inheritdoc/>
    public async Task InitializeAsync()
    {
        string project = Path.Combine(Metadata("Repository"), "src", "Dsl.Runtime");
        DotNet packed = await DotNet.Run(project, null, "pack", "--no-build", "-c", Metadata("Configuration"), "-o", Path.Combine(root, "feed"), "--disable-build-servers");
        Assert.True(packed.ExitCode == 0, packed.Output);
        await File.WriteAllTextAsync(Path.Combine(root, "nuget.config"), """
            <configuration>
              <packageSources>
                <clear />
                <add key="feed" value="feed" />
              </packageSources>
            </configuration>
            """);
    }

    /// <inheritdoc/>
    public Task DisposeAsync()
    {
        Directory.Delete(root, recursive: true);
        return Task.CompletedTask;
    }

    /// <summary>Makes a project with one package reference and runs a command on it.</summary>
    internal async Task<DotNet> Run(string name, string properties, string source, params string[] command)
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
                <PackageReference Include="Dsl" Version="{Version}" />
              </ItemGroup>
            </Project>
            """);
        await File.WriteAllTextAsync(Path.Combine(folder, "Program.cs"), source);
        return await DotNet.Run(folder, Path.Combine(root, "packages"), [.. command, "--disable-build-servers"]);
    }

    private static string Metadata(string key) =>
        typeof(PackedFeed).Assembly.GetCustomAttributes<AssemblyMetadataAttribute>().Single(one => one.Key == key).Value ?? throw new InvalidOperationException(key);
}
