using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Text.RegularExpressions;
using Microsoft.CodeAnalysis;
using Xunit;

namespace Dsl.Consumer.Tests;

/// <summary>Generated code compiles without a warning whatever a consumer's project file says.</summary>
public sealed partial class SettingsTests
{
    public static TheoryData<string> Samples => [.. Directory.GetFiles(Path.Combine(AppContext.BaseDirectory, "Samples"), "*.cs").Select(path => Path.GetFileName(path)).Order(StringComparer.Ordinal)];

    [Theory]
    [MemberData(nameof(Samples))]
    public void Every_combination_of_settings_compiles_without_a_warning(string sample)
    {
        string source = File.ReadAllText(Path.Combine(AppContext.BaseDirectory, "Samples", sample));
        foreach (Settings settings in (IEnumerable<Settings>)[.. sample == "PyTorchModels.cs" ? Settings.Pairs : Settings.All, new(Documentation: true, CheckOverflow: true, Spark: true), new(Nullable: false, Spark: true)])
        {
            Consumer consumer = Consumer.Build(settings, source);
            Assert.Equal(FileCount(source), consumer.Run.GeneratedSources.Length);

            // The samples' public classes carry no comments of their own: CS1591 in the sample is right.
            IEnumerable<Diagnostic> complaints = consumer.Complaints().Where(one => one.Id != "CS1591" || one.Location.SourceTree?.FilePath.EndsWith(".g.cs", StringComparison.Ordinal) == true);
            Assert.True(!complaints.Any(), $"{settings}:\n{string.Join("\n", complaints)}");
        }
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Generated_code_hides_no_compiler_warning_but_missing_comments(bool spark)
    {
        // Generated files disable warnings as everybody's do, for consumers' stricter analyzers; what the compiler itself has to say is looked at here.
        string source = File.ReadAllText(Path.Combine(AppContext.BaseDirectory, "Samples", "Varied.cs"));
        Consumer consumer = Consumer.Build(new Settings(Spark: spark), source);
        Compilation compilation = consumer.Compilation;
        foreach (GeneratedSourceResult file in consumer.Run.GeneratedSources)
        {
            string text = file.SourceText.ToString();
            Assert.Contains("#pragma warning disable\n", text, StringComparison.Ordinal);
            compilation = compilation.ReplaceSyntaxTree(
                file.SyntaxTree,
                file.SyntaxTree.WithChangedText(Microsoft.CodeAnalysis.Text.SourceText.From(text.Replace("#pragma warning disable\n", "", StringComparison.Ordinal))));
        }

        using MemoryStream image = new();
        Assert.Empty(compilation.Emit(image).Diagnostics.Where(one => one.Severity >= DiagnosticSeverity.Warning && one.Id is not ("CS1591" or "CS0108")));
    }

    [Fact]
    public void Records_of_rows_compile_under_every_combination()
    {
        const string Source = """
            [Dsl.Spark.Sql.SparkRow] partial record Shown(string Text, double? Number, System.Collections.Generic.List<Point> Points, byte[] Bytes);
            [Dsl.Spark.Sql.SparkRow] readonly partial record struct Point(int X, int Y);
            """;
        foreach (Settings settings in Settings.All)
        {
            Consumer consumer = Consumer.Build(settings with { Spark = true }, Source);
            Assert.Equal(2, consumer.Run.GeneratedSources.Length);
            Assert.Empty(consumer.Findings());
            Assert.Empty(consumer.Complaints());
        }
    }

    [Fact]
    public void Samples_have_no_findings()
    {
        foreach (string sample in Directory.GetFiles(Path.Combine(AppContext.BaseDirectory, "Samples"), "*.cs"))
            Assert.Empty(Consumer.Build(new Settings(), File.ReadAllText(sample)).Findings());
    }

    private static int FileCount(string source) => FileMark().Count(source);

    [GeneratedRegex(@"^\s*\[(global::Dsl\.)?(Model\b|Layer\b|Pipeline<)", RegexOptions.Multiline)]
    private static partial Regex FileMark();
}
