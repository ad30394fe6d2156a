using System;

namespace Dsl.Pipelines.Stages;

/// <summary>(x - shift)·factor, element by element, either of which may be left out: what most scalers are. Multiplied, as MLlib does, for dividing gives other last digits.</summary>
/// <param name="Stage">The stage's name.</param>
/// <param name="Size">Elements of a vector.</param>
/// <param name="Shift">What is subtracted; null: nothing.</param>
/// <param name="Factor">What it is multiplied by; null: 1.</param>
internal sealed record ShiftAndScale(string Stage, int Size, double[]? Shift, double[]? Factor) : IVectorForm
{
    public int InputSize => Size;

    public bool KeepsSparse => Shift is null;

    /// <summary>1 / x, and 0 for 0.</summary>
    public static double Inverse(double x) => x == 0 ? 0 : 1 / x;

    /// <summary>The rows of a batch; what was a class number is none any more.</summary>
    public void Transform(ColumnBatch batch, int input, int output) => VectorForm.Transform(this, batch, input, output, batch.ElementsOf(input).AsNumbers());

    public void Transform(ReadOnlySpan<double> input, Span<double> output)
    {
        VectorForm.CheckSize(Stage, input.Length, Size);
        output = output[..input.Length];
        if (Shift is null)
            input.CopyTo(output);
        else
            Subtract(input, Shift, output);
        if (Factor is not null)
            Multiply(output, Factor);
    }

    public Vector Transform(Vector input)
    {
        VectorForm.CheckSize(Stage, input.Size, Size);
        if (!input.IsSparse || Shift is not null)
            return VectorForm.Dense(this, input);
        if (Factor is null)
            return input;
        double[] values = input.Values.ToArray();
        ReadOnlySpan<int> places = input.Indices;
        for (int i = 0; i < values.Length; i++)
            values[i] *= Factor[places[i]];
        return Vector.Sparse(input.Size, places.ToArray(), values);
    }

    private static void Subtract(ReadOnlySpan<double> input, ReadOnlySpan<double> shift, Span<double> output)
    {
        for (int i = 0; i < output.Length; i++)
            output[i] = input[i] - shift[i];
    }

    private static void Multiply(Span<double> values, ReadOnlySpan<double> factor)
    {
        for (int i = 0; i < values.Length; i++)
            values[i] *= factor[i];
    }
}
