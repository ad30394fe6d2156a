using System;
using System.Collections.Generic;
using System.Collections.Immutable;
using System.IO;
using System.Linq;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.Diagnostics;

namespace Dsl.Generator.Tests;

/// <summary>Compiles sources against the attributes and the framework, and runs the analyzer on them.</summary>
internal static class Compiling
{
    private static readonly CSharpParseOptions Options = new(LanguageVersion.Latest);

    private static readonly ImmutableArray<MetadataReference> References =
    [
        .. ((string)AppContext.GetData("TRUSTED_PLATFORM_ASSEMBLIES")!)
            .Split(Path.PathSeparator)
            .Where(path => Path.GetFileName(path) is var name
                && (name.StartsWith("System.", StringComparison.Ordinal) || name is "netstandard.dll" or "mscorlib.dll" or "Microsoft.CSharp.dll" or "Dsl.Attributes.dll" or "Dsl.Runtime.dll" or "Dsl.Pipelines.dll"))
            .Select(path => MetadataReference.CreateFromFile(path)),
    ];

    /// <summary>The library of Spark's columns: of a few tests alone, as nearly all compile without it.</summary>
    public static MetadataReference Spark { get; } = MetadataReference.CreateFromFile(typeof(Dsl.Spark.Executors.ColumnFunction).Assembly.Location);

    public static CSharpCompilation Compile(params string[] sources) => Compile("Test", sources, []);

    public static CSharpCompilation Compile(LanguageVersion version, params string[] sources)
    {
        // Nullable by a compilation option is an error of its own before C# 8.
        NullableContextOptions nullable = Options.WithLanguageVersion(version).LanguageVersion < LanguageVersion.CSharp8 ? NullableContextOptions.Disable : NullableContextOptions.Enable;
        CSharpCompilation compilation = Compile("Test", sources, []);
        return compilation
            .RemoveAllSyntaxTrees()
            .AddSyntaxTrees(compilation.SyntaxTrees.Select(tree => CSharpSyntaxTree.ParseText(tree.ToString(), Options.WithLanguageVersion(version), tree.FilePath)))
            .WithOptions(compilation.Options.WithNullableContextOptions(nullable));
    }

    public static CSharpCompilation Compile(string assembly, IEnumerable<string> sources, IEnumerable<MetadataReference> further) =>
        CSharpCompilation.Create(
            assembly,
            sources.Select((source, i) => CSharpSyntaxTree.ParseText(source, Options, $"File{i}.cs")),
            References.Concat(further),
            new CSharpCompilationOptions(OutputKind.DynamicallyLinkedLibrary, nullableContextOptions: NullableContextOptions.Enable));

    /// <summary>The same sources under other paths.</summary>
    public static CSharpCompilation CompileFiles(params (string Path, string Source)[] files)
    {
        CSharpCompilation compilation = Compile();
        return compilation.AddSyntaxTrees(files.Select(file => CSharpSyntaxTree.ParseText(file.Source, Options, file.Path)));
    }

    /// <summary>An assembly of the sources, as another project would reference it.</summary>
    public static MetadataReference Reference(string assembly, params string[] sources)
    {
        using MemoryStream image = new();
        Microsoft.CodeAnalysis.Emit.EmitResult result = Compile(assembly, sources, []).Emit(image);
        if (!result.Success)
            throw new InvalidOperationException(string.Join("\n", result.Diagnostics));
        return MetadataReference.CreateFromImage(image.ToArray());
    }

    /// <summary>What the analyzer reports, in the order of files and positions; an exception in it is a failure.</summary>
    public static ImmutableArray<Diagnostic> Analyze(Compilation compilation)
    {
        Exception? thrown = null;
        CompilationWithAnalyzersOptions options = new(
            new AnalyzerOptions([]),
            onAnalyzerException: (exception, _, _) => thrown = exception,
            concurrentAnalysis: false,
            logAnalyzerExecutionTime: false);
        ImmutableArray<Diagnostic> found = new CompilationWithAnalyzers(compilation, [new NetworkAnalyzer()], options)
            .GetAnalyzerDiagnosticsAsync().GetAwaiter().GetResult();
        if (thrown is not null)
            throw new InvalidOperationException("The analyzer threw", thrown);
        List<SyntaxTree> files = [.. compilation.SyntaxTrees];
        return [.. found.OrderBy(one => files.IndexOf(one.Location.SourceTree!)).ThenBy(one => one.Location.SourceSpan.Start).ThenBy(one => one.Id, StringComparer.Ordinal)];
    }
}
