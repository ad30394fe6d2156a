using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Text;
using System.Text.RegularExpressions;
using Dsl.Generator;
using Microsoft.CodeAnalysis;
using Xunit;

namespace Dsl.Consumer.Tests.Documents;

/// <summary>README and the language reference say what the attributes and the descriptors say.</summary>
public sealed partial class DocumentTests
{
    private static readonly string Readme = Path.Combine(Verified.Repository, "README.md");
    private static readonly string Reference = Path.Combine(Verified.Repository, "docs", "language.md");
    private static readonly string Pipelines = Path.Combine(Verified.Repository, "docs", "pipelines.md");

    [Fact]
    public void The_table_of_errors_is_that_of_the_compiler()
    {
        StringBuilder rows = new("| id | severity | when |\n|---|---|---|\n");
        foreach (DiagnosticDescriptor one in new NetworkAnalyzer().SupportedDiagnostics.OrderBy(one => one.Id, StringComparer.Ordinal))
            rows.Append($"| [{one.Id}](docs/diagnostics/{one.Id}.md) | {one.DefaultSeverity.ToString().ToLowerInvariant()} | {one.Title} |\n");
        Verified.Part(Readme, "errors", rows.ToString());
        Verified.Part(Reference, "errors", rows.ToString().Replace("docs/diagnostics/", "diagnostics/", StringComparison.Ordinal));
    }

    [Fact]
    public void The_reference_is_that_of_the_attributes()
    {
        foreach ((string name, IEnumerable<INamedTypeSymbol> attributes) in AttributeText.Groups())
        {
            StringBuilder text = new();
            foreach (INamedTypeSymbol attribute in attributes)
                AttributeText.Append(text, attribute);
            Verified.Part(name is "pipelines" or "stages" or "models" ? Pipelines : Reference, name, text.ToString());
        }
    }

    [Fact]
    public void What_the_members_of_enums_mean_is_what_their_comments_say() => Verified.Part(Pipelines, "enums", AttributeText.Enums());

    [Fact]
    public void What_fitted_stages_know_is_what_their_classes_have() => Verified.Part(Pipelines, "fitted", FittedText.Table());

    [Fact]
    public void Every_attribute_has_a_section()
    {
        string reference = File.ReadAllText(Reference) + File.ReadAllText(Pipelines);
        IEnumerable<string> left = AttributeText.Groups().SelectMany(group => group.Attributes).Select(attribute => attribute.Name[..^"Attribute".Length])
            .Where(name => !Regex.IsMatch(reference, $"^### {name}(<|$)", RegexOptions.Multiline));
        Assert.True(!left.Any(), "attributes without a section in the reference: " + string.Join(", ", left));
    }

    [Fact]
    public void Every_example_compiles_without_a_finding()
    {
        foreach (string path in new[] { Readme, Reference, Pipelines })
        {
            int examples = 0;
            foreach (Match example in Example().Matches(File.ReadAllText(path)))
            {
                string source = example.Groups[1].Value;
                bool hasStatements = source.Contains("Console.", StringComparison.Ordinal) || source.Contains("await using", StringComparison.Ordinal);
                Consumer consumer = Consumer.Build(new Settings(ImplicitUsings: true, Executable: hasStatements, Spark: source.Contains("[Spark", StringComparison.Ordinal)), source);
                Assert.Empty(consumer.Findings());
                Assert.DoesNotContain(consumer.Complaints(), one => one.Id != "CS1591");
                examples++;
            }

            Assert.True(examples > 0, $"{path} has no example");
        }
    }

    [Fact]
    public void No_example_is_hidden_from_the_compiler()
    {
        foreach (string path in new[] { Readme, Reference, Pipelines })
            Assert.DoesNotMatch(Indented(), Fence().Replace(File.ReadAllText(path), ""));
    }

    [Fact]
    public void Every_file_that_the_documents_point_to_is_there()
    {
        foreach (string path in new[] { Readme, Reference, Pipelines })
        {
            foreach (Match link in Link().Matches(File.ReadAllText(path)))
            {
                string target = link.Groups[1].Value;
                if (!target.StartsWith("http", StringComparison.Ordinal) && !target.StartsWith('#'))
                    Assert.True(Path.Exists(Path.Combine(Path.GetDirectoryName(path)!, target)), $"{path} points to {target}");
            }
        }
    }

    // Statements, then types: what stands in a C# fence is one file of a console program or a library.
    [GeneratedRegex("```csharp\n(.*?)```", RegexOptions.Singleline)]
    private static partial Regex Example();

    [GeneratedRegex("```.*?```", RegexOptions.Singleline)]
    private static partial Regex Fence();

    // Markdown's other code, four spaces behind an empty line, where it is C#: commands of a shell stand so.
    [GeneratedRegex(@"\n\s*\n {4}(\[\w|(public|internal|using|namespace|var) )")]
    private static partial Regex Indented();

    [GeneratedRegex(@"\]\(([^)\s]+)\)")]
    private static partial Regex Link();
}
