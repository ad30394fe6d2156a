using System;
using System.Collections.Generic;
using System.ComponentModel;
using Dsl.Pipelines.Columns;
using Dsl.Pipelines.Stages;

namespace Dsl.Pipelines;

/// <summary>All products of up to so many elements, in the order of Spark MLlib: of (a, b) with degree 2 a, a², b, ab, b².</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public static class PolynomialExpansionStage
{
    /// <summary>How many products there are: binomial(size + degree, degree) - 1.</summary>
    /// <param name="stage">The stage's name.</param>
    /// <param name="size">Elements of the vector.</param>
    /// <param name="degree">At least 1.</param>
    /// <exception cref="PipelineException">There are more than a vector holds.</exception>
    public static int SizeOf(string stage, int size, int degree)
    {
        long products = ProductsOf(size, degree);
        return products <= int.MaxValue
            ? (int)products - 1
            : throw new PipelineException(stage, $"makes more than {int.MaxValue} elements of {size} by degree {degree}");
    }

    /// <summary>The columnar form; null stays null.</summary>
    /// <param name="stage">The stage's name.</param>
    /// <param name="batch">The rows.</param>
    /// <param name="input">The column of vectors.</param>
    /// <param name="output">The column of vectors that is made.</param>
    /// <param name="degree">At least 1.</param>
    /// <exception cref="PipelineException">There are more products than a vector holds.</exception>
    public static void Transform(string stage, ColumnBatch batch, int input, int output, int degree)
    {
        Form form = new(stage, batch.Vectors(input).Size, SizeOf(stage, batch.Vectors(input).Size, degree), degree);
        VectorForm.Transform(form, batch, input, output, ElementNames.Of(batch.NameOf(output), form.Size));
    }

    /// <summary>A dense row.</summary>
    /// <param name="input">Its elements.</param>
    /// <param name="output">Where they go: <see cref="SizeOf"/> elements.</param>
    /// <param name="degree">At least 1.</param>
    public static void Transform(ReadOnlySpan<double> input, Span<double> output, int degree)
    {
        output.Clear();
        Expansion expansion = new(default, input, output);
        expansion.Expand(input.Length, degree, 1, -1);
    }

    /// <summary>A row; a sparse one stays sparse.</summary>
    /// <param name="stage">The stage's name.</param>
    /// <param name="input">The row.</param>
    /// <param name="degree">At least 1.</param>
    /// <exception cref="PipelineException">There are more products than a vector holds.</exception>
    public static Vector Transform(string stage, Vector input, int degree)
    {
        int size = SizeOf(stage, input.Size, degree);
        if (!input.IsSparse)
            return VectorForm.Dense(new Form(stage, input.Size, size, degree), input);
        Expansion expansion = new(input.Indices, input.Values, default);
        expansion.Expand(input.Indices.Length, degree, 1, -1, input.Size);
        return expansion.ToVector(size);
    }

    // binomial(size + degree, degree), stopped where it is too large for a vector: it grows with each factor.
    private static long ProductsOf(int size, int degree)
    {
        long products = 1;
        for (int i = 1; i <= degree && products <= int.MaxValue; i++)
            products = products * ((long)size + i) / i;
        return products;
    }

    /// <summary>MLlib's recursion: the last element's powers outside, the elements before it within.</summary>
    private readonly ref struct Expansion(ReadOnlySpan<int> indices, ReadOnlySpan<double> values, Span<double> dense)
    {
        private readonly ReadOnlySpan<int> indices = indices;
        private readonly ReadOnlySpan<double> values = values;
        private readonly Span<double> dense = dense;
        // A dense row allocates nothing.
        private readonly List<int>? places = dense.IsEmpty ? [] : null;
        private readonly List<double>? products = dense.IsEmpty ? [] : null;

        /// <summary>Expands the first elements that are held.</summary>
        /// <param name="count">How many of those that are held.</param>
        /// <param name="degree">What is left of the degree.</param>
        /// <param name="product">What they are multiplied by.</param>
        /// <param name="at">Where the first goes; -1: it is the 1 that is left out.</param>
        /// <param name="size">How many elements these are, zeros counted; -1: as many as are held.</param>
        /// <returns>Where the next goes.</returns>
        public int Expand(int count, int degree, double product, int at, int size = -1)
        {
            int elements = size >= 0 ? size : count;
            if (product != 0)
            {
                if (degree == 0 || count == 0)
                    Hold(at, product);
                else
                    ExpandPowers(count, degree, product, at);
            }

            return at + (int)ProductsOf(elements, degree);
        }

        public Vector ToVector(int size) => Vector.Sparse(size, [.. places!], [.. products!]);

        private void ExpandPowers(int count, int degree, double product, int at)
        {
            double value = values[count - 1];
            int before = indices.IsEmpty ? count - 1 : indices[count - 1];
            for (int power = 0; power <= degree && product != 0; power++)
            {
                at = Expand(count - 1, degree - power, product, at, before);
                // A sparse row holds no zero to multiply infinity by: a zero of a dense one is passed over too.
                product = value == 0 ? 0 : product * value;
            }
        }

        private void Hold(int at, double product)
        {
            if (at < 0)
                return;
            if (places is null)
            {
                dense[at] = product;
                return;
            }

            places.Add(at);
            products!.Add(product);
        }
    }

    internal readonly record struct Form(string Stage, int InputSize, int Size, int Degree) : IVectorForm
    {
        public bool KeepsSparse => true;

        public void Transform(ReadOnlySpan<double> input, Span<double> output) => PolynomialExpansionStage.Transform(input, output, Degree);

        public Vector Transform(Vector input) => PolynomialExpansionStage.Transform(Stage, input, Degree);
    }
}
