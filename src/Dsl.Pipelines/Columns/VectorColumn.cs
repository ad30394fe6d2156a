using System;
using System.ComponentModel;
using Dsl.Pipelines.Rows;

namespace Dsl.Pipelines;

/// <summary>A column of vectors that generated code fills row by row, each copied to where it stays: a table of arrays lies in memory once beside its rows.</summary>
/// <param name="name">The column's name.</param>
/// <param name="size">Elements of each; 0: as many as the first has, which must have one.</param>
/// <param name="count">How many rows there will be.</param>
[EditorBrowsable(EditorBrowsableState.Never)]
public sealed class VectorColumn(string name, int size, int count)
{
    private FeatureRows? rows;
    private bool[]? nulls;
    private double[] room = [];
    private int added;

    /// <summary>Adds a vector.</summary>
    /// <param name="values">Its elements.</param>
    /// <param name="row">Which row it is among all, for messages.</param>
    /// <exception cref="PipelineException">It has another size.</exception>
    public void Add(double[] values, long row)
    {
        ArgumentNullException.ThrowIfNull(values);
        Add(new Vector(values, 0, values.Length), row);
    }

    /// <inheritdoc cref="Add(double[], long)"/>
    public void Add(float[] values, long row)
    {
        ArgumentNullException.ThrowIfNull(values);
        if (room.Length != values.Length)
            room = new double[values.Length];
        for (int i = 0; i < room.Length; i++)
            room[i] = values[i];
        Add(new Vector(room, 0, room.Length), row);
    }

    /// <inheritdoc cref="Add(double[], long)"/>
    public void Add(Vector vector, long row)
    {
        RowColumns.CheckSize(name, vector.Size, size, row);
        size = vector.Size;
        if (rows is null)
            Begin();
        rows!.Add(vector);
        added++;
    }

    /// <summary>Adds a null.</summary>
    public void AddNull()
    {
        nulls ??= new bool[count];
        nulls[added++] = true;
        rows?.Add(Vector.Sparse(size, [], []));
    }

    /// <summary>Puts the column into a batch.</summary>
    /// <param name="batch">The rows.</param>
    /// <param name="column">Its number.</param>
    public void Set(ColumnBatch batch, int column)
    {
        ArgumentNullException.ThrowIfNull(batch);
        if (rows is null)
            Begin();
        batch.Set(column, rows!, nulls: nulls);
    }

    /// <summary>Once the size is known, or nothing more comes: the nulls that were added before.</summary>
    private void Begin()
    {
        rows = new FeatureRows(Math.Max(size, 1));
        for (int i = 0; i < added; i++)
            rows.Add(Vector.Sparse(Math.Max(size, 1), [], []));
    }
}
