using System;
using System.Collections.Generic;
using System.Linq;
using Dsl.Benchmarks.Compiler;
using Microsoft.CodeAnalysis;
using Xunit;

namespace Dsl.Generator.Tests.Incremental;

/// <summary>
/// What the generator costs while the user types, in allocation and in changed outputs, over 100 model classes of ten attributes and 100
/// plain files. Times are the benchmark's business (`benchmarks -- compiler`).
/// </summary>
public class KeystrokeTests
{
    private const int Models = 100;
    private const int Plain = 100;

    [Fact]
    public void A_keystroke_elsewhere_allocates_little_more_than_binding_the_attributes()
    {
        var (ours, trivial) = Both(Models);
        double mine = Median(5, i => ours.Edit("Ledger7.cs", ModelSources.Plain(7, 10 + i)).Megabytes);
        double least = Median(5, i => trivial.Edit("Ledger7.cs", ModelSources.Plain(7, 10 + i)).Megabytes);
        Assert.True(mine <= 1.3 * least, $"{mine:F3} MB; the trivial generator takes {least:F3} MB");
    }

    [Fact]
    public void A_keystroke_elsewhere_changes_no_output()
    {
        var (ours, _) = Both(Models, trackSteps: true);
        IReadOnlyDictionary<string, string> before = ours.Outputs;
        ours.Edit("Ledger7.cs", ModelSources.Plain(7, 99));
        Assert.Empty(Changed(before, ours.Outputs));
        Assert.Empty(ours.RedoneOutputs);
    }

    [Fact]
    public void An_edit_of_one_model_changes_exactly_its_output()
    {
        var (ours, _) = Both(Models, trackSteps: true);
        IReadOnlyDictionary<string, string> before = ours.Outputs;
        Assert.Equal(Models, before.Count);
        ours.Edit("Net3.cs", ModelSources.Model(3, 77));
        string changed = Assert.Single(Changed(before, ours.Outputs));
        Assert.Contains("Net3", changed, StringComparison.Ordinal);
        Assert.Single(ours.RedoneOutputs);
    }

    [Fact]
    public void A_cold_run_over_100_models_allocates_at_most_40_megabytes()
    {
        var (ours, _) = Both(Models);
        double megabytes = Median(3, _ => ours.Cold().Megabytes);
        Assert.True(megabytes <= 40, $"{megabytes:F1} MB");
    }

    [Fact]
    public void Without_an_annotated_class_a_keystroke_allocates_next_to_nothing()
    {
        var (ours, _) = Both(0);
        double megabytes = Median(5, i => ours.Edit("Ledger7.cs", ModelSources.Plain(7, 10 + i)).Megabytes);
        Assert.True(megabytes <= 0.1, $"{megabytes:F3} MB");
    }

    /// <summary>Our generator and the trivial one, each over compilations of its own, warmed by a cold run and a few keystrokes.</summary>
    private static (GeneratorRun Ours, GeneratorRun Trivial) Both(int models, bool trackSteps = false)
    {
        SyntaxTree[] trees = ModelSources.Trees(models, Plain);
        var ours = new GeneratorRun(new ModelGenerator(), trees, trackSteps);
        var trivial = new GeneratorRun(new TrivialGenerator(TrivialGenerator.Models), trees);
        foreach (GeneratorRun run in new[] { ours, trivial })
        {
            run.Cold();
            for (int i = 0; i < 3; i++)
                run.Edit("Ledger7.cs", ModelSources.Plain(7, 1 + i));
        }

        return (ours, trivial);
    }

    private static string[] Changed(IReadOnlyDictionary<string, string> before, IReadOnlyDictionary<string, string> after) =>
        [.. before.Keys.Union(after.Keys).Where(k => before.GetValueOrDefault(k) != after.GetValueOrDefault(k))];

    private static double Median(int count, Func<int, double> value)
    {
        double[] values = [.. Enumerable.Range(0, count).Select(value)];
        Array.Sort(values);
        return values[count / 2];
    }
}
