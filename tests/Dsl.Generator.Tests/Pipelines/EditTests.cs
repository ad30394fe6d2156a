using System;
using System.Linq;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Xunit;

namespace Dsl.Generator.Tests.Pipelines;

/// <summary>An edit changes a pipeline's file where the pipeline reads what was edited, and nowhere else.</summary>
public sealed class EditTests
{
    private const string Pipeline = """
        using Dsl;
        [Pipeline<Row>]
        [Map(nameof(Sum), "S")]
        [VectorAssembler("V", "A", "B", "S")]
        [Network<Net>("V", "Class", Epochs = 3)]
        public partial class Fitted
        {
            static double Sum(double a, double b) => a + b;
        }
        """;

    private const string Row = "public record Row(double A, double B, int Class) { private int hidden; public int Twice() => 2 * hidden; }";
    private const string Net = "using Dsl; [Model, Input(3), Linear(8), ReLU, Linear(4), CrossEntropy, Adam] public partial class Net;";
    private const string Other = "public class Other { int a = 0; }";

    private static readonly string[] Files = [Pipeline, Row, Net, Other];

    // File, text, what stands there instead, and whether the pipeline's own file is to change.
    public static TheoryData<int, string, string, bool> Edits => new()
    {
        { 3, "a = 0", "a = 1", false },
        { 1, "2 * hidden", "3 * hidden", false },
        { 1, "int hidden", "long hidden", false },
        { 1, "public record", "/* a row */ public record", false },
        { 1, "int Class)", "int Class, string Text)", true },
        { 1, "double B", "float B", true },
        { 1, "double B", "double? B", true },
        { 2, "Linear(8)", "Linear(16)", false },
        { 2, "Adam", "SGD(0.1)", false },
        { 2, "Linear(4)", "Linear(5)", true },
        { 2, "Input(3)", "Input(4)", true },
        { 2, "Input(3)", "Input(0)", true },
        { 2, "CrossEntropy, Adam", "CrossEntropy", true },
        { 0, "a + b", "a - b", false },
        { 0, "static double Sum(double a, double b)", "static float Sum(double a, double b)", true },
        { 0, "Epochs = 3", "Epochs = 3 ", false },
        { 0, "Epochs = 3", "Epochs = 4", true },
    };

    [Theory]
    [MemberData(nameof(Edits))]
    public void An_edit_costs_what_it_must(int file, string before, string after, bool isChanged)
    {
        (CSharpCompilation compilation, GeneratorDriver driver) = Start();
        driver = driver.RunGenerators(compilation);
        driver = driver.RunGenerators(Edited(compilation, file, Files[file].Replace(before, after, StringComparison.Ordinal)));
        // An edit of the network makes its own file anew.
        Assert.Equal((file == 2 ? 1 : 0) + (isChanged ? 1 : 0), Redone(driver));
    }

    [Fact]
    public void Random_edits_leave_what_a_fresh_run_makes()
    {
        Random random = new(7);
        object[][] edits = [.. Edits];
        (CSharpCompilation compilation, GeneratorDriver driver) = Start();
        for (int i = 0; i < 40; i++)
        {
            object[] edit = edits[random.Next(edits.Length)];
            int file = (int)edit[0];
            string text = compilation.SyntaxTrees[file].ToString();
            (string from, string to) = random.Next(2) == 0 ? ((string)edit[1], (string)edit[2]) : ((string)edit[2], (string)edit[1]);
            compilation = Edited(compilation, file, text.Replace(from, to, StringComparison.Ordinal));
            driver = driver.RunGenerators(compilation);
            CSharpCompilation anew = compilation.RemoveAllSyntaxTrees().AddSyntaxTrees(compilation.SyntaxTrees.Select(tree => CSharpSyntaxTree.ParseText(tree.ToString(), (CSharpParseOptions)tree.Options, tree.FilePath)));
            Assert.Equal(Generating.Texts(Generating.Driver(anew).RunGenerators(anew)), Generating.Texts(driver));
        }
    }

    [Fact]
    public void A_hidden_layer_ends_at_the_condensed_facts()
    {
        (CSharpCompilation compilation, GeneratorDriver driver) = Start();
        driver = driver.RunGenerators(compilation);
        GeneratorRunResult result = driver.RunGenerators(Edited(compilation, 2, Net.Replace("Linear(8)", "Linear(9)", StringComparison.Ordinal))).GetRunResult().Results[0];
        Assert.Equal(IncrementalStepRunReason.Unchanged, Assert.Single(result.TrackedSteps["Condensed"].SelectMany(step => step.Outputs)).Reason);
    }

    private static (CSharpCompilation Compilation, GeneratorDriver Driver) Start()
    {
        CSharpCompilation compilation = Compiling.Compile("Test", Files, [Piped.Runtime]);
        return (compilation, Driver(compilation));
    }

    private static CSharpGeneratorDriver Driver(CSharpCompilation compilation) => CSharpGeneratorDriver.Create(
        [new ModelGenerator().AsSourceGenerator()],
        parseOptions: (CSharpParseOptions)compilation.SyntaxTrees[0].Options,
        driverOptions: new GeneratorDriverOptions(IncrementalGeneratorOutputKind.None, trackIncrementalGeneratorSteps: true));

    private static CSharpCompilation Edited(CSharpCompilation compilation, int file, string text)
    {
        SyntaxTree old = compilation.SyntaxTrees[file];
        return compilation.ReplaceSyntaxTree(old, CSharpSyntaxTree.ParseText(text, (CSharpParseOptions)old.Options, old.FilePath));
    }

    /// <summary>How many files the last run made anew.</summary>
    private static int Redone(GeneratorDriver driver) => driver.GetRunResult().Results[0].TrackedOutputSteps.SelectMany(step => step.Value).SelectMany(step => step.Outputs)
        .Count(output => output.Reason is IncrementalStepRunReason.New or IncrementalStepRunReason.Modified);
}
