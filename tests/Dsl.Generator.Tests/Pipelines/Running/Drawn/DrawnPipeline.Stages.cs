using System;
using System.Collections.Generic;
using System.Linq;

namespace Dsl.Generator.Tests.Pipelines.Running.Drawn;

/// <content>Every stage of the page's section 2.</content>
internal sealed partial class DrawnPipeline
{
    private const int MostDrops = 3;

    // More classes than a few rows have.
    private const int ForFew = 130;

    private bool AddStage() => random.Next(34) switch
    {
        0 => AddWhere(),
        1 or 2 => AddMap(),
        3 => AddDropNulls(),
        4 => AddImputer(),
        5 or 6 => AddStringIndexer(),
        7 => AddIndexToString(),
        8 => AddOneHot(),
        9 or 10 or 11 => AddAssembler(),
        12 => AddSlicer(),
        13 or 14 => AddScaler(),
        15 => AddNormalizer(),
        16 => AddBinarizer(),
        17 => AddBucketizer(),
        18 => AddQuantile(),
        19 => AddPca(),
        20 => AddExpansion(),
        21 => AddInteraction(),
        22 => AddVariance(),
        23 => AddUnivariate(),
        24 or 25 => AddTokenizer(),
        26 => AddStopWords(),
        27 => AddNGram(),
        28 => AddHashing(),
        29 => AddCounts(),
        30 => AddIdf(),
        31 => AddHasher(),
        32 => AddMask(),
        _ => Chance(50) ? AddSplit() : AddTokenIds(),
    };

    private bool MayDrop() => drops < MostDrops;

    /// <summary>Error, Skip or Keep; at odd rows, or where not every value is in every sample, not Error.</summary>
    private string Invalid(bool mayFail, bool maySkip = true)
    {
        string[] all = [.. mayFail ? new[] { "Error" } : [], .. maySkip && MayDrop() ? new[] { "Skip" } : [], "Keep"];
        string how = all[random.Next(all.Length)];
        drops += how == "Skip" ? 1 : 0;
        return how;
    }

    private string Handle(string how) => how == "Error" && Chance(70) ? "" : $", HandleInvalid = HandleInvalid.{how}";

    private bool AddWhere()
    {
        if (!MayDrop())
            return false;
        List<DrawnColumn> read = Several(3, _ => true, takesNull: true, takesSensitive: true);
        if (read.Count == 0)
            return false;
        drops++;
        string name = "Keeps" + methods.Count;
        methods.Add($"{Access()}static bool {name}({Parameters(read)}) {{ double sum = {Sum(read)}; return !(Math.Sin(sum) < -0.85); }}");
        return Add($"Where(\"{name}\")", read, []);
    }

    private bool AddMap()
    {
        List<DrawnColumn> read = Several(3, _ => true, takesNull: true, takesSensitive: Chance(30));
        if (read.Count == 0)
            return false;
        string output = row.Fresh("M");
        string name = "Made" + methods.Count;
        (DrawnKind kind, string type, string value) = One(
            (DrawnKind.Number, "double", "s"), (DrawnKind.Number, "int", "(int)(s * 5)"), (DrawnKind.Number, "float", "(float)s"), (DrawnKind.Number, "decimal", "(decimal)s"), (DrawnKind.Number, "byte", "(byte)(2 + s * 2)"),
            (DrawnKind.Flag, "bool", "s > 0"), (DrawnKind.Text, "string", "s > 0 ? \"up\" : \"down\""), (DrawnKind.Tokens, "string[]", "s > 0 ? [\"a\", \"b\"] : [\"c\"]"),
            (DrawnKind.Vector, "double[]", "[s, 1, s * s]"), (DrawnKind.Vector, "float[]", "[(float)s, 2, 3]"), (DrawnKind.Vector, "Vector", "s > 0 ? global::Dsl.Vector.Dense(s, 0, 2) : global::Dsl.Vector.Sparse(3, [1], [s])"),
            (DrawnKind.Time, "DateTime", "new DateTime(2020, 1, 1).AddHours((int)(s * 100))"), (DrawnKind.Time, "DateOnly", "new DateOnly(2020, 1, 1).AddDays((int)(s * 100))"), (DrawnKind.Number, "ulong", "(ulong)(s * 3 + 3)"));
        bool mayBeNull = Chance(20);
        bool isSized = kind == DrawnKind.Vector && Chance(60);
        methods.Add($"{Access()}static {type}{(mayBeNull ? "?" : "")} {name}({Parameters(read)}) {{ double s = Math.Sin({Sum(read)}); if (double.IsNaN(s)) s = 0.25; {(mayBeNull ? "if (s > 0.6) return null; " : "")}return {value}; }}");
        string full = type.StartsWith("Date", StringComparison.Ordinal) ? "System." + type : type;
        return Add($"Map({(Chance(50) ? Quoted(name) : $"nameof(P.{name})")}, {Quoted(output)}{(isSized ? ", Size = 3" : "")})", read, [new DrawnColumn(output, kind, full)
        {
            MayBeNull = mayBeNull,
            IsWhole = type is "int" or "byte" or "ulong",
            IsFew = kind is DrawnKind.Text or DrawnKind.Flag,
            IsNonNegative = type is "byte" or "ulong" or "bool",
            Classes = type == "bool" ? 2 : 0,
            Size = kind == DrawnKind.Vector ? 3 : 0,
            IsSizeDeclared = isSized,
            IsSensitive = read.Exists(column => column.IsSensitive),
        }]);
    }

    private string Access() => One("", "private ", "public ", "internal ");

    // By its first letter in either case; what is a keyword stands escaped.
    private string Parameters(List<DrawnColumn> read) => string.Join(", ", read.Select(column => $"{Typed(column)} @{Parameter(column)}"));

    private string Typed(DrawnColumn column) => column.IsNumber && column.Type != "double" && Chance(30) ? column.MayBeNull ? column.Declared : "double"
        : column.Type is "sbyte" or "short" or "byte" && Chance(30) && !column.MayBeNull ? "int"
        : column.Declared;

    private string Parameter(DrawnColumn column)
    {
        // The methods' own locals, and a name that either case of has another column.
        string toggled = char.IsUpper(column.Name[0]) ? char.ToLowerInvariant(column.Name[0]) + column.Name[1..] : char.ToUpperInvariant(column.Name[0]) + column.Name[1..];
        return toggled is "s" or "sum" || column.Name.Length % 3 == 0 ? column.Name : toggled;
    }

    private string Sum(List<DrawnColumn> read) => string.Join(" + ", read.Select(column =>
    {
        string name = "@" + Parameter(column);
        return (column.Kind, column.MayBeNull) switch
        {
            (DrawnKind.Number or DrawnKind.Class, true) => $"((double?){name} ?? 0.5)",
            (DrawnKind.Number or DrawnKind.Class, false) => $"(double){name}",
            (DrawnKind.Flag, _) => $"({name} == true ? 1 : 0)",
            (DrawnKind.Time, true) => $"({name}?.Day ?? 3)",
            (DrawnKind.Time, false) => $"{name}.Day",
            (DrawnKind.Vector, true) when column.Type == "Vector" => $"({name} is {{ Size: > 0 }} v{Parameter(column)} ? v{Parameter(column)}[0] : 0.25)",
            (DrawnKind.Vector, false) when column.Type == "Vector" => $"({name}.Size > 0 ? {name}[0] : 0.25)",
            (DrawnKind.Vector, false) => $"({name}.Length > 0 ? {name}[0] : 0.25)",
            (DrawnKind.Ids, _) => $"{name}[0]",
            (_, true) => $"({name}?.Length ?? 2)",
            _ => $"{name}.Length",
        };
    }));

    private bool AddDropNulls()
    {
        if (!MayDrop())
            return false;
        // Without names every column counts, those that no attribute names too.
        bool isAll = Chance(20) && columns.Count(column => column.MayBeNull && !column.IsLabel) <= 5;
        List<DrawnColumn> read = isAll
            ? [.. columns.Where(column => !column.IsLabel)]
            : Several(3, _ => true, takesNull: true, takesSensitive: true);
        if (read.Count == 0)
            return false;
        drops++;
        return Add($"DropNulls({(isAll ? "" : Quoted(read))})", read, [.. read.Select(column => column with { MayBeNull = false, MayBeNaN = column.Kind == DrawnKind.Vector && column.MayBeNaN })], isQuiet: true, isInPlace: true);
    }

    private bool AddImputer()
    {
        bool isMode = Chance(40);
        List<DrawnColumn> read = Several(3, column => column.IsNumber || (isMode && column.Kind is DrawnKind.Text or DrawnKind.Flag && isMode), takesNull: true, takesSensitive: true);
        if (read.Count == 0)
            return false;
        string how = isMode ? ", Strategy = Imputation.Mode" : Maybe("Strategy", One("Imputation.Median", "Imputation.Mean"));
        string missing = Maybe("MissingValue", One(-1, 2, 0.5), 15);
        Compared.RemoveAll(one => read.Exists(column => column.Name == one.Prediction));
        return Add($"Imputer({Quoted(read)}{how}{missing})", read, [.. read.Select(column => column.IsNumber
            ? new DrawnColumn(column.Name, DrawnKind.Number, "double") { IsSensitive = column.IsSensitive, IsFew = column.IsFew, IsNonNegative = column.IsNonNegative, MayBeNaN = missing.Length > 0 && column.MayBeNaN }
            : column with { MayBeNull = false })], learns: true, isInPlace: true);
    }

    private bool AddStringIndexer()
    {
        if (Pick(column => column.Kind == DrawnKind.Text || column.IsNumber, takesNull: true) is not { } read)
            return false;
        string how = Invalid(mayFail: !read.MayBeNull && read.IsFew);
        int classes = read.IsFew && Chance(40) ? random.Next(7, 12) : 0;
        string output = row.Fresh("Index");
        return Add(
            $"StringIndexer({Quoted(read.Name)}, {Quoted(output)}{Maybe("StringOrderType", "StringOrder." + One("FrequencyDesc", "FrequencyAsc", "AlphabetDesc", "AlphabetAsc"))}{Handle(how)}{(classes > 0 ? $", Classes = {classes}" : "")})",
            [read],
            [new DrawnColumn(output, DrawnKind.Class, "double") { Classes = classes == 0 ? 0 : classes + (how == "Keep" ? 1 : 0), HasLabels = true, IsFew = read.IsFew, IsNonNegative = true }],
            learns: true);
    }

    private bool AddIndexToString()
    {
        bool isOwn = Chance(40);
        if (Pick(column => isOwn ? column is { Kind: DrawnKind.Class, Classes: > 0 and < 9 } || column is { Kind: DrawnKind.Number, IsWhole: true, IsFew: true } : column.HasLabels) is not { } read)
            return false;
        string output = row.Fresh("Text");
        string labels = isOwn ? $", Labels = [{string.Join(", ", Enumerable.Range(0, 12).Select(i => $"\"l{i}\""))}]" : "";
        return Add($"IndexToString({Quoted(read.Name)}, {Quoted(output)}{labels})", [read], [new DrawnColumn(output, DrawnKind.Text, "string") { IsFew = true }]);
    }

    private bool AddOneHot()
    {
        if (Pick(column => column.Kind == DrawnKind.Class || column is { IsWhole: true, IsFew: true }) is not { } read)
            return false;
        string how = Invalid(mayFail: true, maySkip: false);
        bool dropLast = Chance(60);
        int size = read.Classes == 0 ? 0 : read.Classes - (dropLast ? 1 : 0) + (how == "Keep" ? 1 : 0);
        if (read.Classes > 0 && size < 1)
            return false;
        bool isDeclared = Chance(30);
        int declared = size > 0 ? size : ForFew;
        string output = row.Fresh("Hot");
        return Add(
            $"OneHotEncoder({Quoted(read.Name)}, {Quoted(output)}{(dropLast ? "" : ", DropLast = false")}{Handle(how)}{(isDeclared ? $", Size = {declared}" : "")})",
            [read],
            [new DrawnColumn(output, DrawnKind.Vector, "Vector") { Size = isDeclared ? declared : size, IsSizeDeclared = isDeclared || size > 0, IsNonNegative = true, IsForFew = isDeclared && size <= 0 }],
            learns: true);
    }

    private bool AddAssembler() => Assemble() is not null;

    private DrawnColumn? Assemble(Func<DrawnColumn, bool>? fits = null)
    {
        bool mayInvalid = fits is null && Chance(30);
        List<DrawnColumn> read = Several(5, column => (column.IsNumber || column.Kind is DrawnKind.Flag or DrawnKind.Vector) && (mayInvalid || !column.MayBeNaN || column.Kind == DrawnKind.Vector) && (fits is null || fits(column)), takesNull: mayInvalid);
        if (read.Count == 0 || read.Sum(column => column.Kind == DrawnKind.Vector ? Math.Max(column.Size, 8) : 1) is > 150 and < 4000 or > MostForAll)
            return null;
        bool mayBe = read.Exists(column => column.MayBeNull || (column.MayBeNaN && column.Kind != DrawnKind.Vector));
        string how = mayBe ? Invalid(mayFail: false) : Chance(80) ? "Error" : Invalid(mayFail: true);
        string output = row.Fresh("Vector");
        bool isKnown = read.TrueForAll(column => column.Kind != DrawnKind.Vector || column.Size > 0);
        Add($"VectorAssembler({Quoted(output)}, {Quoted(read)}{Handle(how)})", read, [new DrawnColumn(output, DrawnKind.Vector, "Vector")
        {
            Size = isKnown ? read.Sum(column => column.Kind == DrawnKind.Vector ? column.Size : 1) : 0,
            IsSizeDeclared = read.TrueForAll(column => column.Kind != DrawnKind.Vector || column.IsSizeDeclared),
            MayBeNaN = (how == "Keep" && mayBe) || read.Exists(column => column.Kind == DrawnKind.Vector && column.MayBeNaN),
            IsNonNegative = read.TrueForAll(column => column.IsNonNegative),
        }]);
        return columns[^1];
    }

    private bool AddSlicer()
    {
        if (Pick(column => column is { Kind: DrawnKind.Vector, Size: > 0 }) is not { } read)
            return false;
        int[] indices = [.. Enumerable.Range(0, read.Size)];
        random.Shuffle(indices);
        indices = indices[..random.Next(1, Math.Min(read.Size, 6) + 1)];
        string output = row.Fresh("Slice");
        return Vector($"VectorSlicer({Quoted(read.Name)}, {Quoted(output)}, {string.Join(", ", indices)})", read, output, indices.Length, learns: false, made => made with { IsSizeDeclared = true });
    }

    private bool AddScaler()
    {
        int which = random.Next(4);
        if (Pick(column => column.Kind == DrawnKind.Vector && !column.MayBeNaN && (column.Size < 60 || which == 2 || (which == 0 && column.Size < MostForAll))) is not { } read)
            return false;
        string output = row.Fresh("Scaled");
        string columnNames = $"{Quoted(read.Name)}, {Quoted(output)}";
        double least = Between(-2, 0);
        (string attribute, bool isNonNegative) = which switch
        {
            0 => ($"StandardScaler({columnNames}{Maybe("WithMean", Chance(70))}{Maybe("WithStd", Chance(50))})", false),
            1 => Chance(50) ? ($"MinMaxScaler({columnNames})", true) : ($"MinMaxScaler({columnNames}, Min = {Text(least)}, Max = {Text(least + Between(0.5, 3))})", false),
            2 => ($"MaxAbsScaler({columnNames})", read.IsNonNegative),
            _ => ($"RobustScaler({columnNames}{Maybe("Lower", Between(0.01, 0.3))}{Maybe("Upper", Between(0.6, 0.99))}{Maybe("WithCentering", Chance(70))}{Maybe("WithScaling", Chance(50))})", false),
        };
        return Vector(attribute, read, output, read.Size, learns: true, made => made with { IsNonNegative = isNonNegative });
    }

    private bool AddNormalizer()
    {
        if (Pick(column => column.Kind == DrawnKind.Vector) is not { } read)
            return false;
        string output = row.Fresh("Normal");
        return Vector($"Normalizer({Quoted(read.Name)}, {Quoted(output)}{Maybe("P", One(1, 1.5, 3, double.PositiveInfinity), 60)})", read, output, read.Size, learns: false);
    }
}
