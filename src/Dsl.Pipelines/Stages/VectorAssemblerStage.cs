using System;
using System.ComponentModel;
using System.Linq;
using Dsl.Pipelines.Columns;
using Dsl.Pipelines.Rows;
using Dsl.Pipelines.Stages;

namespace Dsl.Pipelines;

/// <summary>
/// Numbers, flags and vectors one behind the other in one vector. Straight-line code writes the elements of a dense row itself, null as NaN, and asks <see cref="Keeps"/> of each number; where
/// a part may be sparse it takes an <see cref="AssembledVector"/>. As Spark MLlib's: NaN within a vector is no matter.
/// </summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public static class VectorAssemblerStage
{
    /// <summary>The columnar form.</summary>
    /// <param name="stage">The stage's name.</param>
    /// <param name="batch">The rows; those with null or NaN are dropped with <see cref="HandleInvalid.Skip"/>.</param>
    /// <param name="inputs">Columns of numbers, flags, vectors.</param>
    /// <param name="output">The column of vectors that is made.</param>
    /// <param name="handleInvalid">What becomes of null and NaN.</param>
    /// <param name="isTraining">What is made is a training column: a row with null or NaN has null, unless they are kept.</param>
    /// <exception cref="PipelineException">A row has null or NaN, which are errors.</exception>
    public static void Transform(string stage, ColumnBatch batch, ReadOnlySpan<int> inputs, int output, HandleInvalid handleInvalid, bool isTraining = false)
    {
        Part[] parts = [.. inputs.ToArray().Select(input => new Part(batch, input))];
        int size = parts.Aggregate(0, (sum, part) => checked(sum + part.Size));
        HandleInvalid handling = isTraining && handleInvalid == HandleInvalid.Error ? HandleInvalid.Skip : handleInvalid;
        bool[] has = new bool[batch.Count];
        FirstFlaw flaw = new(batch);
        FeatureRows made = FeatureRows.Made(size, batch.Count, (first, count) =>
        {
            if (Array.Exists(parts, part => part.IsSparse(first, count)))
            {
                Vector[] rows = new Vector[count];
                Array.Fill(rows, Vector.Sparse(size, [], []));
                flaw.Watch(first, first + count, row =>
                {
                    rows[row - first] = Assemble(parts, row);
                    has[row] = KeepsAll(stage, parts, row, handling);
                });
                return FeatureRows.BlockOf(size, first, count, row => rows[row - first]);
            }

            double[] values = new double[count * size];
            flaw.Watch(first, first + count, row =>
            {
                Span<double> elements = values.AsSpan((row - first) * size, size);
                Assemble(parts, row, elements);
                has[row] = KeepsAll(stage, parts, row, handling);
            });
            return new FeatureBlock(first, count, size, values, null, null);
        });
        flaw.Throw();
        batch.Set(output, made, ElementNames.Concat(parts.Select(part => part.Names)), EachRow.MissingOf(has, isTraining));
        if (!isTraining)
            batch.Keep(has);
    }

    /// <summary>Whether a row stays that has this number.</summary>
    /// <param name="stage">The stage's name.</param>
    /// <param name="column">The number's column.</param>
    /// <param name="value">The number; NaN for null, also for a vector that is null.</param>
    /// <param name="handleInvalid">What becomes of NaN.</param>
    /// <returns>False where the row is to be dropped.</returns>
    /// <exception cref="PipelineException">The number is NaN, which is an error.</exception>
    public static bool Keeps(string stage, string column, double value, HandleInvalid handleInvalid) =>
        !double.IsNaN(value) || handleInvalid == HandleInvalid.Keep || (handleInvalid == HandleInvalid.Skip
            ? false
            : throw new PipelineException(stage, $"needs numbers, but {column} is null or NaN: HandleInvalid.Keep makes it NaN, Skip drops the row, Imputer fills it before"));

    private static bool KeepsAll(string stage, Part[] parts, int row, HandleInvalid handleInvalid)
    {
        foreach (Part part in parts)
        {
            if (!Keeps(stage, part.Column, part.NumberAt(row), handleInvalid))
                return false;
        }

        return true;
    }

    private static void Assemble(Part[] parts, int row, Span<double> elements)
    {
        foreach (Part part in parts)
        {
            part.CopyTo(row, elements[..part.Size]);
            elements = elements[part.Size..];
        }
    }

    private static Vector Assemble(Part[] parts, int row)
    {
        AssembledVector vector = new(parts.Length);
        foreach (Part part in parts)
            part.AddTo(row, ref vector);
        return vector.ToVector();
    }

    /// <summary>One of the columns.</summary>
    private sealed class Part
    {
        private readonly double[]? numbers;
        private readonly FeatureRows? vectors;
        private readonly bool[]? nulls;

        public Part(ColumnBatch batch, int column)
        {
            Column = batch.NameOf(column);
            nulls = EachRow.NullsOf(batch, column);
            if (batch.HasNumbers(column))
            {
                numbers = batch.Numbers(column).ToArray();
                Size = 1;
                Names = new ElementNames([new ElementRun(Column, 1, Numbered: false, Categories: batch.ClassesOf(column))]);
            }
            else
            {
                vectors = batch.Vectors(column);
                Size = vectors.Size;
                Names = batch.ElementsOf(column);
            }
        }

        public string Column { get; }

        public int Size { get; }

        public ElementNames Names { get; }

        public bool IsSparse(int first, int count) => vectors is not null && vectors.AreSparse(first, count);

        /// <summary>The number; of null NaN, of a vector any.</summary>
        public double NumberAt(int row) => nulls is not null && nulls[row] ? double.NaN : numbers is null ? 0 : numbers[row];

        public void CopyTo(int row, Span<double> elements)
        {
            if (nulls is not null && nulls[row])
                elements.Fill(double.NaN);
            else if (numbers is not null)
                elements[0] = numbers[row];
            else
                vectors!.At(row).CopyTo(elements);
        }

        public void AddTo(int row, ref AssembledVector vector)
        {
            if (nulls is not null && nulls[row])
                vector.AddNull(Size);
            else if (numbers is not null)
                vector.Add(numbers[row]);
            else
                vector.Add(vectors!.At(row));
        }
    }
}
