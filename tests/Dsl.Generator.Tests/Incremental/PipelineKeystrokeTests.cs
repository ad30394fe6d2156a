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
        INamedTypeSymbol[] classes = [.. compilation.GetSymbolsWithName(_ => true, SymbolFilter.Type).Cast<INamedTypeSymbol>().Where(one => DeclarationKinds.Own.MarksOf(one.GetAttributes()).Kind?.Mark == "Pipeline")];
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
