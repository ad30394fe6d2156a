using System;
using System.Collections.Generic;
using System.Diagnostics;
using System.Linq;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;

namespace Dsl.Benchmarks.Compiler;

/// <summary>
/// A generator with its own chain of compilations. Compilations cache what they bind, so two generators that are compared must never see
/// the same one: the second would find the first one's work done.
/// </summary>
internal sealed class GeneratorRun
{
    private readonly IIncrementalGenerator generator;
    private readonly bool trackSteps;
    private CSharpCompilation compilation;
    private GeneratorDriver driver;

    /// <param name="generator">What runs.</param>
    /// <param name="trees">The sources to start with.</param>
    /// <param name="trackSteps">Whether <see cref="RedoneOutputs"/> is wanted: keeping track costs time and memory.</param>
    public GeneratorRun(IIncrementalGenerator generator, IReadOnlyList<SyntaxTree> trees, bool trackSteps = false)
    {
        this.generator = generator;
        this.trackSteps = trackSteps;
        compilation = ModelSources.Compilation(trees);
        driver = NewDriver();
    }

    /// <summary>Time and allocation of the last run alone, in milliseconds and megabytes.</summary>
    public Cost LastCost { get; private set; }

    /// <summary>Generated text by file name after the last run.</summary>
    public IReadOnlyDictionary<string, string> Outputs => driver.GetRunResult().Results.SelectMany(r => r.GeneratedSources)
        .ToDictionary(s => s.HintName, s => s.SourceText.ToString());

    /// <summary>Outputs that the last run made anew or changed, whatever their text.</summary>
    public IReadOnlyList<string> RedoneOutputs =>
    [
        .. driver.GetRunResult().Results.SelectMany(r => r.TrackedOutputSteps).SelectMany(s => s.Value).SelectMany(s => s.Outputs)
            .Where(o => o.Reason is IncrementalStepRunReason.New or IncrementalStepRunReason.Modified)
            .Select(o => o.Reason.ToString()),
    ];

    /// <summary>Runs from nothing: fresh symbols and a fresh driver over the same parsed trees.</summary>
    public Cost Cold()
    {
        compilation = ModelSources.Compilation(compilation.SyntaxTrees);
        driver = NewDriver();
        return Run();
    }

    /// <summary>Replaces the file of that path and runs again.</summary>
    public Cost Edit(string path, string text)
    {
        SyntaxTree old = compilation.SyntaxTrees.First(t => t.FilePath == path);
        compilation = compilation.ReplaceSyntaxTree(old, ModelSources.Parse(text, path));
        return Run();
    }

    private Cost Run()
    {
        long bytes = GC.GetAllocatedBytesForCurrentThread();
        long start = Stopwatch.GetTimestamp();
        driver = driver.RunGenerators(compilation);
        double milliseconds = Stopwatch.GetElapsedTime(start).TotalMilliseconds;
        LastCost = new Cost(milliseconds, (GC.GetAllocatedBytesForCurrentThread() - bytes) / 1e6);
        return LastCost;
    }

    private CSharpGeneratorDriver NewDriver() =>
        CSharpGeneratorDriver.Create([generator.AsSourceGenerator()], parseOptions: new CSharpParseOptions(LanguageVersion.Latest),
            driverOptions: new GeneratorDriverOptions(IncrementalGeneratorOutputKind.None, trackIncrementalGeneratorSteps: trackSteps));
}

/// <summary>What one run of a generator took.</summary>
internal readonly record struct Cost(double Milliseconds, double Megabytes);
