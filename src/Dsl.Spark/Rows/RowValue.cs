using System;
using Dsl.Spark.Arrow;
using Dsl.Spark.Types;

namespace Dsl.Spark.Rows;

/// <summary>Reads a value of a column that is not null, unless what it was made of takes null.</summary>
/// <param name="column">The column.</param>
/// <param name="row">The row, from 0.</param>
public delegate T ValueReader<out T>(ArrowColumn column, int row);

/// <summary>What a C# type is in a column; <see cref="RowValues"/> has them.</summary>
/// <typeparam name="T">The type.</typeparam>
public abstract class RowValue<T>
{
    private protected RowValue(DataType type) => Type = type;

    /// <summary>The type of the column that is written.</summary>
    public DataType Type { get; }

    /// <summary>Whether it may be null.</summary>
    internal virtual bool IsNullable => false;

    /// <summary>Makes what reads it.</summary>
    /// <param name="given">The type of the column.</param>
    /// <param name="path">The column's name, for errors.</param>
    /// <exception cref="InvalidOperationException">It cannot be read from such a column.</exception>
    internal abstract ValueReader<T> Reader(DataType given, string path);

    /// <summary>Adds it to a column.</summary>
    internal abstract void Append(ColumnBuilder column, T value);

    private protected InvalidOperationException Mismatch(DataType given, string path) =>
        new($"Column '{path}' is {given}, but {Type} is wanted for {typeof(T).Name}: cast it, as in Col(\"{path}\").Cast(\"{Type}\").");
}

/// <summary>Values that Arrow has in as many bytes each.</summary>
internal sealed class FixedValue<TStored, T>(DataType type, Func<TStored, T> read, Func<T, TStored> write) : RowValue<T>(type)
    where TStored : unmanaged
{
    internal override ValueReader<T> Reader(DataType given, string path) => given == Type ? (column, row) => read(column.Values<TStored>()[row]) : throw Mismatch(given, path);

    internal override void Append(ColumnBuilder column, T value) => column.Append(write(value));
}

/// <summary>Values that are read and written in a way of their own.</summary>
internal sealed class OtherValue<T>(DataType type, Func<DataType, ValueReader<T>?> read, Action<ColumnBuilder, T> write) : RowValue<T>(type)
{
    internal override ValueReader<T> Reader(DataType given, string path) => read(given) ?? throw Mismatch(given, path);

    internal override void Append(ColumnBuilder column, T value) => write(column, value);
}

/// <summary>A value or null.</summary>
/// <param name="inner">The value.</param>
/// <param name="wrap">Makes it what may be null.</param>
/// <param name="unwrap">Gives the value of what is not null.</param>
internal sealed class NullableValue<T, TNullable>(RowValue<T> inner, Func<T, TNullable> wrap, Func<TNullable, T> unwrap) : RowValue<TNullable>(inner.Type)
{
    internal override bool IsNullable => true;

    internal override ValueReader<TNullable> Reader(DataType given, string path)
    {
        // A column of null alone has no values to be read wrongly.
        if (given is NullType)
            return (_, _) => default!;
        ValueReader<T> read = inner.Reader(given, path);
        return (column, row) => column.IsNull(row) ? default! : wrap(read(column, row));
    }

    internal override void Append(ColumnBuilder column, TNullable value)
    {
        if (value is null)
            column.AppendNull();
        else
            inner.Append(column, unwrap(value));
    }
}

/// <summary>A list.</summary>
/// <param name="element">Its elements.</param>
/// <param name="make">Makes it of an array.</param>
/// <param name="elements">Its elements as they are written.</param>
internal sealed class ListValue<T, TList>(RowValue<T> element, Func<T[], TList> make, Func<TList, System.Collections.Generic.IEnumerable<T>> elements)
    : RowValue<TList>(new ArrayType(element.Type, element.IsNullable))
{
    internal override ValueReader<TList> Reader(DataType given, string path)
    {
        if (given is not ArrayType array)
            throw Mismatch(given, path);
        ValueReader<T> read = element.Reader(array.ElementType, path + "[]");
        return (column, row) =>
        {
            ArrowColumn all = column.Children[0];
            int start = column.Offsets[row];
            T[] values = new T[column.Offsets[row + 1] - start];
            for (int i = 0; i < values.Length; i++)
            {
                if (!element.IsNullable && all.IsNull(start + i))
                    throw new InvalidOperationException($"Column '{path}' has an array with null in it, but the record's elements are {typeof(T).Name}, never null: make them nullable.");
                values[i] = read(all, start + i);
            }

            return make(values);
        };
    }

    internal override void Append(ColumnBuilder column, TList value)
    {
        foreach (T one in elements(value))
        {
            if (one is null && !element.IsNullable)
                throw new InvalidOperationException($"An element of a list of {typeof(T).Name} is null, but it is declared never to be.");
            element.Append(column.Children[0], one);
        }

        column.AppendRow();
    }
}

/// <summary>A record within a record: a struct.</summary>
internal sealed class NestedValue<TRow>(RowMapper<TRow> mapper) : RowValue<TRow>(mapper.Schema)
{
    internal override ValueReader<TRow> Reader(DataType given, string path)
    {
        if (given is not StructType fields)
            throw Mismatch(given, path);
        MemberReader<TRow> read = mapper.ReaderOf(fields, path + ".");
        return (column, row) => read(column.Children, row);
    }

    internal override void Append(ColumnBuilder column, TRow value)
    {
        mapper.Append(column.Children, value);
        column.AppendRow();
    }
}
