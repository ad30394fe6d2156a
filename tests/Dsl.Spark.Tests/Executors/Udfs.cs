using System;
using System.Text;

namespace Dsl.Spark.Tests.Executors;

internal sealed record Point(double X, double? Y, string? Name);

internal readonly record struct Span(int From, long? To);

internal sealed record Nested(Point Inner, DateOnly Day, float[] Weights, Span? Range);

/// <summary>A method for each kind of parameter and result.</summary>
internal static partial class Udfs
{
    [SparkUdf]
    public static double Distance(double x, double y) => Math.Sqrt((x * x) + (y * y));

    [SparkUdf]
    public static long Sum(long a, long? b) => a + (b ?? -1);

    [SparkUdf(Name = "greeting")]
    public static string? Greet(string name, string? title) => name.Length == 0 ? null : title + name;

    [SparkUdf]
    public static bool? Both(bool left, bool? right) => right is null ? null : left && right.Value;

    [SparkUdf]
    public static bool Small(sbyte a, short b, int c, float d) => a + b + c < d;

    [SparkUdf]
    public static float? Half(float? x) => x is null or < 0 ? null : x / 2;

    [SparkUdf]
    public static int Vowels(ReadOnlySpan<char> text)
    {
        int count = 0;
        foreach (char c in text)
            count += "aeiou".Contains(c, StringComparison.Ordinal) ? 1 : 0;
        return count;
    }

    [SparkUdf]
    public static int Bytes(ReadOnlySpan<byte> utf8) => utf8.Length;

    [SparkUdf]
    public static ReadOnlySpan<byte> FirstByte(ReadOnlySpan<byte> utf8) => utf8.Length > 0 && utf8[0] < 128 ? utf8[..1] : "?"u8;

    [SparkUdf]
    public static ReadOnlySpan<char> Trimmed(ReadOnlySpan<char> text) => text.Trim();

    [SparkUdf]
    public static byte[] Reversed(byte[] data)
    {
        byte[] copy = (byte[])data.Clone();
        Array.Reverse(copy);
        return copy;
    }

    [SparkUdf(Precision = 12, Scale = 3)]
    public static decimal Tax(decimal amount, decimal? rate) => amount * (rate ?? 0.19m);

    [SparkUdf]
    public static DateOnly NextDay(DateOnly day) => day.AddDays(1);

    [SparkUdf]
    public static DateTime Later(DateTime time, int seconds) => DateTime.SpecifyKind(time, DateTimeKind.Utc).AddSeconds(seconds);

    [SparkUdf(TimestampNtz = true)]
    public static DateTime? Midnight(DateTime? time) => time?.Date;

    [SparkUdf]
    public static string KindOf(DateTime time) => time.Kind.ToString();

    [SparkUdf]
    public static double Dot(ReadOnlySpan<double> left, ReadOnlySpan<float> right)
    {
        double sum = 0;
        for (int i = 0; i < Math.Min(left.Length, right.Length); i++)
            sum += left[i] * right[i];
        return sum;
    }

    [SparkUdf]
    public static int[]? Sorted(int[]? numbers)
    {
        if (numbers is not null)
            Array.Sort(numbers);
        return numbers;
    }

    [SparkUdf]
    public static ReadOnlySpan<long> Tail(ReadOnlySpan<long> numbers) => numbers.Length == 0 ? [] : numbers[1..];

    [SparkUdf]
    public static string?[] Words(string text) => text.Length == 0 ? new string?[] { null } : text.Split(' ');

    [SparkUdf]
    public static string Joined(string[] words, string?[]? further)
    {
        StringBuilder text = new(string.Join('+', words));
        foreach (string? word in further ?? [])
            text.Append('-').Append(word ?? "null");
        return text.ToString();
    }

    [SparkUdf]
    public static Point Scaled(Point point, double factor) => new(point.X * factor, point.Y * factor, point.Name);

    [SparkUdf]
    public static Nested? Deep(Nested? nested, Span span) =>
        nested is null ? null : new Nested(nested.Inner with { Name = span.From.ToString(System.Globalization.CultureInfo.InvariantCulture) }, nested.Day, nested.Weights, span);

    [SparkUdf]
    public static void Blend(ReadOnlySpan<double> x, ReadOnlySpan<int> weight, Span<float> result)
    {
        for (int i = 0; i < result.Length; i++)
            result[i] = (float)(x[i] * weight[i]);
    }

    // Names that generated code has too.
    [SparkUdf]
    public static int Run(int rows, int arguments, int result, int row, int @class) => rows + arguments + result + row + @class;
}
