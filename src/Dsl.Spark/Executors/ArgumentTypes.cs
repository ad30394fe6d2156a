using System;
using System.Collections.Generic;
using Dsl.Spark.Arrow;
using Dsl.Spark.Types;

namespace Dsl.Spark.Executors;

/// <summary>
/// Whether the columns that Spark sends are those that a method takes. Spark inserts no casts before functions of executors, so that another type is an error, and the buffers of
/// one read as another would be wrong results. For generated code.
/// </summary>
public static class ArgumentTypes
{
    /// <summary>Looks at the columns of a first batch.</summary>
    /// <param name="function">The method, for the error.</param>
    /// <param name="columns">What Spark sends.</param>
    /// <param name="names">The method's parameters.</param>
    /// <param name="wanted">
    /// What each takes, whatever may be null; a decimal is one of any precision and scale, a timestamp may be one without a zone, binary may be text, and a struct may have further fields.
    /// </param>
    /// <exception cref="InvalidOperationException">There are other columns: it names the first, what is wanted, and what is given.</exception>
    public static void Check(string function, ReadOnlySpan<ArrowColumn> columns, ReadOnlySpan<string> names, ReadOnlySpan<DataType> wanted)
    {
        if (columns.Length != wanted.Length)
            throw new InvalidOperationException($"{function} takes {wanted.Length} columns ({string.Join(", ", names.ToArray())}), but Spark sends {columns.Length}.");
        for (int i = 0; i < wanted.Length; i++)
            Check(function, names[i], columns[i].Type, wanted[i]);
    }

    /// <summary>Looks at the columns of a partition, which are found by name.</summary>
    /// <param name="function">The method, for the error.</param>
    /// <param name="schema">What Spark sends.</param>
    /// <param name="wanted">The columns that must be there, as in <see cref="Check(string, ReadOnlySpan{ArrowColumn}, ReadOnlySpan{string}, ReadOnlySpan{DataType})"/>.</param>
    /// <exception cref="InvalidOperationException">One is missing or has another type.</exception>
    public static void Check(string function, StructType schema, StructType wanted)
    {
        ArgumentNullException.ThrowIfNull(schema);
        ArgumentNullException.ThrowIfNull(wanted);
        foreach (StructField one in wanted.Fields)
        {
            int place = schema.IndexOf(one.Name);
            if (place < 0)
                throw new InvalidOperationException($"{function} takes a column {one.Name} ({Words(one.DataType)}), but Spark sends {Listing(schema)}. Names differ by case.");
            Check(function, one.Name, schema.Fields[place].DataType, one.DataType);
        }
    }

    /// <summary>A field's column of a struct's column.</summary>
    /// <param name="column">A column of structs.</param>
    /// <param name="name">The field; it is there, see <see cref="Check(string, ReadOnlySpan{ArrowColumn}, ReadOnlySpan{string}, ReadOnlySpan{DataType})"/>.</param>
    public static ArrowColumn Field(ArrowColumn column, string name)
    {
        ArgumentNullException.ThrowIfNull(column);
        return column.Children[((StructType)column.Type).IndexOf(name)];
    }

    /// <summary>A column of a batch.</summary>
    /// <param name="batch">The batch.</param>
    /// <param name="name">The column; it is there.</param>
    public static ArrowColumn Field(RecordBatch batch, string name)
    {
        ArgumentNullException.ThrowIfNull(batch);
        return batch.Columns[batch.Schema.IndexOf(name)];
    }

    /// <summary>The error of a row with a null where the method's record has none.</summary>
    /// <param name="function">The method.</param>
    /// <param name="column">The column.</param>
    public static InvalidOperationException NullIn(string function, string column) =>
        new($"{function} takes rows without a null in {column}, but there is one: let the record's {column} be nullable, or filter the rows.");

    private static void Check(string function, string path, DataType given, DataType wanted)
    {
        if (wanted is StructType fields && given is StructType all)
        {
            foreach (StructField one in fields.Fields)
            {
                int place = all.IndexOf(one.Name);
                if (place < 0)
                    throw new InvalidOperationException($"{function} takes a struct with a field {one.Name} ({Words(one.DataType)}) as {path}, but Spark sends {given}. Names differ by case.");
                Check(function, $"{path}.{one.Name}", all.Fields[place].DataType, one.DataType);
            }

            return;
        }

        if (!Fits(given, wanted))
            throw new InvalidOperationException($"{function} takes {Words(wanted)} as {path}, but Spark sends {given}: Spark casts nothing here, so cast the column, as in Col(\"{path}\").Cast(\"{Cast(wanted)}\").");
    }

    /// <summary>Whether a column of one type can be taken for another.</summary>
    internal static bool Fits(DataType given, DataType wanted) => (given, wanted) switch
    {
        (DecimalType, DecimalType) or (TimestampNtzType, TimestampType) or (StringType, BinaryType) => true,
        (ArrayType left, ArrayType right) => Fits(left.ElementType, right.ElementType),
        _ => given == wanted,
    };

    private static string Words(DataType wanted) => wanted switch
    {
        DecimalType => "decimal",
        TimestampType => "timestamp or timestamp_ntz",
        BinaryType => "string or binary",
        _ => wanted.SimpleString,
    };

    private static string Cast(DataType wanted) => wanted is BinaryType ? "string" : wanted.SimpleString;

    /// <summary>The columns of a table, for messages.</summary>
    internal static string Listing(StructType schema)
    {
        List<string> columns = [];
        foreach (StructField one in schema.Fields)
            columns.Add($"{one.Name} ({one.DataType})");
        return columns.Count == 0 ? "none" : string.Join(", ", columns);
    }
}
