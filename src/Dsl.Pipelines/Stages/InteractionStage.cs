using System;
using System.ComponentModel;
using Dsl.Pipelines.Rows;
using Dsl.Pipelines.Stages;

namespace Dsl.Pipelines;

/// <summary>
/// All products of one element of each input; a class number counts as one-hot of all its classes. As Spark MLlib's: the last input runs fastest, and nothing times NaN is nothing. Straight-line
/// code takes an <see cref="InteractionProduct"/>.
/// </summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public static class InteractionStage
{
    /// <summary>The columnar form; a row in which an input is null has null.</summary>
    /// <param name="stage">The stage's name.</param>
    /// <param name="batch">The rows.</param>
    /// <param name="inputs">Columns of numbers and vectors.</param>
    /// <param name="classes">Of each input how many classes it is one-hot of; 0: its numbers themselves.</param>
    /// <param name="output">The column of vectors that is made.</param>
    /// <exception cref="PipelineException">A value is no class, or there are more products than a vector holds.</exception>
    public static void Transform(string stage, ColumnBatch batch, ReadOnlySpan<int> inputs, ReadOnlySpan<int> classes, int output)
    {
        Part[] parts = new Part[inputs.Length];
        bool[] has = new bool[batch.Count];
        Array.Fill(has, true);
        long size = 1;
        for (int i = 0; i < inputs.Length; i++)
        {
            parts[i] = new Part(stage, batch, inputs[i], classes[i]);
            size *= parts[i].Size;
            if (size > int.MaxValue)
                throw new PipelineException(stage, $"makes more than {int.MaxValue} elements");
            ReadOnlySpan<bool> nulls = batch.Nulls(inputs[i]);
            for (int row = 0; row < nulls.Length; row++)
                has[row] &= !nulls[row];
        }

        FirstFlaw flaw = new(batch);
        Vector empty = Vector.Sparse((int)size, [], []);
        FeatureRows made = FeatureRows.Made((int)size, batch.Count, (first, count) =>
        {
            Vector[] rows = new Vector[count];
            Array.Fill(rows, empty);
            flaw.Watch(first, first + count, row =>
            {
                if (has[row])
                    rows[row - first] = Product(parts, row);
            });
            return FeatureRows.BlockOf((int)size, first, count, row => rows[row - first]);
        });
        flaw.Throw();
        batch.Set(output, made, null, EachRow.MissingOf(has, isTraining: true));
    }

    private static Vector Product(Part[] parts, int row)
    {
        InteractionProduct product = new();
        foreach (Part part in parts)
            part.Multiply(row, ref product);
        return product.ToVector();
    }

    /// <summary>One of the inputs.</summary>
    private sealed class Part
    {
        private readonly string stage;
        private readonly int classes;
        private readonly double[]? numbers;
        private readonly FeatureRows? vectors;

        public Part(string stage, ColumnBatch batch, int column, int classes)
        {
            this.stage = stage;
            this.classes = classes;
            if (!batch.HasNumbers(column))
            {
                vectors = batch.Vectors(column);
                Size = vectors.Size;
            }
            else
            {
                numbers = batch.Numbers(column).ToArray();
                Size = Math.Max(1, classes);
            }
        }

        public int Size { get; }

        public void Multiply(int row, ref InteractionProduct product)
        {
            if (vectors is not null)
                product.Multiply(vectors.At(row));
            else if (classes > 0)
                product.MultiplyClass(stage, numbers![row], classes);
            else
                product.Multiply(numbers![row]);
        }
    }
}
