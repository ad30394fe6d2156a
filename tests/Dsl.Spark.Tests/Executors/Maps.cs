using System;
using System.Collections.Generic;
using Dsl.Spark.Executors;

namespace Dsl.Spark.Tests.Executors;

internal sealed record Reading(long Id, double? Value, string Name, Point? Where);

internal readonly record struct Total(int Count, double Sum, decimal Share, string? Last, Point? Where);

/// <summary>Methods over partitions.</summary>
internal static partial class Maps
{
    [SparkMap(Precision = 9, Scale = 3)]
    public static IEnumerable<Total> Running(IEnumerable<Reading> rows)
    {
        int count = 0;
        double sum = 0;
        foreach (Reading row in rows)
        {
            sum += row.Value ?? 0;
            yield return new Total(++count, sum, count / 8m, row.Name.Length == 0 ? null : row.Name, row.Where);
        }
    }

    // Several rows for one, none for some.
    [SparkMap]
    public static IEnumerable<Point> Repeated(IEnumerable<Point> barrier)
    {
        foreach (Point point in barrier)
        {
            for (int i = 0; i < point.X; i++)
                yield return point with { Y = i };
        }
    }

    [SparkMap]
    public static IEnumerable<Point> Missing(IEnumerable<Point> rows)
    {
        foreach (Point point in rows)
            yield return point.X > 1 ? null! : point;
    }

    [SparkMap]
    public static IEnumerable<Span> Partitions(IEnumerable<Span> rows, ITask task)
    {
        int count = 0;
        foreach (Span _ in rows)
            count++;
        yield return new Span(task.Partition, count);
    }

    /// <summary>Each partition tells the others how many rows it has.</summary>
    [SparkMap]
    public static IEnumerable<Span> Met(IEnumerable<Span> rows, ITask task)
    {
        long count = 0;
        foreach (Span _ in rows)
            count++;
        long all = 0;
        foreach (string other in task.AllGather(count.ToString(System.Globalization.CultureInfo.InvariantCulture)))
            all += long.Parse(other, System.Globalization.CultureInfo.InvariantCulture);
        yield return new Span(task.Partition, all);
    }
}
