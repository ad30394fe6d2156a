using System;
using System.Collections.Immutable;
using System.Linq;
using System.Text;
using Dsl.Generator.Declaring;
using Dsl.Generator.Pipelines;
using Dsl.Generator.Pipelines.Checking;
using Dsl.Generator.Pipelines.Graph;
using Microsoft.CodeAnalysis;
using Xunit;

namespace Dsl.Generator.Tests.Pipelines;

/// <summary>Sources of pipelines, compiled beside what their generated classes name.</summary>
internal static class Piped
{
    /// <summary>The page's row.</summary>
    public const string Penguin =
        "public record Penguin(string? Sex, string Island, double? BillLength, double? BillDepth, double? BodyMass, string Species, [Sensitive] string Tag);\n";

    /// <summary>A row with a column of every kind: N? may be null, the others not.</summary>
    public const string Row = """
        public record Row(
            double A, double B, int Whole, float Single, bool Flag, string Text, string Other, string[] Words, [VectorSize(3)] double[] Three, double[] Open, System.DateTime Time,
            double? MaybeA, string? MaybeText, int? MaybeWhole, System.Guid Id, [Sensitive] string Secret, [Sensitive] double Pay);

        """;

    /// <summary>What of the runtime generated classes name and the library has not yet.</summary>
    public static MetadataReference Runtime { get; } = Compiling.Reference("PipelineRuntime", Missing());

    /// <summary>Compares every id and span with the marks.</summary>
    public static ImmutableArray<Diagnostic> Verify(params string[] sources) => Marked.Verify([Runtime], sources);

    /// <summary>A pipeline over <see cref="Row"/> with these attributes and members.</summary>
    public static ImmutableArray<Diagnostic> Rows(string attributes, string members = "", string others = "") =>
        Verify($"[Pipeline<Row>]\n{attributes}\npublic partial class P\n{{\n{members}\n}}\n{others}\n{Row}");

    /// <summary>The message of the one diagnostic of such a pipeline.</summary>
    public static string Message(string attributes, string members = "", string others = "") => Assert.Single(Rows(attributes, members, others)).GetMessage();

    /// <summary>A pipeline over <see cref="Row"/>, checked.</summary>
    public static CheckedPipeline Check(string attributes, string members = "", string others = "") =>
        Check(Compiling.Compile("Test", [$"using Dsl;\n[Pipeline<Row>] {attributes} public partial class P {{ {members} }} {others} {Row}"], [Runtime]), "P");

    /// <summary>A pipeline of a compilation, checked.</summary>
    public static CheckedPipeline Check(Compilation compilation, string name)
    {
        INamedTypeSymbol symbol = (INamedTypeSymbol)compilation.GetSymbolsWithName(name, SymbolFilter.Type).Single();
        Declaration declaration = DeclarationReader.Read(symbol, compilation, sources: null, output: null, default);
        return PipelineChecker.Check(declaration.Kind.Condense(declaration, default));
    }

    /// <summary>The generated file of the pipeline <c>P</c> or of another.</summary>
    public static string Generated(Compilation compilation, string file = "P.g.cs")
    {
        GeneratorDriver driver = Generating.Driver(compilation);
        return driver.RunGenerators(compilation).GetRunResult().GeneratedTrees.Single(tree => tree.FilePath.EndsWith(file, StringComparison.Ordinal)).ToString();
    }

    private static string Missing()
    {
        StringBuilder source = new("#nullable enable\n");
        foreach (StageRule stage in new PipelineKind().Constructs.All.OfType<StageRule>())
            Add("Dsl.Pipelines", stage.ModelClass.Replace("?", "Unknown", StringComparison.Ordinal), "public sealed class {0};");
        Add("Dsl", "CsvOptions", "public sealed class {0};");
        Add("Dsl", "PipelineTuning`1", "public sealed class PipelineTuning<T>;");
        Add("Dsl", "IPipeline`2", "public interface IPipeline<TRow, TOutput> : System.IDisposable {{ TOutput? Predict(TRow row); System.Collections.Generic.IEnumerable<TOutput> Transform(System.Collections.Generic.IEnumerable<TRow> rows); string Summary(); void Save(string folder); }}");
        return source.ToString();

        void Add(string space, string name, string text)
        {
            if (typeof(Vector).Assembly.GetType($"{space}.{name}") is null)
                source.Append("namespace ").Append(space).Append(" { ").AppendFormat(null, text, name).Append(" }\n");
        }
    }
}
