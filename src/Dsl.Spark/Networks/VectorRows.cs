using System;
using Dsl.Spark.Arrow;
using Dsl.Spark.Executors;
using Dsl.Spark.Types;

namespace Dsl.Spark.Networks;

/// <summary>Rows of Spark ML's vectors, dense and sparse: <see cref="VectorType.Storage"/>.</summary>
internal sealed class VectorRows<T>(DataType type, int size) : ColumnRows<T>(type, size)
    where T : unmanaged
{
    public override bool Read(int row, Span<T> values)
    {
        ReadOnlySpan<ArrowColumn> fields = Column.Children;
        if (Column.IsNull(row) || fields[3].IsNull(row))
            return false;
        ReadOnlySpan<double> given = fields[3].List<double>(row);
        if (fields[0].Values<sbyte>()[row] == ArrowValues.DenseVector)
        {
            if (given.Length != Size)
                return false;
            NumberConversion.Convert(given, values);
            return true;
        }

        if (fields[1].IsNull(row) || fields[1].Values<int>()[row] != Size || fields[2].IsNull(row))
            return false;
        ReadOnlySpan<int> indices = fields[2].List<int>(row);
        if (indices.Length != given.Length)
            return false;
        values.Clear();
        for (int i = 0; i < indices.Length; i++)
        {
            if ((uint)indices[i] >= (uint)values.Length)
                return false;
            NumberConversion.Convert(given.Slice(i, 1), values.Slice(indices[i], 1));
        }

        return true;
    }

    public override string FlawOf(int row)
    {
        ReadOnlySpan<ArrowColumn> fields = Column.Children;
        if (Column.IsNull(row))
            return "is null";
        bool isDense = fields[0].Values<sbyte>()[row] == ArrowValues.DenseVector;
        long length = isDense ? fields[3].List<double>(row).Length : fields[1].Values<int>()[row];
        return length != Size ? WrongLength(length) : "is no vector: its indices do not fit its size and its values";
    }
}
