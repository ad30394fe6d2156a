using System;
using System.Collections.Generic;
using System.Collections.Immutable;
using System.IO;
using System.Linq;
using System.Reflection;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Xunit;

namespace Dsl.Generator.Tests;

/// <summary>A compilation as a build has it: the generators' files in it, then the analyzer over all.</summary>
internal sealed class Generating
{
    private readonly CSharpCompilation before;

    private Generating(CSharpCompilation before, Compilation after, GeneratorDriverRunResult result)
    {
        this.before = before;
        After = after;
        Result = result;
    }

    /// <summary>With what was generated.</summary>
    public Compilation After { get; }

    public GeneratorDriverRunResult Result { get; }

    /// <summary>Ours, ids, places and messages.</summary>
    public ImmutableArray<Diagnostic> Findings => Compiling.Analyze(After);

    /// <summary>Errors that C# finds only because of what was generated, or in it.</summary>
    public string NewErrors => Errors(After).ToArray() is { Length: > 0 } after ? string.Join("\n", after.Except(Errors(before), StringComparer.Ordinal)) : "";

    /// <summary>Everything that C# finds with what was generated.</summary>
    public string AllErrors => string.Join("\n", Errors(After));

    /// <summary>The generator alone, which reads files as those of a compilation are read.</summary>
    public static CSharpGeneratorDriver Driver(Compilation compilation) => CSharpGeneratorDriver.Create(
        [new ModelGenerator().AsSourceGenerator()], parseOptions: (CSharpParseOptions)compilation.SyntaxTrees.First().Options);

    /// <summary>The paths and texts of the files that a driver has generated, in one order.</summary>
    public static string Texts(GeneratorDriver driver) =>
        string.Join("\n", driver.GetRunResult().GeneratedTrees.OrderBy(tree => tree.FilePath, StringComparer.Ordinal).Select(tree => tree.FilePath + "\n" + tree));

    public static Generating Run(params string[] sources) => Run(Compiling.Compile([.. sources.Select(source => "using Dsl;\n" + source)]));

    public static Generating Run(CSharpCompilation compilation, params ISourceGenerator[] others) => Run(compilation, "", others);

    public static Generating Run(CSharpCompilation compilation, string folder, params ISourceGenerator[] others)
    {
        GeneratorDriver driver = CSharpGeneratorDriver.Create(
            [new ModelGenerator().AsSourceGenerator(), .. others],
            parseOptions: (CSharpParseOptions)compilation.SyntaxTrees[0].Options,
            driverOptions: new GeneratorDriverOptions(IncrementalGeneratorOutputKind.None, trackIncrementalGeneratorSteps: false, folder.Length == 0 ? null : folder));
        driver = driver.RunGeneratorsAndUpdateCompilation(compilation, out Compilation after, out ImmutableArray<Diagnostic> reported);
        Assert.Empty(reported);
        GeneratorDriverRunResult result = driver.GetRunResult();
        Assert.All(result.Results, one => Assert.Null(one.Exception));
        return new Generating(compilation, after, result);
    }

    /// <summary>The program, loaded.</summary>
    public Assembly Load()
    {
        using MemoryStream image = new();
        Microsoft.CodeAnalysis.Emit.EmitResult emitted = After.Emit(image);
        Assert.True(emitted.Success, string.Join("\n", emitted.Diagnostics));
        return Assembly.Load(image.ToArray());
    }

    /// <summary>The ids and underlined texts of what the analyzer reports.</summary>
    public string[] Squiggles() => [.. Findings.Select(one => $"{one.Id} {one.Location.SourceTree!.GetText().ToString(one.Location.SourceSpan)}")];

    private static IEnumerable<string> Errors(Compilation compilation) => compilation.GetDiagnostics()
        .Where(one => one.Severity == DiagnosticSeverity.Error)
        .Select(one => $"{one.Id} {one.GetMessage()} {one.Location.SourceTree?.GetText().Lines[one.Location.GetLineSpan().StartLinePosition.Line]}");
}
