using System;
using System.Collections.Generic;
using System.Linq;
using Dsl.Spark.Protocol;

namespace Dsl.Spark.Sql;

/// <summary>What to do about rows with null or NaN.</summary>
public sealed class DataFrameNaFunctions
{
    private readonly DataFrame table;

    internal DataFrameNaFunctions(DataFrame table) => this.table = table;

    /// <summary>The rows without null and NaN.</summary>
    /// <param name="how"><c>any</c>: a row goes that has one; <c>all</c>: one that has nothing else.</param>
    /// <param name="columns">Where it is looked at; none for all columns.</param>
    public DataFrame Drop(string how = "any", params string[] columns) => how switch
    {
        "any" => Drop(leastValues: null, columns),
        "all" => Drop(1, columns),
        _ => throw new ArgumentException($"how is '{how}'; any or all is wanted.", nameof(how)),
    };

    /// <summary>The rows with so many values that are neither null nor NaN.</summary>
    /// <param name="minNonNulls">How many at least.</param>
    /// <param name="columns">Where it is looked at; none for all columns.</param>
    public DataFrame Drop(int minNonNulls, params string[] columns) => Drop((int?)minNonNulls, columns);

    /// <summary>A value instead of null and NaN, in columns of its type.</summary>
    /// <param name="value">A number, text, or true or false.</param>
    /// <param name="columns">Where; none for all columns.</param>
    public DataFrame Fill(object value, params string[] columns) => Fill([value], columns);

    /// <summary>Values instead of null and NaN.</summary>
    /// <param name="values">For each column its value.</param>
    public DataFrame Fill(IReadOnlyDictionary<string, object> values) => Fill(values.Values, values.Keys);

    /// <summary>Values instead of others.</summary>
    /// <param name="columns">Where; none for all columns.</param>
    /// <param name="replacement">What for what: numbers, text, or true and false; null as a new value.</param>
    public DataFrame Replace(IEnumerable<string> columns, IEnumerable<KeyValuePair<object, object?>> replacement) => table.Derive(_ =>
    {
        NAReplace replace = new() { Input = table.Relation };
        replace.Cols.AddRange(columns);
        replace.Replacements.AddRange(replacement.Select(one => new NAReplace.Types.Replacement { OldValue = ToDouble(one.Key), NewValue = ToDouble(one.Value) }));
        return new Relation { Replace = replace };
    });

    // Spark replaces numbers as doubles, whatever the column's type.
    private static Expression.Types.Literal ToDouble(object? value) =>
        Literals.From(value is sbyte or short or int or long or float ? Convert.ToDouble(value, null) : value);

    private DataFrame Drop(int? leastValues, string[] columns) => table.Derive(_ =>
    {
        NADrop drop = new() { Input = table.Relation };
        drop.Cols.AddRange(columns);
        if (leastValues is { } count)
            drop.MinNonNulls = count;
        return new Relation { DropNa = drop };
    });

    private DataFrame Fill(IEnumerable<object> values, IEnumerable<string> columns) => table.Derive(_ =>
    {
        NAFill fill = new() { Input = table.Relation };
        fill.Cols.AddRange(columns);
        // Spark takes integers as 64 bits and fractions in double precision only.
        fill.Values.AddRange(values.Select(one => Literals.From(one switch
        {
            sbyte or short or int => Convert.ToInt64(one, null),
            float number => (double)number,
            _ => one,
        })));
        return new Relation { FillNa = fill };
    });
}
