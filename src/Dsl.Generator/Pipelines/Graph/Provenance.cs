using System.Collections.Generic;
using System.Linq;
using Dsl.Generator.Declaring;

namespace Dsl.Generator.Pipelines.Graph;

/// <summary>What columns are made of.</summary>
internal static class Provenance
{
    /// <summary>The way from one column to another that is made of it, both included; null where there is none. Predictions end it.</summary>
    public static IReadOnlyList<Column>? Way(Column from, Column to)
    {
        if (from.Index == to.Index)
            return [to];
        if (to.IsPrediction)
            return null;
        foreach (Column source in to.Sources)
        {
            if (Way(from, source) is { } way)
                return [.. way, to];
        }

        return null;
    }

    /// <summary>A column, the one column that it is made from, the one that this is made from, and so on.</summary>
    public static IEnumerable<Column> OriginsOf(Column column)
    {
        for (Column one = column; ; one = one.Sources[0])
        {
            yield return one;
            if (one.IsPrediction || one.Sources.Count != 1)
                yield break;
        }
    }

    /// <summary>Reports a label that is among the features, or what it is made from (DSL514).</summary>
    public static void CheckLeak(StageSite site, IReadOnlyList<Column> features, Column label)
    {
        foreach (Column origin in OriginsOf(label))
        {
            foreach (Column feature in features)
            {
                if (Way(origin, feature) is not { } way)
                    continue;
                string what = origin.Index == label.Index ? $"has its label {label.Name} among its features" : $"has {origin.Name}, which its label {label.Name} is made from, among its features";
                site.FailColumn(Descriptors.LabelLeaks, Place.Argument(site.Ordinal, "features"), $"{what}: {Text(way)}");
                return;
            }
        }
    }

    /// <summary>How a sensitive column came to be so: <c>Tag → Length</c>.</summary>
    public static string SensitiveWay(Column column)
    {
        List<Column> way = [column];
        while (way[0].Sources.FirstOrDefault(source => source.IsSensitive) is { } source)
            way.Insert(0, source);
        return Text(way);
    }

    /// <summary>A way as messages show it; one that changes in place is named once.</summary>
    public static string Text(IEnumerable<Column> way)
    {
        List<string> names = [];
        foreach (Column column in way)
        {
            if (names.Count == 0 || names[names.Count - 1] != column.Name)
                names.Add(column.Name);
        }

        return string.Join(" → ", names);
    }
}
