using System;
using System.Globalization;
using System.Linq;
using System.Threading;
using Xunit;

namespace Dsl.Consumer.Tests.Snapshots;

/// <summary>Generated code as a reader sees it, and the same on every machine.</summary>
public sealed class SnapshotTests
{
    private const string Mlp = "[Model, Input(64)]\n[Linear(64), ReLU, Linear(10)]\n[CrossEntropy(LabelSmoothing = 0.1), AdamW(1e-3), Cosine(WarmupSteps = 5)]\npartial class Mlp;";

    private const string DigitNet = """
        namespace Digits;
        [Model]
        [Input(1, 8, 8)]
        [Conv2d(16, 3, Padding = 1), BatchNorm2d, ReLU, MaxPool2d(2)]
        [Conv2d(32, 3, Padding = 1), BatchNorm2d, ReLU, MaxPool2d(2)]
        [Flatten, Dropout(0.25), Linear(10)]
        [CrossEntropy, Adam(1e-3)]
        public partial class DigitNet;
        """;

    private const string Residual = """
        namespace Blocks;
        [Block, Input(8, 6, 6)]
        [Conv2d(8, 3, Padding = 1), BatchNorm2d, ReLU, Conv2d(8, 3, Padding = 1), Add("Input"), ReLU]
        public partial class Residual;
        [Model]
        [Input(1, 6, 6)]
        [Conv2d(8, 3, Padding = 1), Use<Residual>(Repeat = 2), GlobalAvgPool2d, Expose("Features"), Linear(3)]
        [CrossEntropy, SGD(0.1, Momentum = 0.9)]
        public partial class ResidualNet;
        """;

    private const string Reader = """
        namespace Texts;
        [Model]
        [Tokens(8, Vocabulary = 20, Padding = 0)]
        [Embedding(6), TransformerEncoderLayer(2, 12), MultiheadAttention(3, KeyValue = "Embedding1"), LastStep, Linear(3)]
        [CrossEntropy, AdamW(1e-3)]
        public partial class Reader;
        """;

    private const string Speaker = """
        namespace Texts;
        [Model]
        [Tokens(12, Vocabulary = 20, Padding = 0)]
        [Embedding(6), PositionalEmbedding, TransformerEncoderLayer(2, 12, Causal = true), GRU(6), Linear(20)]
        [CrossEntropy, AdamW(1e-3)]
        public partial class Speaker;
        """;

    private const string Marker = """
        namespace Texts;
        [Model]
        [Tokens(9, Vocabulary = 8, Padding = 0)]
        [Embedding(4), Conv1d(6, 3, Stride = 2), Linear(2)]
        [BinaryCrossEntropy, SGD(0.1)]
        public partial class Marker;
        """;

    private const string SpeciesPipeline = """
        namespace Zoo;
        public record Bird(string Island, [Column("bill_mm")] double? Bill, double Mass, string Species, [Sensitive] string Tag);
        [Pipeline<Bird>]
        [Split(Train = 0.8, Seed = 7, Stratify = nameof(Bird.Species)), Imputer("Bill")]
        [StringIndexer("Species", "Label", Classes = 3), StringIndexer("Island", "IslandIndex"), OneHotEncoder("IslandIndex", "IslandVector", Size = 2)]
        [Map(nameof(Ratio), "Ratio"), VectorAssembler("Raw", "Bill", "Mass", "IslandVector", "Ratio"), StandardScaler("Raw", "Features", WithMean = true)]
        [LogisticRegression("Features", "Label", RegParam = 0.01), IndexToString("Prediction", "Predicted"), Evaluate(Metric.Accuracy)]
        public partial class SpeciesPipeline
        {
            private static double Ratio(double bill, double mass) => bill / mass;
        }
        """;

    private const string Penguin = """
        namespace Zoo;
        [Dsl.Spark.Sql.SparkRow]
        public partial record Penguin(string Species, double? BillLength, int[] Sightings);
        """;

    [Theory]
    [InlineData("Mlp", Mlp)]
    [InlineData("DigitNet", DigitNet)]
    [InlineData("ResidualNet", Residual)]
    [InlineData("Reader", Reader)]
    [InlineData("Speaker", Speaker)]
    [InlineData("Marker", Marker)]
    [InlineData("SpeciesPipeline", SpeciesPipeline)]
    public void Generated_code_reads_as_verified(string name, string source) => Verified.Snapshot(name, Generate(source));

    [Fact]
    public void A_records_mapper_reads_as_verified() => Verified.Snapshot("Penguin", Generate(Penguin, new Settings(Spark: true)));

    [Theory]
    [InlineData("Mlp", Mlp)]
    [InlineData("DigitNet", DigitNet)]
    [InlineData("ResidualNet", Residual)]
    [InlineData("Reader", Reader)]
    [InlineData("Speaker", Speaker)]
    [InlineData("Marker", Marker)]
    [InlineData("SpeciesPipeline", SpeciesPipeline)]
    public void With_Dsl_Spark_members_over_columns_come_to_the_rest_which_stays_as_it_is(string name, string source)
    {
        string[] without = Generate(source).Split('\n');
        string[] with = Generate(source, new Settings(Spark: true)).Split('\n');
        int more = with.Length - without.Length;
        int start = Enumerable.Range(0, without.Length).First(i => with[i] != without[i]);

        Assert.Equal(without, with[..start].Concat(with[(start + more)..]));
        Verified.Snapshot(name + ".Spark", string.Join('\n', with[start..(start + more)]) + "\n");
    }

    [Theory]
    [InlineData(Mlp)]
    [InlineData(DigitNet)]
    [InlineData(Residual)]
    [InlineData(Reader)]
    [InlineData(Speaker)]
    [InlineData(Marker)]
    [InlineData(SpeciesPipeline)]
    public void Generated_code_does_not_depend_on_the_culture(string source)
    {
        string invariant = Generate(source);
        Assert.DoesNotContain('\r', invariant);
        CultureInfo before = CultureInfo.CurrentCulture;

        // Made by hand: the process may run without the data of any other culture.
        CultureInfo comma = (CultureInfo)CultureInfo.InvariantCulture.Clone();
        comma.NumberFormat.NumberDecimalSeparator = ",";
        comma.NumberFormat.NumberGroupSeparator = ".";
        comma.NumberFormat.NegativeSign = "−";
        try
        {
            CultureInfo.CurrentCulture = comma;
            Assert.StartsWith("0,5", 0.5.ToString(Thread.CurrentThread.CurrentCulture), StringComparison.Ordinal);
            Assert.Equal(invariant, Generate(source));
            Assert.Equal(invariant, Generate(source.Replace("\n", "\r\n", StringComparison.Ordinal)));
        }
        finally
        {
            CultureInfo.CurrentCulture = before;
        }
    }

    private static string Generate(string source, Settings? settings = null)
    {
        Consumer consumer = Consumer.Build(settings ?? new Settings(), "using Dsl;\n" + source);
        Assert.DoesNotContain(consumer.Complaints(), one => one.Id != "CS1591");
        return Assert.Single(consumer.Run.GeneratedSources).SourceText.ToString();
    }
}
