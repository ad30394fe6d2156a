using System;
using System.Collections.Generic;
using Dsl.Spark.Arrow;
using Dsl.Spark.Types;

namespace Dsl.Spark.Rows;

/// <summary>A record that is a row of a table. The generator adds it to records that are marked <c>[SparkRow]</c>.</summary>
/// <typeparam name="TRow">The record itself.</typeparam>
public interface ISparkRow<TRow>
    where TRow : ISparkRow<TRow>
{
    /// <summary>How rows become records, and records rows.</summary>
    static abstract RowMapper<TRow> Mapper { get; }
}

/// <summary>Reads a member of a row.</summary>
/// <param name="columns">The columns of the schema that it was made for.</param>
/// <param name="row">The row, from 0.</param>
public delegate T MemberReader<out T>(ReadOnlySpan<ArrowColumn> columns, int row);

/// <summary>How the rows of a table become records, and records rows. The generator derives one for each record.</summary>
/// <typeparam name="TRow">The record.</typeparam>
public abstract class RowMapper<TRow>
{
    private readonly Action<ColumnBuilder, TRow>[] appends;

    /// <summary>A mapper of these members.</summary>
    /// <param name="members">The members in the order of the columns that are written.</param>
    protected RowMapper(params RowMember<TRow>[] members)
    {
        ArgumentNullException.ThrowIfNull(members);
        appends = Array.ConvertAll(members, member => member.Append);
        Schema = new StructType(Array.ConvertAll(members, member => member.Field));
    }

    /// <summary>The columns that records give, named like the members.</summary>
    public StructType Schema { get; }

    /// <summary>Makes what reads records out of the columns of a schema. Columns that the record has no member for are passed over; names are found as written, else whatever the case.</summary>
    /// <param name="schema">The schema.</param>
    /// <exception cref="InvalidOperationException">A column is missing or has another type: it names the column, what is wanted and what is given.</exception>
    public MemberReader<TRow> ReaderOf(StructType schema)
    {
        ArgumentNullException.ThrowIfNull(schema);
        return ReaderOf(schema, "");
    }

    /// <inheritdoc cref="ReaderOf(StructType)"/>
    /// <param name="schema">The schema.</param>
    /// <param name="prefix">What stands before its names in errors.</param>
    internal MemberReader<TRow> ReaderOf(StructType schema, string prefix) => Bind(new RowBinding(schema, prefix));

    /// <summary>Reads the rows of a batch.</summary>
    /// <param name="reader">From <see cref="ReaderOf(StructType)"/>, of the batch's schema.</param>
    /// <param name="batch">The batch.</param>
    internal static IEnumerable<TRow> Read(MemberReader<TRow> reader, RecordBatch batch)
    {
        for (int row = 0; row < batch.Count; row++)
            yield return reader(batch.ColumnSpan, row);
    }

    /// <summary>Builders of the columns of <see cref="Schema"/>.</summary>
    internal ColumnBuilder[] NewBuilders() => [.. System.Linq.Enumerable.Select(Schema.Fields, field => new ColumnBuilder(field.DataType))];

    /// <summary>Adds a record to the columns.</summary>
    /// <param name="columns">A builder for each column of <see cref="Schema"/>.</param>
    /// <param name="row">The record.</param>
    public void Append(ReadOnlySpan<ColumnBuilder> columns, TRow row)
    {
        for (int i = 0; i < appends.Length; i++)
            appends[i](columns[i], row);
    }

    /// <summary>Makes what reads a record out of what reads its members; generated.</summary>
    /// <param name="row">Finds columns.</param>
    protected abstract MemberReader<TRow> Bind(RowBinding row);
}

/// <summary>A member of a record, as it is written.</summary>
/// <typeparam name="TRow">The record.</typeparam>
public sealed class RowMember<TRow>
{
    internal RowMember(StructField field, Action<ColumnBuilder, TRow> append)
    {
        Field = field;
        Append = append;
    }

    internal StructField Field { get; }

    internal Action<ColumnBuilder, TRow> Append { get; }
}

/// <summary>Makes members of records; for generated code.</summary>
public static class RowMember
{
    /// <summary>A member.</summary>
    /// <typeparam name="TRow">The record.</typeparam>
    /// <typeparam name="T">Its type.</typeparam>
    /// <param name="name">Its name, which is the column's.</param>
    /// <param name="value">What it is in a column.</param>
    /// <param name="get">Gives it.</param>
    public static RowMember<TRow> Of<TRow, T>(string name, RowValue<T> value, Func<TRow, T> get)
    {
        ArgumentNullException.ThrowIfNull(value);
        ArgumentNullException.ThrowIfNull(get);
        return new RowMember<TRow>(new StructField(name, value.Type, value.IsNullable), (column, row) =>
        {
            // A reference may be null against its annotation.
            T member = get(row);
            if (member is null && !value.IsNullable)
                throw new InvalidOperationException($"{typeof(TRow).Name}.{name} is null, but it is declared never to be.");
            value.Append(column, member);
        });
    }
}

/// <summary>Finds the columns of a record's members, and checks them before any row is read.</summary>
public sealed class RowBinding
{
    private readonly StructType schema;
    private readonly string prefix;

    internal RowBinding(StructType schema, string prefix)
    {
        this.schema = schema;
        this.prefix = prefix;
    }

    /// <summary>Makes what reads a member.</summary>
    /// <typeparam name="T">Its type.</typeparam>
    /// <param name="name">Its name.</param>
    /// <param name="value">What it is in a column.</param>
    /// <exception cref="InvalidOperationException">There is no such column, or it has another type.</exception>
    public MemberReader<T> Member<T>(string name, RowValue<T> value)
    {
        ArgumentNullException.ThrowIfNull(value);
        int place = PlaceOf(name);
        string path = prefix + schema.Fields[place].Name;
        ValueReader<T> read = value.Reader(schema.Fields[place].DataType, path);
        return value.IsNullable
            ? (columns, row) => read(columns[place], row)
            : (columns, row) => columns[place].IsNull(row)
                ? throw new InvalidOperationException($"Column '{path}' is null in a row, but {name} of the record is {typeof(T).Name}, never null: make it nullable, or filter such rows.")
                : read(columns[place], row);
    }

    private int PlaceOf(string name)
    {
        int place = schema.IndexOf(name);
        if (place >= 0)
            return place;
        for (int i = 0; i < schema.Fields.Length; i++)
        {
            if (!string.Equals(schema.Fields[i].Name, name, StringComparison.OrdinalIgnoreCase))
                continue;
            if (place >= 0)
                throw new InvalidOperationException($"'{prefix}{name}' is wanted, but {schema.Fields[place].Name} and {schema.Fields[i].Name} differ from it by case alone: rename one of them.");
            place = i;
        }

        return place >= 0 ? place : throw new InvalidOperationException($"There is no column '{prefix}{name}'; there are {string.Join(", ", schema.Names)}.");
    }
}
