using System;
using System.Collections.Generic;
using System.Collections.Immutable;
using System.Globalization;
using System.IO;
using System.Linq;
using System.Reflection;
using Dsl.Generator.Tests.Emitting;
using Dsl.Generator.Tests.Pipelines.Running.Drawn;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.Emit;
using Xunit;

namespace Dsl.Generator.Tests.Pipelines.Running;

/// <summary>
/// Random valid pipelines over random rows, compiled in one assembly and run: rows and batches, one thread and two, saved and loaded give the same bits; rows that break a rule give one
/// error. DSL_PIPELINES=how many draws more, DSL_REPLAY=any number others.
/// </summary>
public sealed class RandomPipelineTests
{
    private const int Usually = 6;
    private const int AtOnce = 25;
    private const int Edited = 6;
    private const int Edits = 24;

    [Fact]
    public void Whatever_is_valid_runs()
    {
        int count = int.TryParse(Environment.GetEnvironmentVariable("DSL_PIPELINES"), out int given) ? given : Usually;
        int[] seeds = RandomAssembly.Seeds(count, usually: 20261122);
        List<string> failures = [];
        int fitted = 0;
        foreach (int[] some in seeds.Chunk(AtOnce))
        {
            DrawnPipeline[] drawn = [.. some.Select((seed, i) => new DrawnPipeline(seed, "P" + i.ToString(CultureInfo.InvariantCulture)))];
            string?[] flaws = new string?[some.Length];
            Assembly assembly = Compile(drawn, flaws);
            for (int i = 0; i < some.Length; i++)
            {
                if (flaws[i] is null)
                {
                    DrawnRun run = DrawnRun.Of(drawn[i], assembly, some[i]);
                    flaws[i] = run.Check() is { Count: > 0 } found ? string.Join("\n", found) : null;
                    fitted += run.IsFitted ? 1 : 0;
                }

                if (flaws[i] is not null)
                    failures.Add($"seed {some[i]}\n{drawn[i]}\n--- {flaws[i]}");
            }
        }

        if (Environment.GetEnvironmentVariable("DSL_FAILURES") is { } file)
            File.WriteAllText(file, string.Join("\n\n=====\n", failures));
        Assert.True(failures.Count == 0, $"{failures.Count} of {count} failed:\n" + string.Join("\n\n", failures.Take(4)));
        Assert.True(fitted > count * 3 / 4, $"only {fitted} of {count} could be fitted");
    }

    [Fact]
    public void Random_edits_leave_what_a_fresh_run_makes()
    {
        int[] seeds = RandomAssembly.Seeds(Edited + Edits, usually: 17);
        Random random = new(seeds[0]);
        string[] texts = [.. seeds.Take(Edited).Select((seed, i) => new DrawnPipeline(seed, "P" + i.ToString(CultureInfo.InvariantCulture)).ToString())];
        CSharpCompilation compilation = Compiling.Compile("RandomPipelines", [.. texts, DrawnValues.Source], []);
        GeneratorDriver driver = Generating.Driver(compilation).RunGenerators(compilation);
        foreach (int seed in seeds.Skip(Edited))
        {
            int file = random.Next(Edited);
            SyntaxTree old = compilation.SyntaxTrees[file];
            string text = Edit(old.ToString(), new DrawnPipeline(seed, "P" + file.ToString(CultureInfo.InvariantCulture)).ToString(), random);
            compilation = compilation.ReplaceSyntaxTree(old, CSharpSyntaxTree.ParseText(text, (CSharpParseOptions)old.Options, old.FilePath));
            driver = driver.RunGenerators(compilation);
            GeneratorDriver fresh = Generating.Driver(compilation).RunGenerators(compilation);
            Assert.Null(driver.GetRunResult().Results[0].Exception);
            Assert.Equal(Generating.Texts(fresh), Generating.Texts(driver));
        }

        // Half-typed as they are, the analyzer has its say about each.
        Assert.NotEmpty(Compiling.Analyze(compilation));
    }

    /// <summary>Another pipeline, the same with an attribute less, one more of another pipeline, or one in another place, or cut off within one.</summary>
    private static string Edit(string text, string other, Random random)
    {
        List<string> lines = [.. text.Split('\n')];
        int first = lines.IndexOf("[Pipeline<Row>]") + 1;
        int attributes = lines.FindIndex(first, line => !line.StartsWith('[')) - first;
        string[] others = [.. other.Split('\n').Where(line => line.StartsWith('[') && line != "[Pipeline<Row>]")];
        int at = first + random.Next(attributes);
        switch (random.Next(5))
        {
            case 0 when attributes > 1:
                lines.RemoveAt(at);
                break;
            case 1 when others.Length > 0:
                lines.Insert(at, others[random.Next(others.Length)]);
                break;
            case 2:
                string moved = lines[at];
                lines.RemoveAt(at);
                lines.Insert(first + random.Next(attributes), moved);
                break;
            case 3:
                lines[at] = lines[at][..random.Next(1, lines[at].Length)];
                break;
            default:
                return other;
        }

        return string.Join('\n', lines);
    }

    /// <summary>Compiles all that the compiler says nothing unexpected about.</summary>
    private static Assembly Compile(DrawnPipeline[] drawn, string?[] flaws)
    {
        while (true)
        {
            int[] right = [.. Enumerable.Range(0, drawn.Length).Where(i => flaws[i] is null)];
            CSharpCompilation compilation = Compiling.Compile("RandomPipelines", [DrawnValues.Source, .. right.Select(i => drawn[i].ToString())], []);
            Generating generated = Generating.Run(compilation);
            bool isRight = true;
            ImmutableArray<Diagnostic> findings = generated.Findings;
            ImmutableArray<Diagnostic> fromCSharp = generated.After.GetDiagnostics();
            for (int file = 0; file < right.Length; file++)
            {
                SyntaxTree tree = generated.After.SyntaxTrees.ElementAt(file + 1);
                string[] given = [.. findings.Where(one => one.Location.SourceTree == tree).Select(one => $"{one.Id} {tree.GetText().ToString(one.Location.SourceSpan)}").Order(StringComparer.Ordinal)];
                string[] wanted = [.. drawn[right[file]].Expected().Order(StringComparer.Ordinal)];
                string others = string.Join("\n", fromCSharp.Where(one => one.Severity >= DiagnosticSeverity.Warning && IsOf(one, tree, drawn[right[file]].Space)).Take(10));
                if (given.SequenceEqual(wanted) && others.Length == 0)
                    continue;
                isRight = false;
                flaws[right[file]] = $"reported:\n{string.Join("\n", given.Except(wanted))}\nmissed:\n{string.Join("\n", wanted.Except(given))}\nby C#:\n{others}\n"
                    + string.Join("\n", findings.Where(one => one.Location.SourceTree == tree && one.Severity == DiagnosticSeverity.Error).Select(one => one.GetMessage(null)));
            }

            if (!isRight)
                continue;
            using MemoryStream image = new();
            EmitResult result = generated.After.Emit(image);
            Assert.True(result.Success, string.Join("\n", result.Diagnostics.Take(10)));
            return Assembly.Load(image.ToArray());
        }
    }

    private static bool IsOf(Diagnostic one, SyntaxTree tree, string space) => one.Location.SourceTree is { } there
        && (there == tree || Path.GetFileName(there.FilePath).StartsWith(space + ".", StringComparison.Ordinal));
}
