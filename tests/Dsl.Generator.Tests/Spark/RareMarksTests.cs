using System.Linq;
using System.Threading;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Xunit;

namespace Dsl.Generator.Tests.Spark;

/// <summary>Marks that few files have are found however they are written, and cost nothing where there are none.</summary>
public sealed class RareMarksTests
{
    [Theory]
    [InlineData("using Dsl;", "SparkUdf")]
    [InlineData("using Dsl;", "SparkUdfAttribute(Name = \"g\")")]
    [InlineData("using Dsl;", "System.Obsolete, @SparkUdfAttribute")]
    [InlineData("", "Dsl.SparkUdf")]
    [InlineData("", "global::Dsl.SparkUdfAttribute")]
    [InlineData("using U = Dsl.SparkUdfAttribute;", "U")]
    [InlineData("using S = Dsl;", "S::SparkUdf")]
    [InlineData("namespace A { using U = Dsl.SparkUdfAttribute; namespace B { using V = U;", "V", "} }")]
    [InlineData("namespace A.B; using U = global::Dsl.SparkUdfAttribute; partial struct O { partial record P {", "U", "} }")]
    [InlineData("global using U = Dsl.SparkUdfAttribute;", "U")]
    public void However_it_is_written(string before, string mark, string after = "") => Check([before + Class("*", mark) + after]);

    [Fact]
    public void By_an_alias_of_another_file() => Check([Class("*", "U"), "global using U = Dsl.SparkUdfAttribute;"]);

    [Fact]
    public void By_an_alias_that_another_file_gets_later()
    {
        CSharpCompilation compilation = Compile(Class("partial", "U"));
        GeneratorDriver driver = CSharpGeneratorDriver.Create(new ModelGenerator()).RunGenerators(compilation);
        Assert.Empty(driver.GetRunResult().GeneratedTrees);
        driver = driver.RunGenerators(compilation.AddSyntaxTrees(CSharpSyntaxTree.ParseText("global using U = Dsl.SparkUdfAttribute;", (CSharpParseOptions)compilation.SyntaxTrees[0].Options, "Later.cs")));
        Assert.Single(driver.GetRunResult().GeneratedTrees);
    }

    [Fact]
    public void Of_a_method_in_two_parts_once()
    {
        Generating run = Generating.Run(Compile("using Dsl; static partial class C { [SparkUdf] public static partial double F(double x); public static partial double F(double x) => x; }"));
        Assert.Equal("", run.AllErrors);
        Assert.Single(run.Result.GeneratedTrees);
    }

    [Theory]
    [InlineData("class SparkUdfAttribute : System.Attribute; partial class C { [SparkUdf] static double F(double x) => x; }")]
    [InlineData("class LayerAttribute : System.Attribute; [Layer] partial struct S;")]
    public void Not_anothers_attribute_of_that_name(string source)
    {
        Generating run = Generating.Run(Compile(source));
        Assert.Empty(run.Result.GeneratedTrees);
        Assert.Empty(run.Findings);
    }

    [Fact]
    public void An_accessor_is_no_method() => Assert.Equal(
        ["DSL402 get"],
        Generating.Run(Compile("using Dsl; partial class C { static double P { [SparkUdf] get => 1; } }")).Squiggles());

    [Fact]
    public void Files_without_one_are_passed_over()
    {
        CSharpCompilation compilation = Compile(
            "using Dsl; [Model, Input(4), Linear(2)] partial class Net;",
            "using System; class Plain { [Obsolete] int Spark(int udf) => udf; [Obsolete(\"SparkUdf\")] int P { [Obsolete] get; set; } }",
            "using Dsl; partial class C { [SparkUdf] static double F(double x) => x; }");
        Assert.Same(compilation.SyntaxTrees[2], Assert.Single(ModelGenerator.RareMarks.Files(compilation, CancellationToken.None)));
        Assert.Empty(ModelGenerator.RareMarks.Files(compilation.RemoveSyntaxTrees(compilation.SyntaxTrees[2]), CancellationToken.None));
    }

    /// <summary>The generator gives a partial class its file, and the analyzer finds one that is not.</summary>
    private static void Check(string[] sources)
    {
        Generating run = Generating.Run(Compile([.. sources.Select(source => source.Replace("*", "partial", System.StringComparison.Ordinal))]));
        Assert.Equal("", run.AllErrors);
        Assert.Single(run.Result.GeneratedTrees);
        Assert.Equal(["DSL404 C"], Generating.Run(Compile([.. sources.Select(source => source.Replace("*", "", System.StringComparison.Ordinal))])).Squiggles());
    }

    private static string Class(string partial, string mark) => $" static {partial} class C {{ [{mark}] public static double F(double x) => x; }}";

    private static CSharpCompilation Compile(params string[] sources) => Compiling.Compile(sources).AddReferences(Compiling.Spark);
}
