using System.Linq;
using Dsl.Generator.Pipelines.Facts;
using Dsl.Generator.Pipelines.Graph;
using Xunit;

namespace Dsl.Generator.Tests.Pipelines;

/// <summary>What is known of the columns that stages make: types, sizes, classes.</summary>
public sealed class SizeTests
{
    [Theory]
    [InlineData("VectorAssembler(\"X\", \"A\", \"Flag\", \"Three\", \"Whole\")", "Vector 6")]
    [InlineData("VectorAssembler(\"X\", \"A\", \"Open\")", "Vector 0")]
    [InlineData("VectorSlicer(\"Three\", \"X\", 2, 0)", "Vector 2")]
    [InlineData("Normalizer(\"Open\", \"X\")", "Vector 0")]
    [InlineData("PCA(\"Open\", \"X\", 7)", "Vector 7")]
    [InlineData("PolynomialExpansion(\"Three\", \"X\")", "Vector 9")]
    [InlineData("PolynomialExpansion(\"Three\", \"X\", Degree = 3)", "Vector 19")]
    [InlineData("Interaction(\"X\", \"A\", \"Three\", \"Three\")", "Vector 9")]
    [InlineData("StringIndexer(\"Text\", \"L\", Classes = 4), Interaction(\"X\", \"L\", \"Three\")", "Vector 12")]
    [InlineData("Binarizer(\"A\", \"C\"), Interaction(\"X\", \"C\", \"Three\")", "Vector 3")]
    [InlineData("VarianceThresholdSelector(\"Three\", \"X\")", "Vector 0")]
    [InlineData("HashingTF(\"Words\", \"X\", NumFeatures = 64)", "Vector 64")]
    [InlineData("HashingTF(\"Words\", \"X\")", "Vector 262144")]
    [InlineData("CountVectorizer(\"Words\", \"X\")", "Vector 0")]
    [InlineData("FeatureHasher(\"X\", \"A\", \"Text\")", "Vector 262144")]
    [InlineData("TokenIds(\"Words\", \"X\", 9)", "Ids 9 of 10000")]
    [InlineData("StringIndexer(\"Text\", \"X\")", "ClassNumber 0")]
    [InlineData("StringIndexer(\"Text\", \"X\", Classes = 3, HandleInvalid = HandleInvalid.Keep)", "ClassNumber 4")]
    [InlineData("Bucketizer(\"A\", \"X\", 0, 1, 2, 3)", "ClassNumber 3")]
    [InlineData("Bucketizer(\"A\", \"X\", new double[] { 0, 1, 2 }, HandleInvalid = HandleInvalid.Keep)", "ClassNumber 3")]
    [InlineData("QuantileDiscretizer(\"A\", \"X\", 5)", "ClassNumber 0")]
    [InlineData("Binarizer(\"A\", \"X\")", "ClassNumber 2")]
    [InlineData("StringIndexer(\"Text\", \"L\", Classes = 4), OneHotEncoder(\"L\", \"X\")", "Vector 3")]
    [InlineData("Bucketizer(\"A\", \"L\", 0, 1, 2), OneHotEncoder(\"L\", \"X\", DropLast = false, HandleInvalid = HandleInvalid.Keep)", "Vector 3")]
    [InlineData("KMeans(\"Three\", K = 5, Prediction = \"X\")", "ClassNumber 5")]
    [InlineData("StringIndexer(\"Text\", \"L\", Classes = 4), NaiveBayes(\"Three\", \"L\", Prediction = \"X\")", "ClassNumber 4")]
    [InlineData("StringIndexer(\"Text\", \"L\", Classes = 4), NaiveBayes(\"Three\", \"L\", Probability = \"X\")", "Vector 4")]
    [InlineData("LinearSVC(\"Three\", \"Flag\", RawPrediction = \"X\")", "Vector 2")]
    [InlineData("NaiveBayes(\"Three\", \"Whole\", Probability = \"X\")", "Vector 0")]
    [InlineData("LinearRegression(\"Three\", \"A\", Prediction = \"X\")", "Number 0")]
    [InlineData("DecisionTreeClassifier(\"Three\", \"Whole\"), SelectByImportance(\"Three\", \"X\", 2)", "Vector 2")]
    [InlineData("Network<Auto>(\"Three\", Prediction = \"X\")", "Vector 3")]
    [InlineData("Network<Auto>(\"Three\", Code = \"X\")", "Vector 2")]
    [InlineData("Map(\"F\", \"X\", Size = 2)", "Vector 2")]
    public void Sizes(string attributes, string expected)
    {
        CheckedPipeline pipeline = Piped.Check($"[{attributes}]", "static double[] F(double a) => [a, a];", "[Model, Input(3), Linear(2), Expose(\"Encode\"), Linear(3), Reconstruction, Adam] public partial class Auto;");
        Assert.DoesNotContain(pipeline.Findings, one => one.IsError);
        Column made = pipeline.Output.Single(column => column.Name == "X");
        Assert.Equal(expected, made.Kind switch
        {
            ColumnKind.Ids => $"Ids {made.Size} of {made.Vocabulary}",
            ColumnKind.ClassNumber => $"ClassNumber {made.Classes}",
            var kind => $"{kind} {made.Size}",
        });
    }

    [Theory]
    [InlineData("Imputer(\"MaybeA\", \"MaybeWhole\")", "double MaybeA, double MaybeWhole")]
    [InlineData("Imputer(\"MaybeText\", Strategy = Imputation.Mode)", "string MaybeText")]
    [InlineData("DropNulls", "double MaybeA, string MaybeText, int MaybeWhole")]
    [InlineData("StringIndexer(\"MaybeText\", \"X\"), NaiveBayes(\"Three\", \"X\")", "string? MaybeText, double? X")]
    [InlineData("Mask(\"MaybeA\", \"X\", Masking.Hash), Mask(\"MaybeA\", \"Y\", Masking.Redact), Mask(\"MaybeA\", \"Z\", Masking.Bucket, Width = 2)", "string? X, string Y, double? Z")]
    [InlineData("Map(\"F\", \"X\"), Map(\"G\", \"Y\")", "float X, System.DateTime? Y")]
    [InlineData("NaiveBayes(\"Three\", \"MaybeWhole\", Prediction = \"X\"), Split(Stratify = \"MaybeText\")", "string? MaybeText, int? MaybeWhole, double X")]
    public void Types(string attributes, string expected)
    {
        CheckedPipeline pipeline = Piped.Check($"[{attributes}]", "static float F(double a) => 0; static System.DateTime? G(double a) => null;");
        Assert.DoesNotContain(pipeline.Findings, one => one.IsError);
        string[] names = [.. expected.Split(", ").Select(one => one.Split(' ')[1])];
        Assert.Equal(expected, string.Join(", ", pipeline.Output.Where(column => names.Contains(column.Name)).Select(column => $"{column.Declared.Replace("global::", "", System.StringComparison.Ordinal)} {column.Name}")));
    }

    [Fact]
    public void Select_orders_the_output_and_sensitive_columns_stay_behind()
    {
        Assert.Equal(["T", "A"], Piped.Check("[Select(\"T\", \"A\"), Tokenizer(\"Text\", \"T\")]").Output.Select(column => column.Name));
        CheckedPipeline dropped = Piped.Check("[Tokenizer(\"Text\", \"T\"), DropColumns(\"T\", \"Id\")]");
        Assert.DoesNotContain(dropped.Output, column => column.Name is "T" or "Id" or "Secret" or "Pay");
        Assert.Equal(13 + 1, dropped.Output.Count);
    }
}
