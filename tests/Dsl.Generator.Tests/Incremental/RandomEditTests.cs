using System;
using System.Collections.Generic;
using System.Linq;
using Dsl.Benchmarks.Compiler;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Xunit;

namespace Dsl.Generator.Tests.Incremental;

/// <summary>After any edit, the generator that remembers gives what one that starts from nothing gives.</summary>
public class RandomEditTests
{
    private const int Edits = 250;

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(4)]
    public void Incremental_output_is_cold_output(int seed)
    {
        var project = new RandomProject(new Random(seed));
        var files = new Dictionary<string, (string Text, SyntaxTree Tree)>();
        CSharpCompilation compilation = ModelSources.Compilation([]);
        GeneratorDriver driver = NewDriver();
        for (int edit = 0; edit < Edits; edit++)
        {
            string what = edit == 0 ? "start" : project.Edit();
            compilation = Update(compilation, files, project.Files);
            driver = driver.RunGenerators(compilation);
            // A fresh compilation over the same trees, so that nothing bound for one run helps or hides in the other.
            GeneratorDriver cold = NewDriver().RunGenerators(ModelSources.Compilation(compilation.SyntaxTrees));
            Assert.True(Outputs(cold).SequenceEqual(Outputs(driver)), $"after edit {edit} ({what}):\n{Difference(Outputs(cold), Outputs(driver))}");
        }
    }

    private static CSharpGeneratorDriver NewDriver() =>
        CSharpGeneratorDriver.Create([new ModelGenerator().AsSourceGenerator()], parseOptions: new CSharpParseOptions(LanguageVersion.Latest));

    private static CSharpCompilation Update(
        CSharpCompilation compilation, Dictionary<string, (string Text, SyntaxTree Tree)> files, IReadOnlyDictionary<string, string> wanted)
    {
        foreach (string path in files.Keys.Except(wanted.Keys).ToArray())
        {
            compilation = compilation.RemoveSyntaxTrees(files[path].Tree);
            files.Remove(path);
        }

        foreach ((string path, string text) in wanted)
        {
            bool known = files.TryGetValue(path, out (string Text, SyntaxTree Tree) old);
            if (known && old.Text == text)
                continue;
            SyntaxTree tree = ModelSources.Parse(text, path);
            compilation = known ? compilation.ReplaceSyntaxTree(old.Tree, tree) : compilation.AddSyntaxTrees(tree);
            files[path] = (text, tree);
        }

        return compilation;
    }

    private static (string Name, string Text)[] Outputs(GeneratorDriver driver)
    {
        GeneratorRunResult result = driver.GetRunResult().Results.Single();
        Assert.Null(result.Exception);
        return
        [
            .. result.GeneratedSources.Select(s => (s.HintName, s.SourceText.ToString())).Order(),
            .. result.Diagnostics.Select(d => (d.Id, d.ToString())).Order(),
        ];
    }

    private static string Difference((string Name, string Text)[] cold, (string Name, string Text)[] incremental) =>
        string.Join('\n', cold.Except(incremental).Select(o => "cold only: " + o.Name + "\n" + o.Text)
            .Concat(incremental.Except(cold).Select(o => "incremental only: " + o.Name + "\n" + o.Text)));
}
