using System;
using Xunit;

namespace Dsl.Generator.Tests.Pipelines.Running;

/// <summary>Grids over options that say how long vectors are, how many classes there are, or whether rows go: the best pipeline is what a fit of that declaration gives.</summary>
public sealed class TuneRunTests
{
    private const string Source = """
        #nullable enable
        using System;
        using Dsl;
        public record Item(double A, double B, double? C, string Text, string Group, bool Good);

        [Pipeline<Item>, VectorAssembler("V", "A", "B"), PolynomialExpansion("V", "P", Degree = 3), StandardScaler("P", "S", WithMean = true), LogisticRegression("S", "Good", RegParam = 0.1)]
        [CrossValidate(Metric.Accuracy, Folds = 2), Grid("PolynomialExpansion1.Degree", 2)]
        public partial class Degrees;

        [Pipeline<Item>, VectorAssembler("V", "A", "B"), KMeans("V", K = 2, Prediction = "Cluster"), OneHotEncoder("Cluster", "Hot"), Interaction("Product", "Cluster", "B"), VectorAssembler("W", "Hot", "Product", "A"), LogisticRegression("W", "Good", RegParam = 0.1)]
        [CrossValidate(Metric.Accuracy, Prediction = "Prediction", Folds = 2), Grid("KMeans1.K", 4)]
        public partial class Clusters;

        [Pipeline<Item>, StringIndexer("Group", "Index", Classes = 3), OneHotEncoder("Index", "Hot"), VectorAssembler("W", "Hot", "A"), MinMaxScaler("W", "M"), LogisticRegression("M", "Good", RegParam = 0.1)]
        [CrossValidate(Metric.Accuracy, Folds = 2), Grid("OneHotEncoder1.DropLast", false)]
        public partial class Hot;

        [Pipeline<Item>, Tokenizer("Text", "Words"), HashingTF("Words", "Counts", NumFeatures = 5), VectorAssembler("W", "A", "Counts"), StandardScaler("W", "S", WithMean = true), LogisticRegression("S", "Good", RegParam = 0.1)]
        [CrossValidate(Metric.Accuracy, Folds = 2), Grid("HashingTF1.NumFeatures", 9)]
        public partial class Hashes;

        [Pipeline<Item>, FeatureHasher("Mixed", "Text", "A", NumFeatures = 5), MaxAbsScaler("Mixed", "W"), LogisticRegression("W", "Good", RegParam = 0.1)]
        [CrossValidate(Metric.Accuracy, Folds = 2), Grid("FeatureHasher1.NumFeatures", 9)]
        public partial class Hashers;

        [Pipeline<Item>, Bucketizer("C", "Bin", double.NegativeInfinity, 2, 4, double.PositiveInfinity, HandleInvalid = HandleInvalid.Skip), OneHotEncoder("Bin", "Hot"), Interaction("Product", "Bin", "A"), LogisticRegression("Product", "Good", RegParam = 0.1)]
        [CrossValidate(Metric.Accuracy, Folds = 2), Grid("Bucketizer1.HandleInvalid", HandleInvalid.Keep)]
        public partial class Kept;

        [Pipeline<Item>, VectorAssembler("W", "A", "C", HandleInvalid = HandleInvalid.Keep), Binarizer("W", "X", Threshold = 3), LogisticRegression("X", "Good", RegParam = 0.1)]
        [CrossValidate(Metric.Accuracy, Folds = 2), Grid("VectorAssembler1.HandleInvalid", HandleInvalid.Skip)]
        public partial class Skipped;

        [Pipeline<Item>, StringIndexer("Group", "Index", Classes = 3), OneHotEncoder("Index", "Hot"), Interaction("Both", "Index", "A"), LogisticRegression("Both", "Good", RegParam = 0.1)]
        [CrossValidate(Metric.Accuracy, Folds = 2), Grid("StringIndexer1.HandleInvalid", HandleInvalid.Keep)]
        public partial class Unknown;
        """;

    private static readonly Lazy<Type> Driver = new(() => Fitted.Driver(Source + Declared(), Drive()));

    [Theory]
    [InlineData("Degrees")]
    [InlineData("Clusters")]
    [InlineData("Hot")]
    [InlineData("Hashes")]
    [InlineData("Hashers")]
    [InlineData("Kept")]
    [InlineData("Skipped")]
    [InlineData("Unknown")]
    public void The_best_of_a_grid_is_what_its_declaration_gives(string pipeline) =>
        Assert.Equal("", (string)Driver.Value.GetMethod("Of" + pipeline)!.Invoke(null, [])!);

    /// <summary>Each pipeline again, with the grid's value declared.</summary>
    private static string Declared()
    {
        string text = Source[Source.IndexOf("[Pipeline", StringComparison.Ordinal)..];
        foreach ((string old, string made) in ((string, string)[])
            [
                ("Degree = 3", "Degree = 2"), ("K = 2", "K = 4"), ("OneHotEncoder(\"Index\", \"Hot\"), VectorAssembler", "OneHotEncoder(\"Index\", \"Hot\", DropLast = false), VectorAssembler"), ("NumFeatures = 5", "NumFeatures = 9"),
                ("HandleInvalid.Skip), OneHot", "HandleInvalid.Keep), OneHot"), ("HandleInvalid.Keep), Binarizer", "HandleInvalid.Skip), Binarizer"), ("Classes = 3), OneHotEncoder(\"Index\", \"Hot\"), Interaction", "Classes = 3, HandleInvalid = HandleInvalid.Keep), OneHotEncoder(\"Index\", \"Hot\"), Interaction"),
            ])
            text = text.Replace(old, made, StringComparison.Ordinal);
        text = System.Text.RegularExpressions.Regex.Replace(text, @"\n\s*\[CrossValidate.*\]", "");
        return "\n" + System.Text.RegularExpressions.Regex.Replace(text, @"partial class (\w+);", "partial class $1Declared;");
    }

    private static string Drive()
    {
        string members = "";
        foreach (string name in (string[])["Degrees", "Clusters", "Hot", "Hashes", "Hashers", "Kept", "Skipped", "Unknown"])
        {
            members += $$"""
                    public static string Of{{name}}()
                    {
                        PipelineTuning<{{name}}> tuning = {{name}}.Tune(Rows);
                        using {{name}} best = tuning.Best;
                        using {{name}}Declared declared = {{name}}Declared.Fit(Rows);
                        string folder = Path.Combine(Path.GetTempPath(), Path.GetRandomFileName());
                        try
                        {
                            best.Save(folder);
                            using {{name}} loaded = {{name}}.Load(folder);
                            string wanted = Text(declared.Transform(Rows));
                            return Differ("Transform", wanted, Text(best.Transform(Rows))) + Differ("Predict", wanted, Text(Rows.Select(best.Predict))) + Differ("loaded", wanted, Text(Rows.Select(loaded.Predict)))
                                + Differ("declared", wanted, Text(Rows.Select(declared.Predict)));
                        }
                        finally
                        {
                            Directory.Delete(folder, true);
                        }
                    }


                """;
        }

        return $$"""
            #nullable enable
            using System;
            using System.Collections.Generic;
            using System.IO;
            using System.Linq;
            using Dsl;
            public static class Driver
            {
                private static readonly Item[] Rows = [.. Enumerable.Range(0, 40).Select(i => new Item(i * 7 % 10, i * 3 % 8, i % 9 == 0 ? null : i % 6, "w" + i % 5 + " w" + i % 3, "g" + i % 3, (i * 7 % 10) + (i * 3 % 8) > 8))];

            {{members}}    private static string Differ(string what, string wanted, string given) => wanted == given ? "" : $"{what}:\n{given[..Math.Min(200, given.Length)]}\nof\n{wanted[..Math.Min(200, wanted.Length)]}\n";

                private static string Text<T>(IEnumerable<T?> rows)
                    where T : class => string.Join("\n", rows.Where(row => row is not null).Select(row => string.Join(" ", typeof(T).GetProperties().Select(property => Text(property.GetValue(row))))));

                private static string Text(object? value) => value is Vector vector ? $"[{string.Join(" ", vector.ToArray())}]" : value is Array array ? string.Join(",", array.Cast<object>()) : value + "";
            }
            """;
    }
}
