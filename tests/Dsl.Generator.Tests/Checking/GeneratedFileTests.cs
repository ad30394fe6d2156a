using System;
using System.Linq;
using Dsl.Generator.Declaring;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Xunit;

namespace Dsl.Generator.Tests.Checking;

/// <summary>Which file of a class is the generator's own.</summary>
public sealed class GeneratedFileTests
{
    private const string Right = "using Dsl; namespace App; [Model, Input(4), Linear(3), CrossEntropy, Adam] public partial class M { public int Extra; } partial class Outer { [Model, Input(4), Linear(3)] partial class Inner; }";

    [Fact]
    public void The_path_names_the_generator() => Assert.Equal(GeneratorOutput.Generator, typeof(ModelGenerator).FullName);

    [Theory]
    [InlineData("Dsl.Generator.Tests/M.cs")]
    [InlineData("/home/me/Dsl.Generator.ModelGenerator/M.cs")]
    [InlineData("/home/me/Dsl.Generator.ModelGenerator/App.M.g.cs")]
    [InlineData("/home/me/Dsl.Generator/Dsl.Generator.ModelGenerator/M.cs")]
    [InlineData("/home/me/Dsl.Generator/Dsl.Generator.ModelGenerator/App.M.g.cs")]
    [InlineData("/home/me/XDsl.Generator/Dsl.Generator.ModelGenerator/App.M.g.cs")]
    [InlineData("C:\\me\\Dsl.Generator.Models\\M.cs")]
    [InlineData("C:\\me\\Dsl.Generator\\Dsl.Generator.ModelGenerator\\M.cs")]
    [InlineData("M.cs")]
    [InlineData("")]
    public void A_users_file_is_the_users_wherever_it_lies(string path)
    {
        Generating run = Generating.Run(Compiling.CompileFiles((path, Right)));
        Assert.Empty(run.Squiggles());
        Assert.Equal("", run.AllErrors);
        run = Generating.Run(Compiling.CompileFiles((path, "using Dsl; [Model, Input(4), Linear(3)] class M; [Model, Input(4), Linear(3)] partial class N { int Step; }")));
        Assert.Equal(["DSL101 M", "DSL110 Step"], run.Squiggles());
        Assert.Equal("", run.NewErrors);
    }

    [Theory]
    [InlineData("", "/")]
    [InlineData("/work/app/obj/generated", "/")]
    [InlineData("/work/app/obj/generated", "\\")]
    [InlineData("", "\\")]
    public void The_generators_own_file_is_none_of_the_users(string folder, string separator)
    {
        Generating run = Generating.Run(Compiling.CompileFiles(("/work/app/M.cs", Right)), folder);
        // A Windows compiler writes its own separators.
        Compilation moved = run.After;
        foreach (SyntaxTree tree in run.Result.GeneratedTrees)
            moved = moved.ReplaceSyntaxTree(tree, tree.WithFilePath(tree.FilePath.Replace("/", separator, StringComparison.Ordinal)));
        Assert.Empty(Compiling.Analyze(moved));
        Assert.Empty(Compiling.Analyze(run.After));
        // The class is not partial but for the generated part.
        moved = moved.ReplaceSyntaxTree(moved.SyntaxTrees.First(), moved.SyntaxTrees.First().WithChangedText(Microsoft.CodeAnalysis.Text.SourceText.From(Right.Replace("public partial class M", "public class M", StringComparison.Ordinal))));
        Assert.Equal(["DSL101"], Compiling.Analyze(moved).Select(one => one.Id));
    }

    [Fact]
    public void A_generated_file_that_is_compiled_again_is_the_users()
    {
        const string Folder = "/work/app/Generated";
        string text = Generating.Run(Compiling.CompileFiles(("/work/app/M.cs", "using Dsl; [Model, Input(4), Linear(3)] partial class M;"))).Result.GeneratedTrees.Single().ToString();
        Generating run = Generating.Run(
            Compiling.CompileFiles(("/work/app/M.cs", "using Dsl; [Model, Input(4), Linear(3)] partial class M;"), (Folder + "/Dsl.Generator/Dsl.Generator.ModelGenerator/M.g.cs", text)),
            Folder);
        // In the file itself a pragma keeps every diagnostic away.
        Assert.Equal(["DSL110 M"], run.Squiggles());
        Assert.Contains(Folder, run.Findings[0].GetMessage(), StringComparison.Ordinal);
        Assert.StartsWith("CS0579", run.NewErrors, StringComparison.Ordinal); // [GeneratedCode] twice; the members that are there are not written again
    }
}
