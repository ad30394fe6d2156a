using System;
using System.Collections.Generic;
using Dsl.Pipelines.Rows;

namespace Dsl.Pipelines.Stages;

/// <summary>Some elements of a vector: what slicers and selectors make.</summary>
/// <param name="Stage">The stage's name.</param>
/// <param name="InputSize">Elements of what comes in.</param>
/// <param name="Elements">Which of them go out, in this order.</param>
internal sealed record ElementSelection(string Stage, int InputSize, int[] Elements) : IVectorForm
{
    public int Size => Elements.Length;

    public bool KeepsSparse => true;

    /// <summary>The rows of a batch; the elements keep their names, and classes stay classes.</summary>
    public void Transform(ColumnBatch batch, int input, int output)
    {
        VectorForm.CheckSize(Stage, batch, batch.Vectors(input), InputSize);
        // Of no rows the size may not be known.
        if (batch.Count == 0)
            batch.Set(output, new FeatureRows(Size));
        else
            VectorForm.Transform(this, batch, input, output, batch.ElementsOf(input).Select(Elements));
    }

    public void Transform(ReadOnlySpan<double> input, Span<double> output)
    {
        VectorForm.CheckSize(Stage, input.Length, InputSize);
        for (int i = 0; i < Elements.Length; i++)
            output[i] = input[Elements[i]];
    }

    public Vector Transform(Vector input)
    {
        VectorForm.CheckSize(Stage, input.Size, InputSize);
        if (!input.IsSparse)
            return VectorForm.Dense(this, input);
        List<int> places = [];
        List<double> values = [];
        for (int i = 0; i < Elements.Length; i++)
        {
            int at = input.Indices.BinarySearch(Elements[i]);
            if (at < 0)
                continue;
            places.Add(i);
            values.Add(input.Values[at]);
        }

        return Vector.Sparse(Size, [.. places], [.. values]);
    }

    /// <summary>A line for a reader.</summary>
    public string Describe() => $"{Size} of {InputSize} elements: {Shown.Of(Elements)}";

    public void Write(StageWriter writer)
    {
        writer.Number("InputSize", InputSize);
        writer.Numbers("SelectedFeatures", Array.ConvertAll(Elements, element => (double)element));
    }

    public static ElementSelection Read(StageReader reader)
    {
        int size = reader.Whole("InputSize", 0, int.MaxValue);
        return new ElementSelection(reader.Stage, size, ReadElements(reader, size));
    }

    /// <summary>Reads which elements were selected.</summary>
    /// <param name="reader">From where.</param>
    /// <param name="size">Of how many.</param>
    public static int[] ReadElements(StageReader reader, int size)
    {
        double[] elements = reader.Numbers("SelectedFeatures", -1);
        foreach (double element in elements)
        {
            if (!(element >= 0 && element < size && element == Math.Floor(element)))
                throw reader.Wrong("SelectedFeatures", $"has {Shown.Exactly(element)}, and wanted are elements from 0 to {size - 1}");
        }

        return Array.ConvertAll(elements, element => (int)element);
    }
}
