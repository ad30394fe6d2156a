using System;
using Xunit;

namespace Dsl.Generator.Tests.Pipelines.Running;

/// <summary>Row types of every sort: records, classes, structs and interfaces, nested, generic, without nullable annotations, of another assembly.</summary>
public sealed class RowTypeRunTests
{
    private const string Far = """
        #nullable enable
        using Dsl;
        namespace Far;
        public record Trip([VectorSize(2)] float[] At, string City, double? Miles, bool Good, [Sensitive, Column("driver_name")] string Driver);
        public class Ancestor { public int Age { get; set; } public virtual string Title { get; set; } = ""; public static int Count { get; set; } public int this[int i] => i; }
        public class Person : Ancestor { public double Height { get; set; } public override string Title { get; set; } = ""; [Column("is-good")] public bool Good { get; init; } public int Only { set { } } }
        public interface IBase { int Whole { get; } }
        public interface IPoint : IBase { double A { get; } string? Note { get; } float[] At { get; } }
        """;

    private const string Source = """
        #nullable enable
        using System;
        using Dsl;
        using Far;
        public struct Cell
        {
            public double Field;
            public double A { get; set; }
            public double? B { get; set; }
            public int Kind { get; set; }
            [VectorSize(2)] public float[]? At { get; set; }
        }

        public readonly record struct Spot(double A, Vector Any, sbyte Small, bool? Good, ulong Large, decimal Price);
        public record Gen<T>(T Value, double A, bool Good);

        [Pipeline<Trip>, StringIndexer("City", "CityIndex", HandleInvalid = HandleInvalid.Keep), Imputer("Miles"), VectorAssembler("V", "At", "Miles", "CityIndex"), LogisticRegression("V", "Good", RegParam = 0.1)]
        [Network<TripNet>("At", "Good", Prediction = "Deep", Epochs = 2)]
        public partial class OfTrips;

        [Model, Input(2), Linear(1), BinaryCrossEntropy, Adam(0.01)]
        public partial class TripNet;

        [Pipeline<Person>, StringIndexer("Title", "TitleIndex"), VectorAssembler("V", "Age", "Height", "TitleIndex"), DecisionTreeClassifier("V", "Good")]
        public partial class OfPersons;

        [Pipeline<IPoint>, VectorAssembler("V", "A", "At", "Whole", HandleInvalid = HandleInvalid.Skip), StringIndexer("Note", "NoteIndex", HandleInvalid = HandleInvalid.Skip), KMeans("V")]
        public partial class OfPoints;

        [Pipeline<Cell>, DropNulls("At"), Imputer("B"), VectorAssembler("V", "A", "B", "At"), RandomForestClassifier("V", "Kind", NumTrees = 2)]
        public partial class OfCells;

        [Pipeline<Spot>, DropNulls("Good"), VectorAssembler("V", "A", "Small", "Large", "Price", "Any"), StandardScaler("V", "S"), LinearSVC("S", "Good"), Evaluate(Metric.AreaUnderRoc)]
        public partial class OfSpots;

        public partial class Box<TAny>
        {
            public partial struct Corner
            {
                public record Inner(double A, double B, bool Good);
            }
        }

        public static partial class Holder
        {
            [Pipeline<Box<string>.Corner.Inner>, Map("Twice", "Doubled"), VectorAssembler("V", "A", "B", "Doubled"), GBTClassifier("V", "Good", MaxIter = 2)]
            internal sealed partial class OfInner
            {
                static float Twice(double A) => (float)(2 * A);
            }
        }

        [Pipeline<Gen<int>>, VectorAssembler("V", "Value", "A"), NaiveBayes("V", "Good", ModelType = NaiveBayesType.Gaussian)]
        public partial class OfGeneric;
        """;

    private const string Old = """
        #nullable disable
        using Dsl;
        public class Old
        {
            public string Text { get; set; }
            public double[] At { get; set; }
            public string[] Words { get; set; }
            public double? Maybe { get; set; }
            public float[] Narrow { get; set; }
            public bool Good { get; set; }
        }

        [Pipeline<Old>, StringIndexer("Text", "TextIndex", HandleInvalid = HandleInvalid.Keep), HashingTF("Words", "Hashed", NumFeatures = 8), Imputer("Maybe"), Map("Length", "Length")]
        [VectorAssembler("V", "At", "Maybe", "TextIndex", "Hashed", "Length", "Narrow"), LogisticRegression("V", "Good", RegParam = 0.1)]
        public partial class OfOld
        {
            static int Length(string text) => text == null ? -1 : text.Length;
        }
        """;

    private const string Drive = """
        #nullable enable
        using System;
        using System.Collections.Generic;
        using System.IO;
        using System.Linq;
        using Dsl;
        using Far;
        public static class Driver
        {
            private sealed record Point(double A, string? Note, float[] At, int Whole, double Further) : IPoint;

            private static readonly (double A, double B, bool Good, int I)[] All = [.. Enumerable.Range(0, 60).Select(i => (A: (i * 37 % 60) / 10.0, B: (i * 17 % 60) / 10.0, i)).Select(one => (one.A, one.B, one.A + one.B > 6, one.i))];

            public static string[] Trips()
            {
                Trip[] rows = [.. All.Select(one => new Trip([(float)one.A, (float)one.B], "c" + (one.I % 3), one.I % 7 == 0 ? null : one.A, one.Good, "someone"))];
                using OfTrips pipeline = OfTrips.Fit(rows);
                return [.. Check(pipeline, rows, OfTrips.Load), pipeline.Explain(rows[0]).Contains("someone") || pipeline.Summary().Contains("Driver") ? "shows" : "", string.Join(' ', OfTrips.ReadCsv(File("At,City,miles,good,driver_name\n1 2,x,,1,me\n")).Select(row => row.Driver + row.At[1]))];
            }

            public static string[] Persons()
            {
                Person[] rows = [.. All.Select(one => new Person { Age = one.I, Height = one.A, Title = one.I % 2 == 0 ? "Mx" : "Dr", Good = one.Good })];
                using OfPersons pipeline = OfPersons.Fit(rows);
                return [.. Check(pipeline, rows, OfPersons.Load), Names<OfPersons.OutputRow>(), string.Join(' ', OfPersons.ReadCsv(File("age;title;HEIGHT;is-good\n3;Dr;1.5;true\n"), new CsvOptions { Separator = ';' }).Select(row => row.Title + row.Age + row.Good))];
            }

            public static string[] Points()
            {
                IPoint[] rows = [.. All.Select(one => new Point(one.I % 9 == 0 ? double.NaN : one.A, one.I % 5 == 0 ? null : "n", [(float)one.B, 1], one.I, 3))];
                using OfPoints pipeline = OfPoints.Fit(rows);
                return [.. Check(pipeline, rows, OfPoints.Load), Names<OfPoints.OutputRow>(), typeof(OfPoints).GetMethod("ReadCsv") is null ? "" : "reads"];
            }

            public static string[] Cells()
            {
                Cell[] rows = [.. All.Select(one => new Cell { A = one.A, B = one.I % 4 == 0 ? null : one.B, Kind = one.I % 3, At = one.I % 6 == 0 ? null : [1, (float)one.A] })];
                using OfCells pipeline = OfCells.Fit(rows);
                return [.. Check(pipeline, rows, OfCells.Load), Names<OfCells.OutputRow>()];
            }

            public static string[] Spots()
            {
                Spot[] rows = [.. All.Select(one => new Spot(one.A, one.I % 2 == 0 ? Vector.Dense(one.B, 0) : Vector.Sparse(2, [0], [one.B]), (sbyte)(one.I - 30), one.I % 8 == 0 ? null : one.Good, (ulong)one.I, one.I))];
                using OfSpots pipeline = OfSpots.Fit(rows);
                return [.. Check(pipeline, rows, OfSpots.Load), pipeline.Transform(rows).Count() == 60 && pipeline.Evaluate(rows).AreaUnderRoc > 0.9 ? "" : "rows"];
            }

            public static string[] Nested()
            {
                Box<string>.Corner.Inner[] rows = [.. All.Select(one => new Box<string>.Corner.Inner(one.A, one.B, one.Good))];
                using Holder.OfInner pipeline = Holder.OfInner.Fit(rows);
                Gen<int>[] generic = [.. All.Select(one => new Gen<int>(one.I, one.A, one.Good))];
                using OfGeneric ofGeneric = OfGeneric.Fit(generic);
                return [.. Check(pipeline, rows, Holder.OfInner.Load), .. Check(ofGeneric, generic, OfGeneric.Load)];
            }

            public static string[] Oblivious()
            {
                Old[] rows = [.. All.Select(one => new Old { Text = "t" + (one.I % 3), At = [one.A], Narrow = [(float)one.B, 2], Words = ["a", "w" + (one.I % 4)], Maybe = one.I % 3 == 0 ? null : one.B, Good = one.Good })];
                using OfOld pipeline = OfOld.Fit(rows);
                Old missing = new() { Text = "t1", At = null!, Narrow = [1, 2], Words = ["a"] };
                Old other = new() { Text = "t1", At = [1, 2], Narrow = [1, 2], Words = ["a"] };
                return [.. Check(pipeline, rows, OfOld.Load), Message(() => pipeline.Predict(missing)), Message(() => pipeline.Transform([rows[0], missing]).Count()), Message(() => pipeline.Predict(other)), Message(() => pipeline.Transform([rows[0], other]).Count())];
            }

            private static string Names<T>() => string.Join(' ', typeof(T).GetProperties().Select(property => property.Name));

            private static string Message(Action action)
            {
                try
                {
                    action();
                    return "nothing";
                }
                catch (PipelineException error)
                {
                    return error.Message;
                }
            }

            private static string File(string text)
            {
                string path = Path.Combine(Path.GetTempPath(), Path.GetRandomFileName());
                System.IO.File.WriteAllText(path, text);
                return path;
            }

            private static IEnumerable<string> Check<TRow, TOutput>(IPipeline<TRow, TOutput> pipeline, TRow[] rows, Func<string, PipelineOptions?, IPipeline<TRow, TOutput>> load)
                where TOutput : class
            {
                string folder = Path.Combine(Path.GetTempPath(), Path.GetRandomFileName());
                try
                {
                    pipeline.Save(folder);
                    using IPipeline<TRow, TOutput> loaded = load(folder, null);
                    TOutput?[] predicted = [.. rows.Select(row => pipeline.Predict(row))];
                    TOutput[] kept = [.. predicted.OfType<TOutput>()];
                    TOutput[] batch = [.. pipeline.Transform(rows)];
                    string[] networks = ["DeepProbability"];
                    return
                    [
                        .. kept.Length == batch.Length ? Array.Empty<string>() : [$"{kept.Length} and {batch.Length}"],
                        .. kept.Zip(batch).SelectMany((pair, i) => Comparing.Differences(i, pair.First, pair.Second, 1e-9, networks)),
                        .. rows.SelectMany((row, i) => Comparing.Differences(i, predicted[i], loaded.Predict(row), 0)),
                        .. pipeline.Summary() == loaded.Summary() ? Array.Empty<string>() : ["summaries"],
                    ];
                }
                finally
                {
                    Directory.Delete(folder, true);
                }
            }
        }
        """;

    private static readonly Lazy<Type> Driver = new(() => Fitted.DriverBeside("FarRows", Far, Source, Old, Drive));

    [Fact]
    public void A_record_of_another_assembly() => Assert.Equal(["", "me2"], Call("Trips"));

    [Fact]
    public void A_class_with_a_base() => Assert.Equal(["Age Title Height Good TitleIndex V Prediction Probability", "Dr3True"], Call("Persons"));

    [Fact]
    public void An_interface() => Assert.Equal(["Whole A Note At V NoteIndex Prediction", ""], Call("Points"));

    [Fact]
    public void A_struct() => Assert.Equal(["A B Kind At V Prediction Probability"], Call("Cells"));

    [Fact]
    public void A_record_struct_with_a_label_that_may_be_null() => Assert.Equal([""], Call("Spots"));

    [Fact]
    public void Nested_and_generic_types() => Assert.Empty(Call("Nested"));

    [Fact]
    public void A_class_without_nullable_annotations() => Assert.Equal(
        [
            "At is null, and its declaration says that it cannot be: write ? behind its type, and Imputer or DropNulls before what reads it",
            "Row 1: At is null, and its declaration says that it cannot be: write ? behind its type, and Imputer or DropNulls before what reads it",
            "At has 2 elements, and wanted are 1",
            "Row 1: At has 2 elements, and wanted are 1",
        ],
        Call("Oblivious"));

    private static string[] Call(string method) => (string[])Driver.Value.GetMethod(method)!.Invoke(null, [])!;
}
