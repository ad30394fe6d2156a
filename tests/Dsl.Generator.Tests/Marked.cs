using System;
using System.Collections.Generic;
using System.Collections.Immutable;
using System.Linq;
using System.Text;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Xunit;

namespace Dsl.Generator.Tests;

/// <summary>Sources in which every expected squiggle is marked: <c>{|DSL201:Linear(3)|}</c>. No mark, no diagnostic.</summary>
internal static class Marked
{
    /// <summary>Analyzes the marked sources and compares every id and span.</summary>
    public static ImmutableArray<Diagnostic> Verify(params string[] sources) => Verify([], sources);

    public static ImmutableArray<Diagnostic> Verify(MetadataReference[] references, params string[] sources)
    {
        List<string> plain = [];
        List<string> expected = [];
        for (int file = 0; file < sources.Length; file++)
            plain.Add(Strip("using Dsl;\n" + sources[file], file, expected));
        CSharpCompilation compilation = Compiling.Compile("Test", plain, references);
        ImmutableArray<Diagnostic> found = Compiling.Analyze(compilation);
        List<SyntaxTree> files = [.. compilation.SyntaxTrees];
        IEnumerable<string> actual = found.Select(one => Describe(
            one.Id, files.IndexOf(one.Location.SourceTree!), one.Location.SourceSpan.Start, one.Location.SourceTree!.ToString().Substring(one.Location.SourceSpan.Start, one.Location.SourceSpan.Length)));
        expected.Sort(StringComparer.Ordinal);
        Assert.Equal(string.Join("\n", expected), string.Join("\n", actual.Order(StringComparer.Ordinal)));
        AddsNoErrors(compilation);
        return found;
    }

    /// <summary>Whatever is wrong with a declaration, what is generated for it compiles.</summary>
    private static void AddsNoErrors(CSharpCompilation compilation)
    {
        GeneratorDriver driver = Generating.Driver(compilation);
        driver = driver.RunGeneratorsAndUpdateCompilation(compilation, out Compilation generated, out ImmutableArray<Diagnostic> thrown);
        Assert.Empty(thrown);
        Assert.Null(driver.GetRunResult().Results[0].Exception);
        string[] after = [.. Errors(generated)];

        // Nearly always there is none, and the sources need not be bound once more without what was generated.
        if (after.Length > 0)
            Assert.Equal("", string.Join("\n", after.Except(Errors(compilation), StringComparer.Ordinal)));
    }

    private static IEnumerable<string> Errors(Compilation compilation) => compilation.GetDiagnostics()
        .Where(one => one.Severity == DiagnosticSeverity.Error)
        .Select(one => $"{one.Id} {one.GetMessage()} {one.Location.SourceTree?.GetText().Lines[one.Location.GetLineSpan().StartLinePosition.Line]}");

    /// <summary>A model of these attributes.</summary>
    public static ImmutableArray<Diagnostic> Model(string attributes) => Verify($"[Model]\n{attributes}\npartial class M;");

    /// <summary>The message of the one diagnostic of a marked model.</summary>
    public static string Message(string attributes) => Assert.Single(Model(attributes)).GetMessage();

    private static string Describe(string id, int file, int start, string text) => $"{id} at {file}:{start:D5} {text}";

    private static string Strip(string source, int file, List<string> expected)
    {
        StringBuilder text = new();
        Stack<(string Id, int Start)> open = new();
        for (int i = 0; i < source.Length; i++)
        {
            if (string.CompareOrdinal(source, i, "{|", 0, 2) == 0)
            {
                int colon = source.IndexOf(':', i);
                open.Push((source[(i + 2)..colon], text.Length));
                i = colon;
            }
            else if (string.CompareOrdinal(source, i, "|}", 0, 2) == 0)
            {
                (string id, int start) = open.Pop();
                expected.Add(Describe(id, file, start, text.ToString(start, text.Length - start)));
                i++;
            }
            else
            {
                text.Append(source[i]);
            }
        }
        return text.ToString();
    }
}
