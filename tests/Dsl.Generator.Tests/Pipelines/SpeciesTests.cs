using System.Linq;
using Dsl.Generator.Pipelines.Facts;
using Dsl.Generator.Pipelines.Graph;
using Microsoft.CodeAnalysis;
using Xunit;

namespace Dsl.Generator.Tests.Pipelines;

/// <summary>The example of the language's page, from source to columns and members.</summary>
public sealed class SpeciesTests
{
    /// <summary>The example, without <c>using</c>.</summary>
    public const string Source = """
        [Model, Input(6), Linear(32), ReLU, Linear(3), CrossEntropy, Adam(1e-3)]
        public partial class SpeciesNet;

        [Pipeline<Penguin>]
        [Split(Train = 0.8, Seed = 7, Stratify = nameof(Penguin.Species))]
        [Imputer("BillLength", "BillDepth", "BodyMass")]
        [StringIndexer("Species", "Label", Classes = 3), StringIndexer("Island", "IslandIndex")]
        [OneHotEncoder("IslandIndex", "IslandVector", Size = 2)]
        [Map(nameof(Ratio), "Ratio")]
        [VectorAssembler("Raw", "BillLength", "BillDepth", "BodyMass", "IslandVector", "Ratio")]
        [StandardScaler("Raw", "Features", WithMean = true)]
        [LogisticRegression("Features", "Label", RegParam = 0.01, Prediction = "Linear")]
        [Network<SpeciesNet>("Features", "Label", Epochs = 20, Prediction = "Deep")]
        [IndexToString("Deep", "DeepSpecies")]
        [Evaluate(Metric.Accuracy, Prediction = "Deep"), Evaluate(Metric.F1, Prediction = "Linear")]
        public partial class SpeciesPipeline
        {
            static double Ratio(double billLength, double billDepth) => billLength / billDepth;
        }

        """ + Piped.Penguin;

    [Fact]
    public void It_is_right() => Assert.Empty(Piped.Verify(Source.Replace("static double Ratio", "private static double Ratio", System.StringComparison.Ordinal)));

    [Fact]
    public void Its_columns_are_known()
    {
        CheckedPipeline pipeline = Piped.Check(Compiling.Compile("Test", ["using Dsl;\n" + Source], [Piped.Runtime]), "SpeciesPipeline");
        Assert.False(pipeline.HasErrors);
        Assert.False(pipeline.MayDrop);
        Assert.Equal(
            "string? Sex, string Island, double BillLength, double BillDepth, double BodyMass, string Species, double? Label, double IslandIndex, Vector IslandVector 2, double Ratio, "
                + "Vector Raw 6, Vector Features 6, double Linear, Vector LinearProbability 3, double Deep, Vector DeepProbability 3, string DeepSpecies",
            string.Join(", ", pipeline.Output.Select(column => $"{column.Declared.Replace("global::Dsl.", "", System.StringComparison.Ordinal)} {column.Name}{(column.Kind == ColumnKind.Vector ? " " + column.Size : "")}")));
        Assert.Equal(["Species", "Label"], pipeline.Columns.Where(column => column.IsTraining).Select(column => column.Name));
        Assert.Equal(
            "Split1, Imputer1, StringIndexer1, StringIndexer2, OneHotEncoder1, Map1, VectorAssembler1, StandardScaler1, LogisticRegression1, SpeciesNet, IndexToString1",
            string.Join(", ", pipeline.Stages.Select(stage => stage.Name)));
        Assert.Equal([("DeepAccuracy", 9), ("LinearF1", 8)], pipeline.Scores.Select(score => (score.Property, score.Model)));
    }

    [Fact]
    public void Its_class_has_every_member()
    {
        Compilation compilation = Compiling.Compile("Test", ["using Dsl;\n" + Source], [Piped.Runtime]);
        GeneratorDriver driver = Generating.Driver(compilation);
        driver.RunGeneratorsAndUpdateCompilation(compilation, out Compilation after, out _);
        INamedTypeSymbol made = after.GetTypeByMetadataName("SpeciesPipeline")!;
        string[] names = [.. made.GetMembers().Where(member => member.DeclaredAccessibility == Accessibility.Public && member is not IMethodSymbol { MethodKind: MethodKind.PropertyGet }).Select(member => member.Name)];
        Assert.Equal(
            "Dispose Evaluate Explain Fit Imputer1 Load LogisticRegression1 OneHotEncoder1 OutputRow Predict ReadCsv Save Scores SpeciesNet StandardScaler1 StringIndexer1 StringIndexer2 Summary TestScores Transform",
            string.Join(" ", names.Order(System.StringComparer.Ordinal)));
    }
}
