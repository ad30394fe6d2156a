using System;
using System.Linq;
using System.Threading.Tasks;
using Dsl.CodeFixes;
using Microsoft.CodeAnalysis.CodeFixes;
using Xunit;

namespace Dsl.Generator.Tests.CodeFixes;

/// <summary>Every fix is applied and its result compiled again: the diagnostic is gone and the rest of the text as it was.</summary>
public sealed class FixTests
{
    [Theory]
    [InlineData("[Model, Input(4), Linear(3)]\nclass M;", "[Model, Input(4), Linear(3)]\npartial class M;")]
    [InlineData("[Model, Input(4), Linear(3)] public sealed class M { }", "[Model, Input(4), Linear(3)] public sealed partial class M { }")]
    [InlineData("// about\n[Model, Input(4), Linear(3)]\n// it\nclass M;", "// about\n[Model, Input(4), Linear(3)]\n// it\npartial class M;")]
    public Task Partial(string before, string after) => Fixes(new AddPartialFix(), "DSL101", before, after);

    [Theory]
    [InlineData("[Model, Input(4), Linear(3), ReLU(From = \"linear1\")] partial class M;", "[Model, Input(4), Linear(3), ReLU(From = \"Linear1\")] partial class M;")]
    [InlineData("[Model, Input(4), Linear(4), Add(\"Input\", /* here */ \"Linaer1\")] partial class M;", "[Model, Input(4), Linear(4), Add(\"Input\", /* here */ \"Linear1\")] partial class M;")]
    [InlineData("[Model, Input(4), Linear(4), Add(new[] { \"Inpt\" })] partial class M;", "[Model, Input(4), Linear(4), Add(new[] { \"Input\" })] partial class M;")]
    public Task Rename(string before, string after) => Fixes(new RenameReferenceFix(), "DSL106", before, after);

    [Theory]
    [InlineData("[Model, Input(1, 8, 8)]\n[Linear(3)]\npartial class M;", "[Model, Input(1, 8, 8)]\n[Flatten, Linear(3)]\npartial class M;")]
    [InlineData("[Model, Input(1, 8, 8),\n    Linear(3),\n    ReLU]\npartial class M;", "[Model, Input(1, 8, 8),\n    Flatten, Linear(3),\n    ReLU]\npartial class M;")]
    [InlineData("[Model, Input(1, 8, 8), Dsl.Linear(3, Bias = false)] partial class M;", "[Model, Input(1, 8, 8), Dsl.Flatten, Dsl.Linear(3, Bias = false)] partial class M;")]
    [InlineData("[Model, Input(1, 8, 8, Name = \"x\"), Linear(3, From = \"x\", Bias = false)] partial class M;", "[Model, Input(1, 8, 8, Name = \"x\"), Flatten(From = \"x\"), Linear(3, Bias = false)] partial class M;")]
    public Task Flatten(string before, string after) => Fixes(new InsertFlattenFix(), "DSL201", before, after);

    [Theory]
    [InlineData("[Model, Input(4), Linear(3), Softmax, CrossEntropy] partial class M;", "[Model, Input(4), Linear(3), CrossEntropy] partial class M;")]
    [InlineData("[Model, Input(4), Linear(3)]\n[LogSoftmax]\n[CrossEntropy]\npartial class M;", "[Model, Input(4), Linear(3)]\n[CrossEntropy]\npartial class M;")]
    [InlineData("[Model, Input(4), Linear(3)]\n[Sigmoid, BinaryCrossEntropy]\npartial class M;", "[Model, Input(4), Linear(3)]\n[BinaryCrossEntropy]\npartial class M;")]
    [InlineData("[Model, Input(4)]\n[Linear(3), Sigmoid()]\n[BinaryCrossEntropy]\npartial class M;", "[Model, Input(4)]\n[Linear(3)]\n[BinaryCrossEntropy]\npartial class M;")]
    public Task Activation(string before, string after) => Fixes(new RemoveActivationFix(), "DSL302", before, after);

    [Theory]
    [InlineData("StandardScaler(\"Vv\", \"S\")", "StandardScaler(\"V\", \"S\")")]
    [InlineData("VectorAssembler(\"S\", \"a\", /* here */ \"V\")", "VectorAssembler(\"S\", \"A\", /* here */ \"V\")")]
    [InlineData("KMeans(\"V\"), Evaluate(Metric.Silhouette, Prediction = \"prediction\")", "KMeans(\"V\"), Evaluate(Metric.Silhouette, Prediction = \"Prediction\")")]
    [InlineData("DecisionTreeClassifier(\"V\", \"Class\"), SelectByImportance(\"V\", \"W\", 1, From = \"DecisionTreeClasifier1\"), Select(\"W\")", "DecisionTreeClassifier(\"V\", \"Class\"), SelectByImportance(\"V\", \"W\", 1, From = \"DecisionTreeClassifier1\"), Select(\"W\")")]
    [InlineData("FeatureHasher(\"H\", \"A\", \"Name\", CategoricalCols = [\"a\"])", "FeatureHasher(\"H\", \"A\", \"Name\", CategoricalCols = [\"A\"])")]
    [InlineData("Split(Stratify = \"Clas\"), KMeans(\"V\")", "Split(Stratify = \"Class\"), KMeans(\"V\")")]
    [InlineData("KMeans(\"V\"), Select(\"Predictions\")", "KMeans(\"V\"), Select(\"Prediction\")")]
    public Task Rename_column(string before, string after) => FixesPipeline(new RenameReferenceFix(), "DSL501", before, after);

    [Theory]
    [InlineData("VectorAssembler(\"S\", \"C\", \"V\")", "Imputer(\"C\"), VectorAssembler(\"S\", \"C\", \"V\")")]
    [InlineData("Tokenizer(\"Text\", \"T\")", "DropNulls(\"Text\"), Tokenizer(\"Text\", \"T\")")]
    [InlineData("Dsl.Tokenizer(\"Text\", \"T\")", "Dsl.DropNulls(\"Text\"), Dsl.Tokenizer(\"Text\", \"T\")")]
    [InlineData("Map(\"F\", \"M\")", "Imputer(\"C\"), Map(\"F\", \"M\")")]
    [InlineData("Tokenizer(\"Name\", \"T\"),\n  // assembled\n  VectorAssembler(\"S\", \"C\") /* here */", "Tokenizer(\"Name\", \"T\"),\n  // assembled\n  Imputer(\"C\"), VectorAssembler(\"S\", \"C\") /* here */")]
    [InlineData("Interaction(\"S\", \"A\", \"C\")", "Imputer(\"C\"), Interaction(\"S\", \"A\", \"C\")")]
    [InlineData("Where(\"H\")", "Imputer(\"C\"), Where(\"H\")")]
    [InlineData("StringIndexer(\"Text\", \"L\")", "DropNulls(\"Text\"), StringIndexer(\"Text\", \"L\")")]
    public Task Fill_nulls(string before, string after) => FixesPipeline(new FillNullsFix(), "DSL503", before, after);

    [Theory]
    [InlineData("StringIndexer(\"Name\", \"L\"), Network<N>(\"V\", \"L\")", "StringIndexer(\"Name\", \"L\", Classes = 3), Network<N>(\"V\", \"L\")")]
    [InlineData(
        "StringIndexer(\"Name\", \"L\"), OneHotEncoder(\"L\", \"H\"), VectorAssembler(\"W\", \"A\", \"H\"), Network<N>(\"W\", \"Class\")",
        "StringIndexer(\"Name\", \"L\"), OneHotEncoder(\"L\", \"H\", Size = 1), VectorAssembler(\"W\", \"A\", \"H\"), Network<N>(\"W\", \"Class\")")]
    [InlineData("StringIndexer(\"Name\", /* out */ \"L\" /* end */), // why\nNetwork<N>(\"V\", \"L\")", "StringIndexer(\"Name\", /* out */ \"L\" /* end */, Classes = 3), // why\nNetwork<N>(\"V\", \"L\")")]
    [InlineData("Map(\"G\", \"M\"), Network<N>(\"M\", \"Class\")", "Map(\"G\", \"M\", Size = 2), Network<N>(\"M\", \"Class\")")]
    [InlineData("Map(\"G\", \"M\"), VectorAssembler(\"W\", \"M\"), Network<Y>(\"V\", \"W\")", "Map(\"G\", \"M\", Size = 2), VectorAssembler(\"W\", \"M\"), Network<Y>(\"V\", \"W\")")]
    public Task Declare_a_size(string before, string after) => FixesPipeline(new DeclareSizeFix(), "DSL508", before, after);

    [Theory]
    [InlineData("StandardScaler(\"V\", \"S\"), Split(Train = 0.7), KMeans(\"S\")", "Split(Train = 0.7), StandardScaler(\"V\", \"S\"), KMeans(\"S\")")]
    [InlineData("StandardScaler(\"V\", \"S\")]\n[Split]\n[KMeans(\"S\")", "Split, StandardScaler(\"V\", \"S\")]\n[KMeans(\"S\")")]
    [InlineData(
        "StandardScaler(\"V\", \"S\")] // scaled\n// held back\n[Split(Train = 0.7)] // a third\n// at last\n[KMeans(\"S\")",
        "Split(Train = 0.7), StandardScaler(\"V\", \"S\")] // scaled\n// held back\n // a third\n// at last\n[KMeans(\"S\")")]
    public Task Move_split(string before, string after) => FixesPipeline(new MoveSplitFix(), "DSL516", before, after);

    // Where Split stratifies by what the stage makes, moving it would not do; nor is there a fix for a size that nobody declares.
    [Theory]
    [InlineData("StringIndexer(\"Name\", \"L\"), Split(Stratify = \"L\"), LogisticRegression(\"V\", \"L\")", "DSL516")]
    [InlineData("VarianceThresholdSelector(\"V\", \"W\"), Network<N>(\"W\", \"Class\")", "DSL508")]
    [InlineData("StandardScaler(\"Nowhere\", \"S\")", "DSL501")]
    public async Task No_fix_where_it_would_not_help_a_pipeline(string attributes, string id)
    {
        CodeFixProvider[] all = [new MoveSplitFix(), new DeclareSizeFix(), new RenameReferenceFix()];
        Assert.Null(await Fixing.ApplyAsync(all.Single(one => one.FixableDiagnosticIds.Contains(id)), id, $"using Dsl;\n[Pipeline<R>]\n[{attributes}]{Others}"));
    }

    private const string Others = """

        partial class P { static double F(double c) => c; static double[] G(double a) => [a, a]; static bool H(double c) => c > 0; }
        [Model, Input(2), Linear(3), CrossEntropy, Adam] partial class N;
        [Model, Input(2), Linear(2), MeanSquaredError, Adam] partial class Y;
        record R([VectorSize(2)] double[] V, double A, double? C, string? Text, string Name, int Class);
        """;

    private static Task FixesPipeline(CodeFixProvider provider, string id, string before, string after) =>
        Fixes(provider, id, $"[Pipeline<R>]\n[{before}]{Others}", $"[Pipeline<R>]\n[{after}]{Others}");

    [Theory]
    [InlineData("[Model, Input(4), Linear(3), ReLU(From = \"nothing\")] partial class M;", "DSL106")]
    [InlineData("[Model, Input(4), Conv2d(3, 3)] partial class M;", "DSL201")]
    [InlineData("[Model, Input(4), Linear(3), Softmax(Name = \"p\"), CrossEntropy] partial class M;", "DSL302")]
    [InlineData("[Block, Input(4), Linear(3), Softmax] partial class B; [Model, Input(4), Use<B>, CrossEntropy] partial class M;", "DSL302")]
    public async Task No_fix_where_it_would_not_help(string source, string id)
    {
        CodeFixProvider[] all = [new AddPartialFix(), new RenameReferenceFix(), new InsertFlattenFix(), new RemoveActivationFix()];
        CodeFixProvider provider = all.Single(one => one.FixableDiagnosticIds.Contains(id));
        Assert.Null(await Fixing.ApplyAsync(provider, id, "using Dsl;\n" + source));
    }

    [Fact]
    public async Task All_of_a_document_at_once()
    {
        const string Before = """
            using Dsl;
            [Model, Input(4), Linear(3)] class A;
            [Model, Input(4), Linear(3)] public class B;
            class Other { }
            """;
        string after = await Fixing.ApplyAllAsync(new AddPartialFix(), "DSL101", Before);
        Assert.Equal(Before.Replace("class A", "partial class A", StringComparison.Ordinal).Replace("class B", "partial class B", StringComparison.Ordinal), after);
        Assert.Empty(Fixing.Analyze(after));

        string names = await Fixing.ApplyAllAsync(new RenameReferenceFix(), "DSL106", """
            using Dsl;
            [Model, Input(4), Linear(4), Add("inputs"), Add("linear1")] partial class A;
            """);
        Assert.Contains("Add(\"Input\"), Add(\"Linear1\")", names, StringComparison.Ordinal);
    }

    private static async Task Fixes(CodeFixProvider provider, string id, string before, string after)
    {
        string? changed = await Fixing.ApplyAsync(provider, id, "using Dsl;\n" + before);
        Assert.Equal("using Dsl;\n" + after, changed);
        Assert.Empty(Fixing.Analyze(changed!));
        Assert.DoesNotContain(Compiling.Compile(changed!).GetDiagnostics(), one => one.Severity == Microsoft.CodeAnalysis.DiagnosticSeverity.Error);
    }
}
