using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using Dsl.Benchmarks.Machine;
using Microsoft.CodeAnalysis;

namespace Dsl.Benchmarks.Compiler;

/// <summary>`compiler`: our generator beside the trivial one, by turns over the same sources with a warm Roslyn.</summary>
internal static class CompilerCommand
{
    private const int Rounds = 21;
    private const int Keystrokes = 5;

    /// <summary>Rounds that only warm Roslyn and let the JIT finish with both generators.</summary>
    private const int WarmUp = 8;

    private const string Cold = "cold";
    private const string Elsewhere = "keystroke elsewhere";
    private const string OfModel = "edit of a model";
    private const string InRow = "keystroke in a row type's file";
    private const string OfPipeline = "edit of a pipeline";
    private const string OfColumn = "edit of a column";

    public static int Run(string[] arguments)
    {
        IIncrementalGenerator? ours = OurGenerator();
        MachineReport.Print(Console.Out);
        if (ours is null)
            Console.WriteLine("There is no Dsl.Generator.ModelGenerator: the trivial generator runs against itself.");
        ours ??= new TrivialGenerator(TrivialGenerator.Models);
        int models = arguments.Length > 0 ? int.Parse(arguments[0], CultureInfo.InvariantCulture) : 100;
        int pipelines = models / 2;

        // The many first: they leave a JIT behind that has nothing left to do.
        Measured thousand = Measure(ours, 10 * models);
        Measured hundred = Measure(ours, models);
        Measured both = Measure(ours, models, pipelines);
        Measured none = Measure(ours, 0);
        Console.WriteLine();
        Console.WriteLine("| case | ours ms | trivial ms | ratio | bar | ours MB | trivial MB | ratio | bar |");
        Console.WriteLine("|---|---|---|---|---|---|---|---|---|");
        Write($"keystroke elsewhere, {models} models", hundred[Elsewhere], "1.3", "1.3");
        Write($"cold, {models} models", hundred[Cold], "3", "40 MB");
        Write($"edit of one model, {models} models", hundred[OfModel], "", "");
        Write($"keystroke elsewhere, {10 * models} models", thousand[Elsewhere], "", "");
        Write($"cold, {10 * models} models", thousand[Cold], "", "");
        Write("keystroke, no model", none[Elsewhere], "", "0.1 MB");
        string with = $", {models} models and {pipelines} pipelines";
        Write("keystroke elsewhere" + with, both[Elsewhere], "1.3", "1.3");
        Write("keystroke in a row type's file" + with, both[InRow], "1.3", "1.3");
        Write("edit of one pipeline" + with, both[OfPipeline], "1.3", "1.3");
        Write("edit of a row type's column" + with, both[OfColumn], "", "");
        Write("cold" + with, both[Cold], "", "");
        Console.WriteLine();
        Console.WriteLine($"{10 * models} models against {models}: cold {Times(thousand, hundred, Cold)}, keystroke {Times(thousand, hundred, Elsewhere)}; bar 11");
        Console.WriteLine($"outputs changed by a keystroke elsewhere: {hundred.Changed[Elsewhere]} (bar 0); by an edit of one model: {hundred.Changed[OfModel]} (bar 1)");
        Console.WriteLine(
            $"with pipelines, by a keystroke elsewhere: {both.Changed[Elsewhere]} (bar 0), in a row type's file: {both.Changed[InRow]} (0), an edit of one pipeline: {both.Changed[OfPipeline]} (1), of a row type's column: {both.Changed[OfColumn]} (1)");
        return 0;
    }

    /// <summary>Our generator by its name, so that this program also runs while the compiler is being rebuilt.</summary>
    private static IIncrementalGenerator? OurGenerator() =>
        Type.GetType("Dsl.Generator.ModelGenerator, Dsl.Generator") is { } type ? (IIncrementalGenerator?)Activator.CreateInstance(type) : null;

    private static Measured Measure(IIncrementalGenerator ours, int models, int pipelines = 0)
    {
        SyntaxTree[] trees = [.. ModelSources.Trees(models, 100), .. PipelineSources.Trees(pipelines)];
        var our = new GeneratorRun(ours, trees);
        var trivial = new GeneratorRun(new TrivialGenerator(pipelines > 0 ? [TrivialGenerator.Models, TrivialGenerator.Pipelines] : [TrivialGenerator.Models]), trees);
        var costs = new Dictionary<string, (List<Cost> Ours, List<Cost> Trivial)>();
        var changed = new Dictionary<string, int>();
        int turn = 0;
        int key = 0;
        bool isWarmUp = true;
        int rounds = models > 500 ? Rounds / 3 : Rounds;
        // The first rounds only warm Roslyn; afterwards the two take turns at going first.
        for (int round = -WarmUp; round < rounds; round++)
        {
            isWarmUp = round < 0;
            Turn(Cold, r => r.Cold());
            // Typing is many keystrokes one after the other, not one after each cold run.
            Type(Elsewhere, Keystrokes, "Ledger7.cs", number => ModelSources.Plain(7, number));
            if (models > 0)
                Type(OfModel, 1, "Net3.cs", number => ModelSources.Model(3, 100 + number));
            if (pipelines == 0)
                continue;
            string seen = $"Seen{key}";
            Type(OfColumn, 1, "Row7.cs", number => PipelineSources.Row(7, number, seen));
            Type(InRow, Keystrokes, "Row7.cs", number => PipelineSources.Row(7, number, seen));
            Type(OfPipeline, Keystrokes, "Pipeline7.cs", number => PipelineSources.Pipeline(7, 1 + number));
        }

        return new Measured(costs.ToDictionary(one => one.Key, one => (Typical(one.Value.Ours), Typical(one.Value.Trivial))), changed);

        void Type(string name, int times, string path, Func<int, string> text)
        {
            for (int i = 0; i < times; i++)
            {
                string edited = text(++key);
                IReadOnlyDictionary<string, string> before = our.Outputs;
                Turn(name, r => r.Edit(path, edited));
                changed[name] = Math.Max(changed.GetValueOrDefault(name), Changed(before, our.Outputs));
            }
        }

        void Turn(string name, Func<GeneratorRun, Cost> run)
        {
            // What one side has left behind must not be collected in the other's time.
            GC.Collect();
            (Cost mine, Cost other) = ++turn % 2 == 0 ? (run(our), run(trivial)) : Swap(run(trivial), run(our));
            if (isWarmUp)
                return;
            if (!costs.TryGetValue(name, out (List<Cost> Ours, List<Cost> Trivial) lists))
                costs[name] = lists = ([], []);
            lists.Ours.Add(mine);
            lists.Trivial.Add(other);
        }
    }

    private static (Cost Ours, Cost Trivial) Swap(Cost trivial, Cost ours) => (ours, trivial);

    private static int Changed(IReadOnlyDictionary<string, string> before, IReadOnlyDictionary<string, string> after) =>
        before.Keys.Union(after.Keys).Count(name =>
            !before.TryGetValue(name, out string? old) || !after.TryGetValue(name, out string? now) || old != now);

    /// <summary>The lower quartile of the times, for a busy machine only ever adds to them; the median of the allocations.</summary>
    private static Cost Typical(List<Cost> costs) => new(
        costs.Select(c => c.Milliseconds).Order().ElementAt(costs.Count / 4),
        costs.Select(c => c.Megabytes).Order().ElementAt(costs.Count / 2));

    private static string Times(Measured many, Measured few, string name) => string.Create(CultureInfo.InvariantCulture,
        $"{many[name].Ours.Milliseconds / few[name].Ours.Milliseconds:F2} times (trivial {many[name].Trivial.Milliseconds / few[name].Trivial.Milliseconds:F2})");

    private static void Write(string name, (Cost Ours, Cost Trivial) costs, string timeBar, string allocationBar)
    {
        (Cost ours, Cost trivial) = costs;
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture,
            $"| {name} | {ours.Milliseconds:F2} | {trivial.Milliseconds:F2} | {ours.Milliseconds / trivial.Milliseconds:F2} | {timeBar} | ")
            + string.Create(CultureInfo.InvariantCulture,
            $"{ours.Megabytes:F3} | {trivial.Megabytes:F3} | {ours.Megabytes / trivial.Megabytes:F2} | {allocationBar} |"));
    }

    /// <summary>What was measured over one set of sources, by case.</summary>
    /// <param name="Costs">A typical run of each generator.</param>
    /// <param name="Changed">The most outputs of ours that one run changed.</param>
    private sealed record Measured(IReadOnlyDictionary<string, (Cost Ours, Cost Trivial)> Costs, IReadOnlyDictionary<string, int> Changed)
    {
        public (Cost Ours, Cost Trivial) this[string name] => Costs[name];
    }
}
