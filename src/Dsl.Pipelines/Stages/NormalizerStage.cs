using System;
using System.ComponentModel;
using Dsl.Pipelines.Stages;

namespace Dsl.Pipelines;

/// <summary>Divides a vector by its p-norm; a vector of zeros stays, and one whose norm rounds to 0. As Spark MLlib's.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public static class NormalizerStage
{
    /// <summary>The columnar form; null stays null.</summary>
    /// <param name="stage">The stage's name.</param>
    /// <param name="batch">The rows.</param>
    /// <param name="input">The column of vectors.</param>
    /// <param name="output">The column of vectors that is made.</param>
    /// <param name="p">At least 1; infinity: the largest absolute value.</param>
    public static void Transform(string stage, ColumnBatch batch, int input, int output, double p) =>
        VectorForm.Transform(new Form(stage, batch.Vectors(input).Size, p), batch, input, output, batch.ElementsOf(input).AsNumbers());

    /// <summary>A dense row. Where the norm leaves a double's range, its elements are 0, as Spark MLlib's.</summary>
    /// <param name="input">Its elements.</param>
    /// <param name="output">Where they go, as many.</param>
    /// <param name="p">At least 1.</param>
    public static void Transform(ReadOnlySpan<double> input, Span<double> output, double p)
    {
        double norm = Norm(input, p);

        // The squares of very small numbers are none.
        if (norm == 0)
        {
            input.CopyTo(output);
            return;
        }

        for (int i = 0; i < input.Length; i++)
            output[i] = input[i] == 0 ? input[i] : input[i] / norm; // Zeros stay by a norm that is NaN too, as a sparse vector's do.
    }

    /// <summary>A row; a sparse one stays sparse.</summary>
    public static Vector Transform(Vector input, double p)
    {
        double[] values = new double[input.IsSparse ? input.Values.Length : input.Size];
        Transform(input.IsSparse ? input.Values : input.AsSpan(), values, p);
        return input.IsSparse ? Vector.Sparse(input.Size, input.Indices.ToArray(), values) : new Vector(values, 0, values.Length);
    }

    private static double Norm(ReadOnlySpan<double> values, double p)
    {
        double norm = 0;
        foreach (double value in values)
        {
            double size = Math.Abs(value);
            if (!double.IsInfinity(p))
                norm += p == 1 ? size : p == 2 ? size * size : Math.Pow(size, p);
            else if (size > norm)
                norm = size;
        }

        return p == 1 || double.IsInfinity(p) ? norm : p == 2 ? Math.Sqrt(norm) : Math.Pow(norm, 1 / p);
    }

    internal readonly record struct Form(string Stage, int Size, double P) : IVectorForm
    {
        public int InputSize => Size;

        public bool KeepsSparse => true;

        public void Transform(ReadOnlySpan<double> input, Span<double> output) => NormalizerStage.Transform(input, output, P);

        public Vector Transform(Vector input) => NormalizerStage.Transform(input, P);
    }
}
