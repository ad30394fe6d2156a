using System;
using System.Collections.Generic;
using System.Linq;
using System.Text;
using Dsl.Pipelines.Columns;
using Dsl.Pipelines.Numerics;
using Dsl.Pipelines.Rows;
using Dsl.Pipelines.Stages;

namespace Dsl.Pipelines.Linear;

/// <summary>What a fitted linear model computes of a row: a margin for each of its sets of coefficients. The bits of one do not depend on whether the row is dense or sparse.</summary>
internal sealed class LinearFunction
{
    // Of many coefficients those that say most.
    private const int Described = 8;

    private readonly LinearFitted fitted;
    private readonly ElementNames elements;

    /// <summary>A fitted model's.</summary>
    /// <param name="fitted">Its numbers.</param>
    /// <param name="elements">What the features are called.</param>
    public LinearFunction(LinearFitted fitted, ElementNames elements)
    {
        this.fitted = fitted;
        this.elements = elements;
        Size = fitted.Coefficients.Length / fitted.Sets;
    }

    /// <summary>What a fit has found.</summary>
    /// <exception cref="PipelineException">It is no numbers: sums over features as large as these leave a double's range.</exception>
    public static LinearFunction Of(FitStep step, LinearFitted fitted, ElementNames elements)
    {
        // An intercept is infinite where there is but one label.
        if (!Doubles.AreFinite(fitted.Coefficients) || Array.Exists(fitted.Intercepts, double.IsNaN))
            throw step.TooLarge();
        return new LinearFunction(fitted, elements);
    }

    /// <summary>How many sets of coefficients.</summary>
    public int Sets => fitted.Sets;

    /// <summary>How many features.</summary>
    public int Size { get; }

    /// <summary>What the features are called.</summary>
    public ElementNames Elements => elements;

    /// <summary>An intercept a set.</summary>
    public ReadOnlySpan<double> Intercepts => fitted.Intercepts;

    /// <summary>The coefficients of a set.</summary>
    public ReadOnlySpan<double> CoefficientsOf(int set) => fitted.Coefficients.AsSpan(set * Size, Size);

    /// <summary>All coefficients, sets × features.</summary>
    public double[,] ToMatrix()
    {
        double[,] matrix = new double[Sets, Size];
        Buffer.BlockCopy(fitted.Coefficients, 0, matrix, 0, fitted.Coefficients.Length * sizeof(double));
        return matrix;
    }

    /// <summary>The margin of a row by one set.</summary>
    public double Margin(RowElements features, int set) =>
        (features.IsSparse ? Doubles.SparseDot(features.Indices, features.Values, CoefficientsOf(set)) : Doubles.Dot(features.Values, CoefficientsOf(set))) + fitted.Intercepts[set];

    /// <summary>Refuses a row of another size.</summary>
    public void Check(string stage, int size)
    {
        if (size != Size)
            throw Wrong(stage, "its features", size);
    }

    /// <summary>Refuses a column of another size.</summary>
    public void Check(string stage, ColumnBatch batch, int features)
    {
        if (batch.Count > 0 && batch.Vectors(features).Size != Size)
            throw Wrong(stage, batch.NameOf(features), batch.Vectors(features).Size).At(batch.RowOf(0));
    }

    /// <summary>The coefficients with the names of their features, in a line; of very many the largest.</summary>
    /// <param name="labels">What the sets are called; null: by their numbers.</param>
    public string Describe(IReadOnlyList<string>? labels)
    {
        StringBuilder text = new();
        for (int set = 0; set < Sets; set++)
        {
            double[] coefficients = CoefficientsOf(set).ToArray();
            if (Sets > 1)
                text.Append(set == 0 ? "" : "; ").Append(labels is not null && set < labels.Count ? labels[set] : $"class {set}").Append(": ");
            IEnumerable<int> shown = Enumerable.Range(0, Size);
            if (Size > Described)
                shown = shown.OrderByDescending(i => Math.Abs(coefficients[i])).Take(Described).Order();
            text.AppendJoin(", ", shown.Select(i => $"{elements[i]} {Shown.Of(coefficients[i])}"));
            text.Append(Size > Described ? $" and {Size - Described} smaller ones" : "").Append(", intercept ").Append(Shown.Of(fitted.Intercepts[set]));
        }

        return text.ToString();
    }

    /// <summary>Writes it among what a model has learnt, under the names of the model's members.</summary>
    /// <param name="writer">To where.</param>
    /// <param name="isOne">The model has one set whatever it learns: coefficients and an intercept, and no matrix.</param>
    public void Write(StageWriter writer, bool isOne)
    {
        if (isOne)
        {
            writer.Numbers("Coefficients", fitted.Coefficients);
            writer.Number("Intercept", fitted.Intercepts[0]);
        }
        else
        {
            writer.Numbers("CoefficientMatrix", fitted.Coefficients, Sets, Size);
            writer.Numbers("InterceptVector", fitted.Intercepts);
        }

        elements.Write(writer);
    }

    /// <summary>Reads what <see cref="Write"/> wrote.</summary>
    public static LinearFunction Read(StageReader reader, bool isOne)
    {
        if (isOne)
        {
            double[] one = reader.Numbers("Coefficients", -1);
            if (one.Length < 1)
                throw reader.Wrong("Coefficients", "is empty");
            return new LinearFunction(new LinearFitted(1, one, [reader.Number("Intercept")]), ElementNames.Read(reader, one.Length));
        }

        double[] coefficients = reader.Numbers("CoefficientMatrix", -1, -1);
        (int sets, int size) = (reader.ShapeOf("CoefficientMatrix")[0], reader.ShapeOf("CoefficientMatrix")[1]);
        if (sets < 1 || size < 1)
            throw reader.Wrong("CoefficientMatrix", "is empty");
        return new LinearFunction(new LinearFitted(sets, coefficients, reader.Numbers("InterceptVector", sets)), ElementNames.Read(reader, size));
    }

    private PipelineException Wrong(string stage, string what, int size) => new(stage, $"needs vectors of {Size} elements, but {what} have {size}");
}
