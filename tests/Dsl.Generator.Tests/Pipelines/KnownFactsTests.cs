using System;
using System.Linq;
using Dsl.Generator.Declaring;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Xunit;

namespace Dsl.Generator.Tests.Pipelines;

/// <summary>What a pipeline has read of the compilation is kept while nothing can have changed it, and never longer.</summary>
public sealed class KnownFactsTests
{
    private const string Pipeline = """
        using Dsl;
        namespace Pipes;
        [Pipeline<Row>]
        [Map(nameof(Sum), "S")]
        [VectorAssembler("V", "A", "B", "S")]
        [Network<Net>("V", "Class", Epochs = 3)]
        public partial class Fitted
        {
            static double Sum(double a, double b) => a + b;
        }
        """;

    private const string Row = """
        using System;
        using Dsl;
        namespace Pipes;
        public class Row : Base
        {
            private int hidden = 1;
            public double B { get; set; }
            public int Class { get { return hidden; } }
            [VectorSize(Sizes.Three)] public double[] Three { get; set; } = [];
            public Guid Id { get; set; }
            public string Text { get; set; } = "";
        }
        """;

    private const string Base = "namespace Pipes; public abstract class Base : Root { public double A { get; set; } = 1; } public abstract class Root;";
    private const string Net = "using Dsl; namespace Pipes; [Model, Input(3), Use<Part>, Linear(4), CrossEntropy, Adam] public partial class Net { int Own() => 1; }";
    private const string Part = "using Dsl; namespace Pipes; [Block, Linear(3), ReLU] public partial class Part;";
    private const string Other = """
        namespace Pipes;
        public static class Sizes
        {
            private static int count = 0;
            public const int Three = 3;
            public static int Next() { return ++count; }
        }
        public enum Kind { Small, Large }
        """;

    private const string Second = """
        using Dsl;
        namespace Pipes;
        [Pipeline<Pair>, Map(nameof(Half), "H"), VectorAssembler("V", "A", "B", "H"), KMeans("V")]
        public partial class Other { static double Half(double a) => a / 2; }
        public record Pair(double A, double B) : Twin { public int C() => 1; }
        public record Twin { public string? Note { get; init; } }
        """;

    // Directives at the top of a file say the same of all that follows; those further down may say it of some.
    private const string Third = """
        #nullable enable
        using Dsl;
        namespace Pipes;
        public class Sample { public double[] Values { get; set; } = []; public string Label { get; set; } = ""; }
        public class Device { public string Name { get; set; } = ""; }
        [Pipeline<Sample>, StringIndexer("Label", "Class"), Network<Wide>("Values", "Class")]
        public partial class Sampled;
        [Model, Input(2), Custom<Scaled>, Linear(2), CrossEntropy, Adam]
        public partial class Wide;
        [Layer]
        public partial struct Scaled
        {
            public const int ParameterCount = 1;
            static void Forward(System.ReadOnlySpan<float> x, System.ReadOnlySpan<float> parameters, System.Span<float> y) { }
            static void Backward(System.ReadOnlySpan<float> x, System.ReadOnlySpan<float> y, System.ReadOnlySpan<float> dy, System.ReadOnlySpan<float> parameters, System.Span<float> dx, System.Span<float> parameterGradients) { }
        }
        """;

    private static readonly string[] Files = [Pipeline, Row, Base, Net, Part, Other, Second, Third];
    private static readonly CSharpCompilation Empty = Compiling.Compile("KnownFacts", [], []);
    private static readonly CSharpCompilation EmptyAnew = Empty.WithAssemblyName("Anew");
    private static readonly string[] Classes = ["Pipes.Fitted", "Pipes.Other", "Pipes.Sampled"];

    // File, text, what stands there instead, and of which classes what was read is still good: Fitted, Other, Sampled.
    public static TheoryData<int, string, string, string> Edits => new()
    {
        { 0, "a + b", "a - b", "fos" },
        { 0, "Epochs = 3", "Epochs = 4", "-os" },
        { 0, "double b", "float b", "-os" },
        { 0, "nameof(Sum)", "\"Sum\"", "-os" },
        { 0, "static double Sum", "static int More() => 1; static double Sum", "-os" },
        { 1, "return hidden;", "return 2 * hidden;", "fos" },
        { 1, "hidden = 1", "hidden = 2", "-os" },
        { 1, "[] Three { get; set; } = []", "[] Three { get; set; } = [1, 2, 3]", "-os" },
        { 1, "class Row", "/* a row */ class Row", "fos" },
        { 1, "double B", "float B", "-os" },
        { 1, "double B { get; set; }", "double B { get; set; } public double More { get; set; }", "-os" },
        { 1, "string Text", "string? Text", "-os" },
        { 1, "public class Row", "#nullable disable\npublic class Row", "-os" },
        { 1, "public class Row", "internal class Row", "---" },
        { 1, "public string Text", "[Column(\"text\")] public string Text", "-os" },
        { 1, "public Guid Id", "[Sensitive] public Guid Id", "-os" },
        { 1, "return hidden; }", "return hidden;\n#nullable disable\n}", "-os" },
        { 2, "= 1", "= 2", "-os" },
        { 2, "double A", "int A", "-os" },
        { 2, "class Root;", "class Root { public string More => \"\"; }", "-os" },
        { 2, "class Base : Root", "class Base", "---" },
        { 3, "=> 1", "=> 2", "fos" },
        { 3, "Linear(4)", "Linear(5)", "-os" },
        { 4, "Linear(3)", "Linear(8)", "-os" },
        { 4, "[Block, Linear(3)", "[Linear(3)", "-os" },
        { 5, "return ++count", "return --count", "fos" },
        // Fitted names a constant of some class, and whatever a class has may hide it.
        { 5, "count = 0", "count = 1", "-os" },
        { 5, "int Next()", "long Next()", "-os" },
        { 5, "int Next()", "int Last()", "-os" },
        { 5, "Three = 3", "Three = 4", "---" },
        { 5, "namespace Pipes;", "namespace Pipes; public struct Guid;", "---" },
        { 5, "namespace Pipes;", "global using Net = System.String; namespace Pipes;", "---" },
        { 5, "Small,", "Small, Middle,", "---" },
        { 6, "=> 1", "=> 2", "fos" },
        { 6, "KMeans(\"V\")", "KMeans(\"V\", K = 3)", "--s" },
        { 6, "double a)", "float a)", "--s" },
        { 6, "record Pair(double A", "record Pair(float A", "--s" },
        { 6, "double B) : Twin", "double B, int More) : Twin", "--s" },
        { 6, "string? Note", "string Note", "--s" },
        { 6, "record Pair", "sealed record Pair", "---" },
        { 7, "double[] Values", "float[] Values", "-o-" },
        { 7, "string Name", "string? Name", "-os" },
        { 7, "Input(2)", "Input(3)", "-o-" },
        { 7, "System.Span<float> y) { }", "System.Span<int> y) { }", "-o-" },
        { 7, "System.Span<float> y) { }", "System.Span<float> y) { x.CopyTo(y); }", "fos" },
        { 7, "#nullable enable", "#nullable disable", "-o-" },
        { 7, "ParameterCount = 1", "ParameterCount = 2", "---" },
    };

    [Theory]
    [MemberData(nameof(Edits))]
    public void Facts_are_kept_while_nothing_can_have_changed_them(int file, string before, string after, string kept)
    {
        CSharpCompilation compilation = Start();
        object?[] facts = FactsOf(compilation);
        CSharpCompilation edited = Edited(compilation, file, Replaced(Files[file], before, after));
        object?[] now = FactsOf(edited);
        Assert.Equal(kept, string.Concat(Classes.Select((name, i) => ReferenceEquals(facts[i], now[i]) ? char.ToLowerInvariant(name["Pipes.".Length]) : '-')));
        Assert.Equal(FactsOf(Anew(edited)), now);
    }

    [Fact]
    public void An_edit_that_is_taken_back_and_one_of_two_files_at_once()
    {
        CSharpCompilation start = Start();
        object?[] facts = FactsOf(start);
        CSharpCompilation middle = Edited(start, 1, Replaced(Row, "double B", "float B"));
        Assert.NotEqual(facts, FactsOf(middle));
        CSharpCompilation back = Edited(middle, 1, Row);
        Assert.Equal(facts, FactsOf(back));
        CSharpCompilation two = Edited(Edited(back, 5, Replaced(Other, "++count", "--count")), 2, Replaced(Base, "double A", "int A"));
        Assert.Equal(FactsOf(Anew(two)), FactsOf(two));
    }

    [Fact]
    public void Another_reference_and_other_options_are_read_anew()
    {
        CSharpCompilation start = Start();
        object?[] facts = FactsOf(start);
        CSharpCompilation oblivious = start.WithOptions(start.Options.WithNullableContextOptions(NullableContextOptions.Disable));
        Assert.Equal(FactsOf(Anew(oblivious)), FactsOf(oblivious));
        Assert.NotEqual(facts, FactsOf(oblivious));
        CSharpCompilation without = start.WithReferences(start.References.Where(one => one.Display?.Contains("System.Runtime.dll", StringComparison.Ordinal) != true));
        Assert.Equal(FactsOf(Anew(without)), FactsOf(without));
        Assert.NotEqual(facts, FactsOf(without));
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    public void After_random_edits_they_are_what_a_fresh_reading_gives(int seed)
    {
        Random random = new(seed);
        object[][] edits = [.. Edits];
        CSharpCompilation compilation = Start();
        object?[] facts = FactsOf(compilation);
        int kept = 0;
        for (int i = 0; i < 60; i++)
        {
            object[] edit = edits[random.Next(edits.Length)];
            int file = (int)edit[0];
            (string from, string to) = random.Next(2) == 0 ? ((string)edit[1], (string)edit[2]) : ((string)edit[2], (string)edit[1]);
            compilation = Edited(compilation, file, compilation.SyntaxTrees[file].ToString().Replace(from, to, StringComparison.Ordinal));
            object?[] now = FactsOf(compilation);
            Assert.Equal(FactsOf(Anew(compilation)), now);
            kept += facts.Zip(now).Count(pair => ReferenceEquals(pair.First, pair.Second));
            facts = now;
        }

        Assert.InRange(kept, 60, 170);
    }

    // Files of their own each time, so that nothing has been read of them; the references are bound once.
    private static CSharpCompilation Start() =>
        Empty.AddSyntaxTrees([.. Files.Select((text, i) => CSharpSyntaxTree.ParseText(text, new CSharpParseOptions(LanguageVersion.Latest), $"File{i}.cs"))]);

    private static object?[] FactsOf(CSharpCompilation compilation) =>
        [.. Classes.Select(name => DeclarationReader.Read(compilation.GetTypeByMetadataName(name)!, compilation, sources: null, output: null, default).Facts)];

    private static string Replaced(string text, string before, string after)
    {
        Assert.Contains(before, text, StringComparison.Ordinal);
        return text.Replace(before, after, StringComparison.Ordinal);
    }

    private static CSharpCompilation Edited(CSharpCompilation compilation, int file, string text) => compilation.ReplaceSyntaxTree(compilation.SyntaxTrees[file], Parsed(compilation.SyntaxTrees[file], text));

    /// <summary>The same sources, of which nothing has been read; under another name, for what was read last counts by assembly.</summary>
    private static CSharpCompilation Anew(CSharpCompilation compilation) =>
        (compilation.References.SequenceEqual(EmptyAnew.References) && compilation.Options.Equals(EmptyAnew.Options) ? EmptyAnew : compilation.WithAssemblyName("Anew").RemoveAllSyntaxTrees())
            .AddSyntaxTrees([.. compilation.SyntaxTrees.Select(tree => Parsed(tree, tree.ToString()))]);

    private static SyntaxTree Parsed(SyntaxTree old, string text) => CSharpSyntaxTree.ParseText(text, (CSharpParseOptions)old.Options, old.FilePath);
}
