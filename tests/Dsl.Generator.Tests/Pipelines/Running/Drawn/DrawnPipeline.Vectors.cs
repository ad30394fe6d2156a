using System;
using System.Collections.Generic;
using System.Linq;

namespace Dsl.Generator.Tests.Pipelines.Running.Drawn;

/// <content>Classes of numbers, what is computed of vectors, texts and tokens, masks.</content>
internal sealed partial class DrawnPipeline
{
    private bool AddBinarizer()
    {
        if (Pick(column => column.IsNumber || column is { Kind: DrawnKind.Vector, Size: < MostForAll }) is not { } read)
            return false;
        string output = row.Fresh("Above");
        string attribute = $"Binarizer({Quoted(read.Name)}, {Quoted(output)}{Maybe("Threshold", Between(-1, 2), 70)})";
        return read.Kind == DrawnKind.Vector
            ? Vector(attribute, read, output, read.Size, learns: false, made => made with { MayBeNaN = false, IsNonNegative = true })
            : Add(attribute, [read], [new DrawnColumn(output, DrawnKind.Class, "double") { Classes = 2, IsBinary = true, IsFew = true, IsNonNegative = true }]);
    }

    private bool AddBucketizer()
    {
        if (Pick(column => column.IsNumber, takesNull: true) is not { } read)
            return false;
        string how = Invalid(mayFail: !read.MayBeNull && !read.MayBeNaN);
        double[] middle = [.. Enumerable.Range(0, random.Next(1, 5)).Select(_ => Between(-2, 5)).Distinct().Order()];
        string output = row.Fresh("Bin");
        return Add(
            $"Bucketizer({Quoted(read.Name)}, {Quoted(output)}, {(Chance(70) ? "double.NegativeInfinity" : "-1e9")}, {string.Join(", ", middle.Select(Text))}, double.PositiveInfinity{Handle(how)})",
            [read],
            [new DrawnColumn(output, DrawnKind.Class, "double") { Classes = middle.Length + 1 + (how == "Keep" ? 1 : 0), IsFew = true, IsNonNegative = true }]);
    }

    private bool AddQuantile()
    {
        if (Pick(column => column.IsNumber, takesNull: true) is not { } read)
            return false;
        string how = Invalid(mayFail: !read.MayBeNull && !read.MayBeNaN);
        string output = row.Fresh("Quantile");
        return Add(
            $"QuantileDiscretizer({Quoted(read.Name)}, {Quoted(output)}, {random.Next(2, 7)}{Handle(how)})", [read], [new DrawnColumn(output, DrawnKind.Class, "double") { IsFew = true, IsNonNegative = true }], learns: true);
    }

    private bool AddPca()
    {
        if (Pick(column => column is { Kind: DrawnKind.Vector, Size: > 0 and < 30, MayBeNaN: false }) is not { } read)
            return false;
        int k = random.Next(1, Math.Min(read.Size, 6) + 1);
        string output = row.Fresh("Pca");
        return Vector($"PCA({Quoted(read.Name)}, {Quoted(output)}, {k})", read, output, k, learns: true, made => made with { IsSizeDeclared = true, IsNonNegative = false });
    }

    private bool AddExpansion()
    {
        if (Pick(column => column is { Kind: DrawnKind.Vector, Size: > 0 and < 6 }) is not { } read)
            return false;
        int degree = random.Next(1, 4);
        int size = 1;
        for (int i = 1; i <= degree; i++)
            size = size * (read.Size + i) / i;
        string output = row.Fresh("Powers");
        return Vector($"PolynomialExpansion({Quoted(read.Name)}, {Quoted(output)}{(degree == 2 && Chance(50) ? "" : $", Degree = {degree}")})", read, output, size - 1, learns: false);
    }

    private bool AddInteraction()
    {
        List<DrawnColumn> read = Several(3, column => (column.IsNumber && !column.MayBeNaN) || column is { Kind: DrawnKind.Vector, Size: > 0 and < 6 });
        if (read.Count == 0)
            return false;
        int size = 1;
        foreach (DrawnColumn column in read)
            size *= column is { Kind: DrawnKind.Class, IsBinary: false } ? column.Classes : column.Kind == DrawnKind.Vector ? column.Size : 1;
        if (size > 60)
            return false;
        string output = row.Fresh("Product");
        return Add($"Interaction({Quoted(output)}, {Quoted(read)})", read, [new DrawnColumn(output, DrawnKind.Vector, "Vector")
        {
            Size = size,
            IsSizeDeclared = size > 0 && read.TrueForAll(column => column.Kind != DrawnKind.Vector || column.IsSizeDeclared),
            IsNonNegative = read.TrueForAll(column => column.IsNonNegative),
            MayBeNaN = read.Exists(column => column.MayBeNaN),
        }]);
    }

    private bool AddVariance()
    {
        if (Pick(column => column is { Kind: DrawnKind.Vector, MayBeNaN: false }) is not { } read)
            return false;
        string output = row.Fresh("Varied");
        return Vector($"VarianceThresholdSelector({Quoted(read.Name)}, {Quoted(output)}{Maybe("VarianceThreshold", Between(0, 0.1))})", read, output, 0, learns: true);
    }

    private bool AddUnivariate()
    {
        if (Pick(column => column is { Kind: DrawnKind.Vector, Size: > 0 and (< 60 or (> 4000 and < MostForAll)), MayBeNaN: false }) is not { } read)
            return false;
        DrawnColumn label = Chance(60) ? ClassLabel(isBinary: false) : AmountLabel();
        int top = random.Next(1, Math.Min(read.Size, 5) + 1);
        bool isCategorical = label.Kind is DrawnKind.Class or DrawnKind.Flag;
        string kinds = isCategorical && Chance(30) && read.IsNonNegative ? ", FeatureType = VariableKind.Categorical" : "";
        string output = row.Fresh("Best");
        string attribute = $"UnivariateFeatureSelector({Quoted(read.Name)}, {Quoted(label.Name)}, {Quoted(output)}, {top}{kinds}{Maybe("LabelType", isCategorical ? "VariableKind.Categorical" : "VariableKind.Continuous", 25)})";
        return Add(attribute, [read, label], [new DrawnColumn(output, DrawnKind.Vector, "Vector") { Size = top, IsSizeDeclared = true, IsNonNegative = read.IsNonNegative }], learns: true) && Unlabel();
    }

    // What is selected by a label is not made of it.
    private bool Unlabel()
    {
        DrawnColumn made = columns[^1] with { IsLabel = false };
        columns[^1] = made;
        stages[^1] = stages[^1] with { Made = [made] };
        return true;
    }

    private bool AddTokenizer()
    {
        if (Pick(column => column.Kind == DrawnKind.Text) is not { } read)
            return false;
        string output = row.Fresh("Words");
        string names = $"{Quoted(read.Name)}, {Quoted(output)}";
        string attribute = Chance(50) ? $"Tokenizer({names})"
            : $"RegexTokenizer({names}{One("", ", Pattern = @\"\\w+\", Gaps = false", ", Pattern = \"[aeiou]\"", ", Pattern = @\"\\d|\\s\"")}{Maybe("MinTokenLength", random.Next(0, 4))}{Maybe("ToLowercase", Chance(50))})";
        return Add(attribute, [read], [new DrawnColumn(output, DrawnKind.Tokens, "string[]")]);
    }

    private bool AddStopWords()
    {
        if (Pick(column => column.Kind == DrawnKind.Tokens) is not { } read)
            return false;
        string output = row.Fresh("Kept");
        string of = One("", "", ", Language = \"french\"", ", StopWords = [\"fox\", \"the\"]");
        return Add($"StopWordsRemover({Quoted(read.Name)}, {Quoted(output)}{of}{Maybe("CaseSensitive", Chance(70))})", [read], [new DrawnColumn(output, DrawnKind.Tokens, "string[]")]);
    }

    private bool AddNGram()
    {
        if (Pick(column => column.Kind == DrawnKind.Tokens) is not { } read)
            return false;
        string output = row.Fresh("Pairs");
        return Add($"NGram({Quoted(read.Name)}, {Quoted(output)}{Maybe("N", random.Next(1, 5))})", [read], [new DrawnColumn(output, DrawnKind.Tokens, "string[]")]);
    }

    private bool AddHashing()
    {
        if (Pick(column => column.Kind == DrawnKind.Tokens) is not { } read)
            return false;
        string output = row.Fresh("Hashed");
        int size = Features(random.Next(1, 50), out string features);
        return Add(
            $"HashingTF({Quoted(read.Name)}, {Quoted(output)}{features}{Maybe("Binary", true, 30)})",
            [read],
            [new DrawnColumn(output, DrawnKind.Vector, "Vector") { Size = size, IsSizeDeclared = true, IsNonNegative = true }]);
    }

    /// <summary>Mostly few; now and then thousands, or as many as nothing declares.</summary>
    private int Features(int few, out string option)
    {
        bool isWide = Chance(20);
        int size = !isWide ? few : Chance(70) ? random.Next(4100, 6000) : 262144;
        option = size == 262144 ? "" : $", NumFeatures = {size}";
        return size;
    }

    private bool AddCounts()
    {
        if (Pick(column => column.Kind == DrawnKind.Tokens) is not { } read)
            return false;
        string output = row.Fresh("Counts");
        string share = Chance(50) ? Maybe("MinDF", random.Next(0, 3)) : Maybe("MinDF", Between(0, 0.05)) + Maybe("MaxDF", Between(0.6, 0.99), 30);
        return Add(
            $"CountVectorizer({Quoted(read.Name)}, {Quoted(output)}{Maybe("VocabSize", random.Next(5, 30), 60)}{share}{Maybe("MinTF", Chance(50) ? Between(0, 0.4) : random.Next(1, 3), 30)}{Maybe("Binary", true, 30)})",
            [read],
            [new DrawnColumn(output, DrawnKind.Vector, "Vector") { IsNonNegative = true }],
            learns: true);
    }

    private bool AddIdf()
    {
        if (Pick(column => column is { Kind: DrawnKind.Vector, IsNonNegative: true, MayBeNaN: false }) is not { } read)
            return false;
        string output = row.Fresh("Weighted");
        return Vector($"IDF({Quoted(read.Name)}, {Quoted(output)}{Maybe("MinDocFreq", random.Next(0, 4))})", read, output, read.Size, learns: true);
    }

    private bool AddHasher()
    {
        List<DrawnColumn> read = Several(4, column => (column.IsNumber && !column.MayBeNaN) || column.Kind is DrawnKind.Flag or DrawnKind.Text, takesNull: true);
        if (read.Count == 0)
            return false;
        DrawnColumn[] categorical = [.. read.Where(column => column.IsNumber && Chance(40))];
        int size = Features(random.Next(1, 60), out string features);
        string output = row.Fresh("Mixed");
        string names = categorical.Length > 0 ? $", CategoricalCols = [{Quoted(categorical)}]" : "";
        return Add(
            $"FeatureHasher({Quoted(output)}, {Quoted(read)}{features}{names})",
            read,
            [new DrawnColumn(output, DrawnKind.Vector, "Vector") { Size = size, IsSizeDeclared = true, IsNonNegative = read.TrueForAll(column => column.IsNonNegative || column.Kind == DrawnKind.Text) }]);
    }

    private bool AddTokenIds()
    {
        if (Pick(column => column.Kind == DrawnKind.Tokens) is not { } read)
            return false;
        string output = row.Fresh("Ids");
        int length = random.Next(1, 8);
        return Add(
            $"TokenIds({Quoted(read.Name)}, {Quoted(output)}, {length}, VocabSize = {random.Next(3, IdsVocabulary + 1)})",
            [read],
            [new DrawnColumn(output, DrawnKind.Ids, "int[]") { Size = length, IsSizeDeclared = true }],
            learns: true);
    }

    private bool AddMask()
    {
        string how = One("Hash", "Redact", "Bucket", "Noise");
        // What is kept for labels too, unless it may be null: read by more than labels, it is no training column any more.
        DrawnColumn[] all = [.. columns.Where(column => column.Kind != DrawnKind.Carried && (!column.IsLabel || (!column.MayBeNull && (column.Stage < 0 || !column.IsOwn))) && !column.IsLoose && how switch
        {
            "Hash" => column.IsNumber || column.Kind is DrawnKind.Flag or DrawnKind.Text or DrawnKind.Time,
            "Redact" => true,
            _ => column.IsNumber,
        })];
        if (all.Length == 0)
            return false;
        DrawnColumn read = all[random.Next(all.Length)];
        string output = row.Fresh("Masked");
        string more = how switch { "Bucket" => $", Width = {Text(Between(0.1, 3))}", "Noise" => $", Scale = {Text(Between(0.1, 3))}", _ => "" };
        bool isText = how is "Hash" or "Redact";
        return Add($"Mask({Quoted(read.Name)}, {Quoted(output)}, Masking.{how}{more})", [read], [new DrawnColumn(output, isText ? DrawnKind.Text : DrawnKind.Number, isText ? "string" : "double")
        {
            MayBeNull = how != "Redact" && read.MayBeNull,
            MayBeNaN = !isText && read.MayBeNaN,
            IsFew = isText && (read.IsFew || how == "Redact"),
        }], isQuiet: true);
    }

    private bool AddSplit()
    {
        if (hasSplit)
            return false;
        hasSplit = true;
        DrawnColumn[] strata = [.. columns.Where(column => !column.IsSensitive && column.IsFew && (column.IsLabel || !column.MayBeNull) && (column.Kind is DrawnKind.Text or DrawnKind.Flag or DrawnKind.Class || column.IsWhole))];
        DrawnColumn[] read = strata.Length > 0 && Chance(50) ? [strata[random.Next(strata.Length)]] : [];
        return Add($"Split({string.Join(", ", new[] { Chance(60) ? $"Train = {Text(Between(0.5, 0.9))}" : "", Chance(50) ? $"Seed = {random.Next(100)}" : "", read.Length > 0 ? $"Stratify = {Quoted(read[0].Name)}" : "" }.Where(part => part.Length > 0))})", read, []);
    }
}
