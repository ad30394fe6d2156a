using System;
using System.Collections.Generic;
using System.Collections.Immutable;
using System.IO;
using System.Linq;
using System.Reflection;
using System.Runtime.CompilerServices;
using Dsl.Generator.Declaring;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Xunit;

namespace Dsl.Generator.Tests.Checking;

/// <summary>The pages of docs/diagnostics cannot rot: each descriptor has one, and its examples do what it says.</summary>
public sealed class DocumentationTests
{
    public static TheoryData<string> Ids => [.. Descriptors.All.Select(one => one.Id)];

    [Theory]
    [MemberData(nameof(Ids))]
    public void Every_diagnostic_has_a_page_with_its_title_and_examples(string id)
    {
        DiagnosticDescriptor descriptor = Descriptors.All.Single(one => one.Id == id);
        string page = Page(id + ".md");
        Assert.StartsWith($"# {id}: {descriptor.Title}\n{descriptor.DefaultSeverity}.\n", page, StringComparison.Ordinal);
        Assert.Equal(Descriptors.Pages + id + ".md", descriptor.HelpLinkUri);
        // Nothing gives ids yet: the page gets its examples with the first layer that does. And no source is known at which the compiler fails:
        // FailureTests provoke DSL120 by rules of their own.
        if (id is "DSL207" or "DSL120")
        {
            Assert.DoesNotContain("```", page, StringComparison.Ordinal);
            return;
        }
        Examples(id, page, "Wrong", "Right");
    }

    // Of classes, what pipelines share with networks; DSL119 and DSL120 are no declaration's.
    public static TheoryData<string> SharedIds =>
        [.. Descriptors.OfPipelines.Select(one => one.Id).Where(id => string.CompareOrdinal(id, "DSL119") < 0)];

    [Theory]
    [MemberData(nameof(SharedIds))]
    public void What_pipelines_share_with_networks_has_an_example_of_theirs(string id) => Examples(id, Page(id + ".md"), "Wrong, a pipeline", "Right, a pipeline");

    private static void Examples(string id, string page, string wrongly, string rightly)
    {
        ImmutableArray<Diagnostic> found = Compiling.Analyze(Compile(Example(page, wrongly)));
        Assert.All(found, one => Assert.Equal(id, one.Id));
        Assert.NotEmpty(found);
        Compilation right = Compile(Example(page, rightly));
        Assert.Empty(Compiling.Analyze(right));
        Assert.Empty(right.GetDiagnostics().Where(one => one.Severity == DiagnosticSeverity.Error));
    }

    [Fact]
    public void The_index_lists_the_table() => Assert.Equal(
        Descriptors.All.Select(one => $"| [{one.Id}]({one.Id}.md) | {one.DefaultSeverity.ToString().ToLowerInvariant()} | {one.Title} |"),
        Page("README.md").Split('\n').Where(line => line.StartsWith("| [", StringComparison.Ordinal)));

    [Fact]
    public void The_table_is_whole_and_in_order()
    {
        IEnumerable<DiagnosticDescriptor> fields = typeof(Descriptors).GetFields(BindingFlags.Static | BindingFlags.Public)
            .Select(field => field.GetValue(null)).OfType<DiagnosticDescriptor>();
        Assert.Equal(fields.Select(one => one.Id).Order(StringComparer.Ordinal), Descriptors.All.Select(one => one.Id));
        Assert.All(Descriptors.All, one => Assert.Equal("Dsl", one.Category));
    }

    /// <summary>An example may begin with the C# version that the project sets, or with what it lacks.</summary>
    private static CSharpCompilation Compile(string example)
    {
        const string Setting = "// <LangVersion>";
        LanguageVersion version = LanguageVersion.Latest;
        if (example.StartsWith(Setting, StringComparison.Ordinal))
            Assert.True(LanguageVersionFacts.TryParse(example[Setting.Length..example.IndexOf("</", StringComparison.Ordinal)], out version));
        CSharpCompilation compilation = Compiling.Compile(version, "using Dsl;\n" + example);
        return example.StartsWith("// without Dsl.Spark", StringComparison.Ordinal) ? compilation : compilation.AddReferences(Compiling.Spark);
    }

    private static string Example(string page, string section)
    {
        string from = page[page.IndexOf($"## {section}\n```csharp\n", StringComparison.Ordinal)..];
        string code = from[(from.IndexOf("```csharp\n", StringComparison.Ordinal) + 10)..];
        return code[..code.IndexOf("```", StringComparison.Ordinal)];
    }

    private static string Page(string name, [CallerFilePath] string here = "") =>
        File.ReadAllText(Path.Combine(Path.GetDirectoryName(here)!, "../../../docs/diagnostics", name)).Replace("\r\n", "\n", StringComparison.Ordinal);
}
