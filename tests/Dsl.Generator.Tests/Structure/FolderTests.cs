using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Runtime.CompilerServices;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Xunit;

namespace Dsl.Generator.Tests.Structure;

/// <summary>The compiler's folders use each other one way. What is here is all that there is: an edge that is not is a failure, and one that nothing needs as well.</summary>
public sealed class FolderTests
{
    private const string Root = "Dsl.Generator";

    /// <summary>Which folders each may use, lowest first: only folders above it in this list, so there is no ring.</summary>
    private static readonly (string Folder, string[] Uses)[] Allowed =
    [
        ("Declaring", []),
        ("Declaring.Writing", ["Declaring"]),
        ("Spark", ["Declaring", "Declaring.Writing"]),
        ("Networks.Graph", ["Declaring"]),
        ("Networks.Budgets", ["Declaring"]),
        ("Networks.Planning", ["Declaring", "Networks.Graph"]),
        ("Networks.Layers", ["Declaring", "Networks.Graph", "Networks.Planning"]),
        ("Networks.Losses", ["Declaring", "Networks.Graph", "Networks.Planning"]),
        ("Networks.Optimizers", ["Declaring", "Networks.Planning"]),
        ("Networks.Schedules", ["Declaring", "Networks.Planning"]),
        ("Networks.Checking", ["Declaring", "Networks.Graph", "Networks.Budgets", "Networks.Planning", "Networks.Layers"]),
        ("Networks.Emitting", ["Declaring", "Declaring.Writing", "Networks.Graph", "Networks.Planning"]),
        ("Networks", ["Declaring", "Networks.Graph", "Networks.Layers", "Networks.Checking", "Networks.Emitting"]),
        ("Pipelines.Facts", ["Declaring"]),
        ("Pipelines.Graph", ["Declaring", "Pipelines.Facts"]),
        ("Pipelines.Emitting", ["Declaring", "Declaring.Writing", "Spark", "Pipelines.Facts", "Pipelines.Graph"]),
        ("Pipelines.Stages", ["Declaring", "Declaring.Writing", "Pipelines.Facts", "Pipelines.Graph", "Pipelines.Emitting"]),
        ("Pipelines.Stages.Models", ["Declaring", "Declaring.Writing", "Pipelines.Facts", "Pipelines.Graph", "Pipelines.Emitting", "Pipelines.Stages"]),
        ("Pipelines.Checking", ["Declaring", "Networks.Graph", "Networks.Checking", "Pipelines.Facts", "Pipelines.Graph", "Pipelines.Stages", "Pipelines.Stages.Models"]),
        ("Pipelines", ["Declaring", "Pipelines.Facts", "Pipelines.Graph", "Pipelines.Stages", "Pipelines.Checking", "Pipelines.Emitting"]),
        ("Rows", ["Declaring", "Declaring.Writing"]),
        ("", ["Declaring", "Declaring.Writing", "Rows", "Spark"]),
    ];

    [Fact]
    public void Allowed_edges_have_no_ring()
    {
        HashSet<string> below = [];
        foreach ((string folder, string[] uses) in Allowed)
        {
            Assert.All(uses, use => Assert.Contains(use, below));
            below.Add(folder);
        }
    }

    [Fact]
    public void Folders_use_each_other_one_way()
    {
        Dictionary<(string From, string To), string> found = Edges();
        HashSet<(string, string)> allowed = [.. Allowed.SelectMany(one => one.Uses.Select(use => (one.Folder, use)))];
        string[] wrong =
        [
            .. found.Where(edge => !allowed.Contains(edge.Key)).Select(edge => $"{edge.Key.From} -> {edge.Key.To}: {edge.Value}").Order(StringComparer.Ordinal),
            .. allowed.Where(edge => !found.ContainsKey(edge)).Select(edge => $"nothing needs {edge}"),
        ];
        Assert.True(wrong.Length == 0, string.Join("\n", wrong));
    }

    [Fact]
    public void A_namespace_is_its_folder()
    {
        foreach (SyntaxTree tree in Sources("Dsl.Generator"))
        {
            string folder = Path.GetRelativePath(Folder("Dsl.Generator"), Path.GetDirectoryName(tree.FilePath)!).Replace(Path.DirectorySeparatorChar, '.');
            string name = NamespaceOf(tree);
            if (name != "System.Runtime.CompilerServices")
                Assert.Equal(folder == "." ? Root : $"{Root}.{folder}", name);
        }
    }

    /// <summary>The folders whose types another names, each with the first place.</summary>
    private static Dictionary<(string From, string To), string> Edges()
    {
        SyntaxTree[] own = [.. Sources("Dsl.Generator")];
        string[] assemblies = ((string)AppContext.GetData("TRUSTED_PLATFORM_ASSEMBLIES")!).Split(Path.PathSeparator);
        CSharpCompilation compilation = CSharpCompilation.Create(
            Root,
            [.. own, .. Sources("Dsl.Attributes"), .. Sources("Dsl.Runtime/Backend/Shapes"), .. Sources("Dsl.Runtime/Program/Shared"), .. Sources("Dsl.Pipelines/Text/Shared")],
            assemblies.Where(path => !Path.GetFileName(path).StartsWith("Dsl.", StringComparison.Ordinal)).Select(path => MetadataReference.CreateFromFile(path)),
            new CSharpCompilationOptions(OutputKind.DynamicallyLinkedLibrary, nullableContextOptions: NullableContextOptions.Enable));
        Assert.DoesNotContain(compilation.GetDiagnostics(), one => one.Id is "CS0246" or "CS0103" or "CS0234" or "CS1061");
        Dictionary<(string, string), string> found = [];
        foreach (SyntaxTree tree in own)
        {
            if (FolderOf(NamespaceOf(tree)) is not { } user)
                continue;
            SemanticModel model = compilation.GetSemanticModel(tree);
            foreach (SimpleNameSyntax name in tree.GetRoot().DescendantNodes().OfType<SimpleNameSyntax>())
            {
                ISymbol? symbol = model.GetSymbolInfo(name).Symbol;
                INamedTypeSymbol? type = symbol as INamedTypeSymbol ?? symbol?.ContainingType;
                if (type is null || FolderOf(type.ContainingNamespace.ToDisplayString()) is not { } to)
                    continue;
                if (user != to)
                    found.TryAdd((user, to), $"{type.Name} in {Path.GetFileName(tree.FilePath)}");
            }
        }

        return found;
    }

    private static string? FolderOf(string name) => name == Root ? "" : name.StartsWith(Root + ".", StringComparison.Ordinal) ? name[(Root.Length + 1)..] : null;

    private static string NamespaceOf(SyntaxTree tree) => tree.GetRoot().DescendantNodes().OfType<BaseNamespaceDeclarationSyntax>().Single().Name.ToString();

    private static IEnumerable<SyntaxTree> Sources(string project) => Directory.EnumerateFiles(Folder(project), "*.cs", SearchOption.AllDirectories)
        .Where(path => !Path.GetRelativePath(Folder(project), path).Split(Path.DirectorySeparatorChar).Any(part => part is "obj" or "bin"))
        .Order(StringComparer.Ordinal)
        .Select(path => CSharpSyntaxTree.ParseText(File.ReadAllText(path), new CSharpParseOptions(LanguageVersion.Latest), path));

    private static string Folder(string project, [CallerFilePath] string here = "") => Path.GetFullPath(Path.Combine(Path.GetDirectoryName(here)!, "../../../src", project));
}
