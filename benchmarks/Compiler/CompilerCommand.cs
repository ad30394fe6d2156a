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

    public static int Run(string[] arguments)
    {
        IIncrementalGenerator? ours = OurGenerator();
        MachineReport.Print(Console.Out);
        if (ours is null)
            Console.WriteLine("There is no Dsl.Generator.ModelGenerator: the trivial generator runs against itself.");
        ours ??= new TrivialGenerator();
        int models = arguments.Length > 0 ? int.Parse(arguments[0], CultureInfo.InvariantCulture) : 100;

        // The many first: they leave a JIT behind that has nothing left to do.
        Pair thousand = Measure(ours, 10 * models);
        Pair hundred = Measure(ours, models);
        Console.WriteLine();
        Console.WriteLine("| case | ours ms | trivial ms | ratio | bar | ours MB | trivial MB | ratio | bar |");
        Console.WriteLine("|---|---|---|---|---|---|---|---|---|");
        Write($"keystroke elsewhere, {models} models", hundred.OurKeystroke, hundred.TrivialKeystroke, "1.3", "1.3");
        Write($"cold, {models} models", hundred.OurCold, hundred.TrivialCold, "3", "40 MB");
        Write($"edit of one model, {models} models", hundred.OurEdit, hundred.TrivialEdit, "", "");
        Write($"keystroke elsewhere, {10 * models} models", thousand.OurKeystroke, thousand.TrivialKeystroke, "", "");
        Write($"cold, {10 * models} models", thousand.OurCold, thousand.TrivialCold, "", "");
        Pair none = Measure(ours, 0);
        Write("keystroke, no model", none.OurKeystroke, none.TrivialKeystroke, "", "0.1 MB");
        Console.WriteLine();
        Console.WriteLine($"{10 * models} models against {models}: cold {Times(thousand.OurCold, hundred.OurCold)} times (trivial {Times(thousand.TrivialCold, hundred.TrivialCold)}), "
            + $"keystroke {Times(thousand.OurKeystroke, hundred.OurKeystroke)} times (trivial {Times(thousand.TrivialKeystroke, hundred.TrivialKeystroke)}); bar 11");
        Console.WriteLine($"outputs changed by a keystroke elsewhere: {hundred.ChangedByKeystroke} (bar 0); by an edit of one model: {hundred.ChangedByEdit} (bar 1)");
        return 0;
    }

    /// <summary>Our generator by its name, so that this program also runs while the compiler is being rebuilt.</summary>
    private static IIncrementalGenerator? OurGenerator() =>
        Type.GetType("Dsl.Generator.ModelGenerator, Dsl.Generator") is { } type ? (IIncrementalGenerator?)Activator.CreateInstance(type) : null;

    private static Pair Measure(IIncrementalGenerator ours, int models)
    {
        SyntaxTree[] trees = ModelSources.Trees(models, 100);
        var our = new GeneratorRun(ours, trees);
        var trivial = new GeneratorRun(new TrivialGenerator(), trees);
        var costs = new Dictionary<string, (List<Cost> Ours, List<Cost> Trivial)>();
        int changedByKeystroke = 0;
        int changedByEdit = 0;
        int turn = 0;
        int rounds = models > 500 ? Rounds / 3 : Rounds;
        for (int round = -WarmUp; round < rounds; round++)
        {
            // The first rounds only warm Roslyn; afterwards the two take turns at going first.
            int number = round + 10 + WarmUp;
            Turn("cold", r => r.Cold());
            IReadOnlyDictionary<string, string> before = our.Outputs;
            // Typing is many keystrokes one after the other, not one after each cold run.
            for (int key = 0; key < Keystrokes; key++)
                Turn("keystroke", r => r.Edit("Ledger7.cs", ModelSources.Plain(7, Keystrokes * number + key)));
            IReadOnlyDictionary<string, string> between = our.Outputs;
            changedByKeystroke = Math.Max(changedByKeystroke, Changed(before, between));
            if (models == 0)
                continue;
            Turn("edit", r => r.Edit("Net3.cs", ModelSources.Model(3, 100 + number)));
            changedByEdit = Math.Max(changedByEdit, Changed(between, our.Outputs));

            void Turn(string name, Func<GeneratorRun, Cost> run)
            {
                // What one side has left behind must not be collected in the other's time.
                GC.Collect();
                (Cost mine, Cost other) = ++turn % 2 == 0 ? (run(our), run(trivial)) : Swap(run(trivial), run(our));
                if (round < 0)
                    return;
                if (!costs.TryGetValue(name, out (List<Cost> Ours, List<Cost> Trivial) lists))
                    costs[name] = lists = ([], []);
                lists.Ours.Add(mine);
                lists.Trivial.Add(other);
            }
        }

        return new Pair(Of("cold").Ours, Of("cold").Trivial, Of("keystroke").Ours, Of("keystroke").Trivial, Of("edit").Ours, Of("edit").Trivial,
            changedByKeystroke, changedByEdit);

        (Cost Ours, Cost Trivial) Of(string name) =>
            costs.TryGetValue(name, out (List<Cost> Ours, List<Cost> Trivial) lists) ? (Typical(lists.Ours), Typical(lists.Trivial)) : default;
    }

    private static (Cost Ours, Cost Trivial) Swap(Cost trivial, Cost ours) => (ours, trivial);

    private static int Changed(IReadOnlyDictionary<string, string> before, IReadOnlyDictionary<string, string> after) =>
        before.Keys.Union(after.Keys).Count(name =>
            !before.TryGetValue(name, out string? old) || !after.TryGetValue(name, out string? now) || old != now);

    /// <summary>The lower quartile of the times, for a busy machine only ever adds to them; the median of the allocations.</summary>
    private static Cost Typical(List<Cost> costs) => new(
        costs.Select(c => c.Milliseconds).Order().ElementAt(costs.Count / 4),
        costs.Select(c => c.Megabytes).Order().ElementAt(costs.Count / 2));

    private static string Times(Cost many, Cost few) => (many.Milliseconds / few.Milliseconds).ToString("F2", CultureInfo.InvariantCulture);

    private static void Write(string name, Cost ours, Cost trivial, string timeBar, string allocationBar) =>
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture,
            $"| {name} | {ours.Milliseconds:F2} | {trivial.Milliseconds:F2} | {ours.Milliseconds / trivial.Milliseconds:F2} | {timeBar} | ")
            + string.Create(CultureInfo.InvariantCulture,
            $"{ours.Megabytes:F3} | {trivial.Megabytes:F3} | {ours.Megabytes / trivial.Megabytes:F2} | {allocationBar} |"));

    private readonly record struct Pair(
        Cost OurCold, Cost TrivialCold, Cost OurKeystroke, Cost TrivialKeystroke, Cost OurEdit, Cost TrivialEdit,
        int ChangedByKeystroke, int ChangedByEdit);
}
