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

    private const string Second = "using Dsl; namespace Pipes; [Pipeline<Pair>, VectorAssembler(\"V\", \"A\", \"B\"), KMeans(\"V\")] public partial class Other; public record Pair(double A, double B) { public int C() => 1; }";

    private static readonly string[] Files = [Pipeline, Row, Base, Net, Part, Other, Second];

    // File, text, what stands there instead, and whether what was read is still good.
    public static TheoryData<int, string, string, bool> Edits => new()
    {
        { 0, "a + b", "a - b", false },
        { 0, "Epochs = 3", "Epochs = 4", false },
        { 1, "return hidden;", "return 2 * hidden;", true },
        { 1, "hidden = 1", "hidden = 2", false },
        { 1, "[] Three { get; set; } = []", "[] Three { get; set; } = [1, 2, 3]", false },
        { 1, "class Row", "/* a row */ class Row", true },
        { 1, "double B", "float B", false },
        { 1, "string Text", "string? Text", false },
        { 1, "public class Row", "#nullable disable\npublic class Row", false },
        { 1, "public string Text", "[Column(\"text\")] public string Text", false },
        { 1, "public Guid Id", "[Sensitive] public Guid Id", false },
        { 1, "return hidden; }", "return hidden;\n#nullable disable\n}", false },
        { 2, "= 1", "= 2", false },
        { 2, "double A", "int A", false },
        { 2, "class Root;", "class Root { public string More => \"\"; }", false },
        { 3, "=> 1", "=> 2", false },
        { 3, "Linear(4)", "Linear(5)", false },
        { 4, "Linear(3)", "Linear(8)", false },
        { 5, "return ++count", "return --count", true },
        { 5, "count = 0", "count = 1", false },
        { 5, "Three = 3", "Three = 4", false },
        { 5, "namespace Pipes;", "namespace Pipes; public struct Guid;", false },
        { 5, "namespace Pipes;", "global using Net = System.String; namespace Pipes;", false },
        { 5, "Small,", "Small, Middle,", false },
        { 6, "=> 1", "=> 2", true },
        { 6, "KMeans(\"V\")", "KMeans(\"V\", K = 3)", true },
        { 6, "record Pair(double A", "record Pair(float A", false },
    };

    [Theory]
    [MemberData(nameof(Edits))]
    public void Facts_are_kept_while_nothing_can_have_changed_them(int file, string before, string after, bool isKept)
    {
        CSharpCompilation compilation = Start();
        object? facts = FactsOf(compilation);
        CSharpCompilation edited = Edited(compilation, file, Replaced(Files[file], before, after));
        object? now = FactsOf(edited);
        Assert.Equal(isKept, ReferenceEquals(facts, now));
        Assert.Equal(FactsOf(Anew(edited)), now);
    }

    [Fact]
    public void An_edit_that_is_taken_back_and_one_of_two_files_at_once()
    {
        CSharpCompilation start = Start();
        object? facts = FactsOf(start);
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
        object? facts = FactsOf(start);
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
        for (int i = 0; i < 60; i++)
        {
            object[] edit = edits[random.Next(edits.Length)];
            int file = (int)edit[0];
            (string from, string to) = random.Next(2) == 0 ? ((string)edit[1], (string)edit[2]) : ((string)edit[2], (string)edit[1]);
            compilation = Edited(compilation, file, compilation.SyntaxTrees[file].ToString().Replace(from, to, StringComparison.Ordinal));
            Assert.Equal(FactsOf(Anew(compilation)), FactsOf(compilation));
        }
    }

    private static CSharpCompilation Start() => Compiling.Compile("Test" + Guid.NewGuid().ToString("N"), Files, []);

    private static object? FactsOf(CSharpCompilation compilation) =>
        DeclarationReader.Read(compilation.GetTypeByMetadataName("Pipes.Fitted")!, compilation, sources: null, output: null, default).Facts;

    private static string Replaced(string text, string before, string after)
    {
        Assert.Contains(before, text, StringComparison.Ordinal);
        return text.Replace(before, after, StringComparison.Ordinal);
    }

    private static CSharpCompilation Edited(CSharpCompilation compilation, int file, string text) => compilation.ReplaceSyntaxTree(compilation.SyntaxTrees[file], Parsed(compilation.SyntaxTrees[file], text));

    /// <summary>The same sources, of which nothing has been read.</summary>
    private static CSharpCompilation Anew(CSharpCompilation compilation) =>
        compilation.RemoveAllSyntaxTrees().AddSyntaxTrees(compilation.SyntaxTrees.Select(tree => Parsed(tree, tree.ToString())));

    private static SyntaxTree Parsed(SyntaxTree old, string text) => CSharpSyntaxTree.ParseText(text, (CSharpParseOptions)old.Options, old.FilePath);
}
