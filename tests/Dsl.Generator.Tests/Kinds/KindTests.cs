using System;
using System.Collections.Generic;
using System.Collections.Immutable;
using System.Linq;
using Dsl.Generator.Declaring;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.Diagnostics;
using Xunit;

namespace Dsl.Generator.Tests.Kinds;

/// <summary>A second kind of declaration needs nothing but its own files: the generator and the analyzer take it as they take models and blocks.</summary>
public sealed class KindTests
{
    private const string Attributes = """

        namespace Dsl
        {
            sealed class RecipeAttribute<T> : System.Attribute;
            [System.AttributeUsage(System.AttributeTargets.Class, AllowMultiple = true)]
            sealed class StepAttribute(int minutes) : System.Attribute { public int Minutes => minutes; }
        }
        """;

    private static readonly DeclarationKinds Kinds = DeclarationKinds.Own.With(new RecipeKind());

    [Fact]
    public void A_further_kind_is_generated_beside_the_others()
    {
        (Compilation after, GeneratorDriverRunResult result) = Generate("[Recipe<int>, Step(3), Step(4)] partial class Soup; [Model, Input(4), Linear(3)] partial class M;");
        Assert.Equal(2, result.GeneratedTrees.Length);
        Assert.DoesNotContain(after.GetDiagnostics(), one => one.Severity == DiagnosticSeverity.Error);
        INamedTypeSymbol soup = after.GetTypeByMetadataName("Soup")!;
        Assert.Equal(7, Assert.Single(soup.GetMembers("Minutes").OfType<IFieldSymbol>()).ConstantValue);
        Assert.Equal("Object", soup.BaseType!.Name);
        Assert.Empty(Analyze(after));
    }

    [Theory]
    [InlineData("[Recipe<int>, Step(0)] partial class Soup;", "TST001 0")]
    [InlineData("[Recipe<int>, Step(1), Linear(3)] partial class Soup;", "DSL111 Linear(3)")]
    [InlineData("[Model, Input(4), Step(3), Linear(3)] partial class M;", "DSL111 Step(3)")]
    [InlineData("[Step(3)] partial class Soup;", "DSL111 Step(3)")]
    [InlineData("[Model, Recipe<int>, Input(4), Linear(3)] partial class M;", "DSL102 M")]
    public void Its_findings_stand_where_they_belong(string source, params string[] expected)
    {
        (Compilation after, _) = Generate(source);
        Assert.Equal(expected, Analyze(after).Select(one => $"{one.Id} {one.Location.SourceTree!.GetText().ToString(one.Location.SourceSpan)}"));
    }

    [Theory]
    [InlineData("[Model, Input(4), Step(3), Linear(3)] partial class M;", "Step means nothing here: M is not marked Recipe")]
    [InlineData("[Linear(3)] partial class M;", "Linear means nothing here: M is marked neither Model nor Block")]
    [InlineData("[Model, Recipe<int>, Input(4), Linear(3)] partial class M;", "M is marked both Model and Recipe")]
    [InlineData("[Recipe<int>, Step(3)] class Soup;", "Soup must be partial, so that its dish can be generated")]
    [InlineData("[Recipe<int>, Step(3)] partial class Soup; [Step(4)] partial class Soup;", "The steps of Soup must all stand on one partial declaration")]
    public void Messages_name_the_kinds(string source, string expected) => Assert.Equal(expected, Assert.Single(Analyze(Generate(source).After)).GetMessage());

    [Fact]
    public void Two_marks_give_no_file_and_no_second_one()
    {
        (Compilation after, GeneratorDriverRunResult result) = Generate("[Model, Recipe<int>, Input(4), Linear(3)] partial class M;");
        Assert.Empty(result.GeneratedTrees);
        Assert.Empty(after.GetDiagnostics().Where(one => one.Severity == DiagnosticSeverity.Error));
    }

    [Fact]
    public void Names_that_differ_by_case_alone_get_files_of_their_own_across_kinds()
    {
        (Compilation after, GeneratorDriverRunResult result) = Generate("[Recipe<int>, Step(3)] partial class SOUP; [Model, Input(4), Linear(3)] partial class Soup;");
        Assert.Equal(2, result.GeneratedTrees.Length);
        Assert.DoesNotContain(after.GetDiagnostics(), one => one.Severity == DiagnosticSeverity.Error);
    }

    [Fact]
    public void Without_it_the_attributes_mean_nothing()
    {
        Assert.DoesNotContain(DeclarationKinds.Own.All, kind => kind is RecipeKind);
        Assert.Equal(["Model", "Pipeline", "Block"], DeclarationKinds.Own.All.Select(kind => kind.Mark));
        Assert.Equal(["Model", "Pipeline", "Recipe", "Block"], Kinds.All.Select(kind => kind.Mark));
    }

    [Fact]
    public void An_edit_of_one_kind_leaves_the_files_of_the_other()
    {
        CSharpCompilation compilation = Compiling.Compile("using Dsl; [Recipe<int>, Step(3)] partial class Soup;", "using Dsl; [Model, Input(4), Linear(3)] partial class M;", Attributes);
        GeneratorDriver driver = CSharpGeneratorDriver.Create(
            [new ModelGenerator(Kinds).AsSourceGenerator()],
            parseOptions: (CSharpParseOptions)compilation.SyntaxTrees[0].Options,
            driverOptions: new GeneratorDriverOptions(IncrementalGeneratorOutputKind.None, trackIncrementalGeneratorSteps: true));
        driver = driver.RunGenerators(compilation);
        SyntaxTree edited = CSharpSyntaxTree.ParseText("using Dsl; [Recipe<int>, Step(5)] partial class Soup;", (CSharpParseOptions)compilation.SyntaxTrees[0].Options, compilation.SyntaxTrees[0].FilePath);
        GeneratorRunResult result = driver.RunGenerators(compilation.ReplaceSyntaxTree(compilation.SyntaxTrees[0], edited)).GetRunResult().Results[0];
        Assert.Null(result.Exception);
        Assert.Equal(
            [IncrementalStepRunReason.Modified, IncrementalStepRunReason.Cached],
            result.TrackedOutputSteps.SelectMany(step => step.Value).SelectMany(step => step.Outputs).Select(output => output.Reason).OrderBy(reason => reason));
    }

    private static (Compilation After, GeneratorDriverRunResult Result) Generate(string source)
    {
        CSharpCompilation compilation = Compiling.Compile("using Dsl;\n" + source, Attributes);
        GeneratorDriver driver = CSharpGeneratorDriver.Create([new ModelGenerator(Kinds).AsSourceGenerator()], parseOptions: (CSharpParseOptions)compilation.SyntaxTrees[0].Options);
        driver = driver.RunGeneratorsAndUpdateCompilation(compilation, out Compilation after, out ImmutableArray<Diagnostic> reported);
        Assert.Empty(reported);
        Assert.Null(driver.GetRunResult().Results[0].Exception);
        return (after, driver.GetRunResult());
    }

    private static IEnumerable<Diagnostic> Analyze(Compilation compilation) => new CompilationWithAnalyzers(compilation, [new NetworkAnalyzer(Kinds)], options: null)
        .GetAnalyzerDiagnosticsAsync().GetAwaiter().GetResult()
        .OrderBy(one => one.Location.SourceSpan.Start)
        .Select(one => one.Id == "AD0001" ? throw new InvalidOperationException(one.GetMessage()) : one);
}
