using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Text;
using Xunit;

namespace Dsl.Consumer.Tests.Snapshots;

/// <summary>What is generated for methods that Spark's executors call: as a reader sees it, and as the C# compiler does under any settings.</summary>
public sealed class FunctionSnapshotTests
{
    private const string Distance = """
        namespace Mine;
        public static partial class Udfs
        {
            [SparkUdf]
            public static double Distance(double x, double y) => System.Math.Sqrt((x * x) + (y * y));
        }
        """;

    private const string Nearest = """
        namespace Mine;
        public sealed record Place(string Name, double? Height);
        public static partial class Udfs
        {
            [SparkUdf(Name = "nearest \"place\"", Deterministic = false)]
            internal static Place Nearest(System.ReadOnlySpan<float> distances, Place home, long? limit, System.ReadOnlySpan<char> way) => home;
        }
        """;

    private const string Blend = """
        partial class Udfs
        {
            [SparkUdf]
            public static void Blend(System.ReadOnlySpan<double> x, System.ReadOnlySpan<int> weight, System.Span<float> result) => result.Clear();
        }
        """;

    private const string Known = """
        public sealed record Reading(long Sensor, double? Value, System.DateTime At);
        public readonly record struct Known(long Sensor, decimal Value);
        public static partial class Maps
        {
            [SparkMap(Precision = 12, Scale = 4)]
            public static System.Collections.Generic.IEnumerable<Known> OnlyKnown(System.Collections.Generic.IEnumerable<Reading> rows, Dsl.Spark.Executors.ITask task)
            {
                foreach (Reading row in rows)
                {
                    if (row.Value is double value)
                        yield return new Known(row.Sensor, (decimal)value);
                }
            }
        }
        """;

    // All kinds of values, in words that mean the same with and without nullable contexts.
    private const string All = """
        namespace Varied;
        using System;
        using System.Collections.Generic;
        public record Inner(bool? Flag, DateOnly Day, byte[] Data);
        public record struct Outer(Inner Inner, decimal Amount, string[] Words);
        public partial struct Functions
        {
            [SparkUdf] public static string A(string a, bool b, sbyte c, short d, int e, long f, float g, double h) => a;
            [SparkUdf] public static bool? B(bool? a, sbyte? b, decimal? c, DateOnly? d, DateTime? e) => a;
            [SparkUdf] public static decimal? C(decimal a, DateTime b) => a;
            [SparkUdf(TimestampNtz = true)] public static DateTime D(DateTime @class) => @class;
            [SparkUdf] public static Outer? E(Outer? values, Inner value, Outer result) => values;
            [SparkUdf] public static Inner F(Outer rows) => rows.Inner;
            [SparkUdf] public static ReadOnlySpan<char> G(ReadOnlySpan<char> a, ReadOnlySpan<byte> b, byte[] c) => a;
            [SparkUdf] public static ReadOnlySpan<byte> H(ReadOnlySpan<byte> a) => a;
            [SparkUdf] public static ReadOnlySpan<double> I(ReadOnlySpan<double> a, double[] b) => a;
            [SparkUdf] public static string[] J(string[] a, long[] b) => a;
            [SparkUdf] public static int? Run(int row, int start, int end, int hasNulls) => row;
            [SparkUdf] public static void K(ReadOnlySpan<sbyte> arguments, Span<short> result) { }
            [SparkMap] public static IEnumerable<Outer> L(IEnumerable<Inner> barrier) => null!;
            public partial record Nested
            {
                [SparkMap] private static IEnumerable<Inner> M(IEnumerable<Outer> output) => null!;
            }
        }
        """;

    [Theory]
    [InlineData("Distance", Distance)]
    [InlineData("Nearest", Nearest)]
    [InlineData("Blend", Blend)]
    [InlineData("OnlyKnown", Known)]
    public void Generated_code_reads_as_verified(string name, string source)
    {
        Consumer consumer = Consumer.Build(new Settings(Spark: true), "using Dsl;\n" + source);
        Assert.Empty(consumer.Complaints());
        Assert.Empty(consumer.Findings());
        Verified.Snapshot(name, Assert.Single(consumer.Run.GeneratedSources).SourceText.ToString());
    }

    [Fact]
    public void Every_combination_of_settings_compiles_without_a_warning()
    {
        foreach (Settings settings in Settings.All)
        {
            // The sample carries no comments of its own: CS1591 in it is right.
            string source = settings.Nullable ? All : All.Replace("null!", "null", StringComparison.Ordinal);
            Consumer consumer = Consumer.Build(settings with { Spark = true }, "using Dsl;\n" + source);
            Assert.Equal(14, consumer.Run.GeneratedSources.Length);
            Assert.Empty(consumer.Findings());
            IEnumerable<Diagnostic> complaints = consumer.Complaints().Where(one => one.Id != "CS1591" || one.Location.SourceTree?.FilePath.EndsWith(".g.cs", StringComparison.Ordinal) == true);
            Assert.True(!complaints.Any(), $"{settings}:\n{string.Join("\n", complaints)}");
        }
    }

    [Fact]
    public void Generated_code_hides_no_compiler_warning_but_missing_comments()
    {
        Consumer consumer = Consumer.Build(new Settings(Spark: true), "using Dsl;\n" + All);
        Compilation compilation = consumer.Compilation;
        foreach (GeneratedSourceResult file in consumer.Run.GeneratedSources)
        {
            string text = file.SourceText.ToString();
            compilation = compilation.ReplaceSyntaxTree(
                file.SyntaxTree,
                file.SyntaxTree.WithChangedText(SourceText.From(text.Replace("#pragma warning disable\n", "", StringComparison.Ordinal))));
        }

        using MemoryStream image = new();
        Assert.Empty(compilation.Emit(image).Diagnostics.Where(one => one.Severity >= DiagnosticSeverity.Warning && one.Id != "CS1591"));
    }
}
