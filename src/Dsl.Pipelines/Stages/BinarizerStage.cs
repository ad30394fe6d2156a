using System;
using System.ComponentModel;
using Dsl.Pipelines.Stages;

namespace Dsl.Pipelines;

/// <summary>1 for what is above a threshold, else 0. As Spark MLlib's: NaN gives 0, but in a vector under a negative threshold 1.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public static class BinarizerStage
{
    /// <summary>The columnar form: of numbers class numbers, of vectors vectors; null stays null.</summary>
    /// <param name="stage">The stage's name.</param>
    /// <param name="batch">The rows.</param>
    /// <param name="input">The column of numbers or vectors.</param>
    /// <param name="output">The column that is made.</param>
    /// <param name="threshold">The threshold.</param>
    public static void Transform(string stage, ColumnBatch batch, int input, int output, double threshold)
    {
        if (batch.HoldsNumbers(input))
        {
            batch.SetClasses(output, 2, null);
            EachRow.Numbers(batch, input, output, value => Transform(value, threshold));
        }
        else
        {
            VectorForm.Transform(new Form(stage, batch.Vectors(input).Size, threshold), batch, input, output, batch.ElementsOf(input).AsNumbers());
        }
    }

    /// <summary>A number.</summary>
    public static double Transform(double value, double threshold) => value > threshold ? 1 : 0;

    /// <summary>A dense row.</summary>
    /// <param name="input">Its elements.</param>
    /// <param name="output">Where they go, as many.</param>
    /// <param name="threshold">The threshold.</param>
    public static void Transform(ReadOnlySpan<double> input, Span<double> output, double threshold)
    {
        for (int i = 0; i < input.Length; i++)
            output[i] = threshold < 0 ? (input[i] <= threshold ? 0 : 1) : Transform(input[i], threshold);
    }

    /// <summary>A row; a sparse one stays sparse unless the threshold is negative.</summary>
    public static Vector Transform(Vector input, double threshold)
    {
        if (!input.IsSparse || threshold < 0)
            return VectorForm.Dense(new Form("", input.Size, threshold), input);
        double[] values = new double[input.Values.Length];
        Transform(input.Values, values, threshold);
        return Vector.Sparse(input.Size, input.Indices.ToArray(), values);
    }

    internal readonly record struct Form(string Stage, int Size, double Threshold) : IVectorForm
    {
        public int InputSize => Size;

        public bool KeepsSparse => !(Threshold < 0);

        public void Transform(ReadOnlySpan<double> input, Span<double> output) => BinarizerStage.Transform(input, output, Threshold);

        public Vector Transform(Vector input) => BinarizerStage.Transform(input, Threshold);
    }
}
