using System;
using System.Collections.Generic;
using System.Collections.Immutable;
using System.Linq;
using System.Threading.Tasks;
using Dsl.Benchmarks.Compiler;
using Dsl.Generator.Declaring;
using Dsl.Generator.Pipelines.Graph;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.Diagnostics;
using Xunit;

namespace Dsl.Generator.Tests.Incremental;

/// <summary>What pipelines add to a keystroke, beside models, in allocation and in changed outputs. Times are the benchmark's business.</summary>
public sealed class PipelineKeystrokeTests
{
    private const int Models = 100;
    private const int Pipelines = 50;

    [Fact]
    public async Task The_sources_are_pipelines_of_ten_stages_without_a_finding()
    {
        CSharpCompilation compilation = ModelSources.Compilation([.. ModelSources.Trees(10, 0), .. PipelineSources.Trees(10)]);
        ImmutableArray<Diagnostic> findings = await compilation.WithAnalyzers([new NetworkAnalyzer()]).GetAnalyzerDiagnosticsAsync();
        Assert.DoesNotContain(findings, one => one.Id != "DSL305");
        INamedTypeSymbol[] classes = [.. ClassesOf(compilation)];
        Assert.Equal(10, classes.Length);
        Assert.All(classes, one => Assert.Equal(10, DeclarationReader.Read(one, compilation, sources: null, output: null, default).Entries.Count(entry => entry.Construct is StageRule)));
    }

    [Fact]
    public void A_keystroke_elsewhere_or_in_a_row_type_allocates_little_more_than_binding_the_attributes()
    {
        (GeneratorRun ours, GeneratorRun trivial) = Both();
        Check("elsewhere", (run, i) => run.Edit("Ledger7.cs", ModelSources.Plain(7, 10 + i)));
        Check("in a row type", (run, i) => run.Edit("Row7.cs", PipelineSources.Row(7, 10 + i)));
        Check("in a pipeline", (run, i) => run.Edit("Pipeline7.cs", PipelineSources.Pipeline(7, 10 + i)));
        Check("in a column", (run, i) => run.Edit("Row7.cs", PipelineSources.Row(7, 10, $"Seen{i}")));

        void Check(string where, Func<GeneratorRun, int, Cost> edit)
        {
            (double mine, double least) = (Median(ours, edit), Median(trivial, edit));
            Assert.True(mine <= 1.15 * least, $"{where}: {mine:F3} MB; the trivial generator takes {least:F3} MB");
        }
    }

    [Fact]
    public void An_edit_changes_what_it_must()
    {
        (GeneratorRun ours, _) = Both(trackSteps: true);
        Check(0, "Ledger7.cs", ModelSources.Plain(7, 99));
        Check(0, "Row7.cs", PipelineSources.Row(7, 99));
        Check(1, "Row7.cs", PipelineSources.Row(7, 99, "Noticed"));
        Check(1, "Pipeline7.cs", PipelineSources.Pipeline(7, 99));
        // A hidden layer is none of the pipeline's business, what the network gives is: a class a feature.
        Check(1, "Net3.cs", ModelSources.Model(3, 77));
        Check(2, "Net4.cs", ModelSources.Model(4, 77));

        void Check(int outputs, string path, string text)
        {
            IReadOnlyDictionary<string, string> before = ours.Outputs;
            ours.Edit(path, text);
            Assert.Equal(outputs, ours.Outputs.Count(one => before[one.Key] != one.Value));
            Assert.Equal(outputs, ours.RedoneOutputs.Count);
        }
    }

    [Fact]
    public void An_edit_of_a_column_or_of_a_signature_reads_one_pipeline_anew()
    {
        CSharpCompilation compilation = ModelSources.Compilation([.. ModelSources.Trees(Models, 20), .. PipelineSources.Trees(Pipelines)]);
        Dictionary<string, object?> facts = FactsOf(compilation);
        Assert.Equal(Pipelines, facts.Count);
        Check("Row7.cs", text => text.Replace("Seen", "Noticed", StringComparison.Ordinal), "Houses7");
        Check("Row8.cs", text => text.Replace("short Age", "int Age", StringComparison.Ordinal), "Customers8");
        Check("Row9.cs", text => text.Replace("double Dose", "[property: Sensitive] double Dose", StringComparison.Ordinal), "Scans9");
        Check("Pipeline5.cs", text => text.Replace("double billDepth)", "double? billDepth)", StringComparison.Ordinal), "Birds5");
        Check("Net14.cs", _ => ModelSources.Model(14, 77), "Scans14");
        Check("Ledger7.cs", text => text.Replace("public decimal Largest", "public object Largest", StringComparison.Ordinal), null);

        void Check(string path, Func<string, string> edit, string? read)
        {
            SyntaxTree old = compilation.SyntaxTrees.First(tree => tree.FilePath == path);
            string text = edit(old.ToString());
            Assert.NotEqual(old.ToString(), text);
            compilation = compilation.ReplaceSyntaxTree(old, ModelSources.Parse(text, path));
            Dictionary<string, object?> now = FactsOf(compilation);
            Assert.Equal(read is null ? [] : [read], now.Where(one => !ReferenceEquals(facts[one.Key], one.Value)).Select(one => one.Key));
            facts = now;
        }
    }

    private static Dictionary<string, object?> FactsOf(CSharpCompilation compilation) => ClassesOf(compilation).ToDictionary(one => one.Name, one => DeclarationReader.Read(one, compilation, sources: null, output: null, default).Facts);

    private static IEnumerable<INamedTypeSymbol> ClassesOf(CSharpCompilation compilation) =>
        compilation.GetSymbolsWithName(_ => true, SymbolFilter.Type).Cast<INamedTypeSymbol>().Where(one => DeclarationKinds.Own.MarksOf(one.GetAttributes()).Kind?.Mark == "Pipeline");

    private static (GeneratorRun Ours, GeneratorRun Trivial) Both(bool trackSteps = false)
    {
        SyntaxTree[] trees = [.. ModelSources.Trees(Models, 20), .. PipelineSources.Trees(Pipelines)];
        GeneratorRun ours = new(new ModelGenerator(), trees, trackSteps);
        GeneratorRun trivial = new(new TrivialGenerator(TrivialGenerator.Models, TrivialGenerator.Pipelines), trees);
        foreach (GeneratorRun run in new[] { ours, trivial })
        {
            run.Cold();
            for (int i = 0; i < 2; i++)
                run.Edit("Ledger7.cs", ModelSources.Plain(7, 1 + i));
        }

        return (ours, trivial);
    }

    private static double Median(GeneratorRun run, Func<GeneratorRun, int, Cost> edit)
    {
        double[] values = [.. Enumerable.Range(0, 3).Select(i => edit(run, i).Megabytes)];
        Array.Sort(values);
        return values[1];
    }
}
