using System;
using System.ComponentModel;
using Dsl.Pipelines.Linear;
using Dsl.Pipelines.Rows;
using Dsl.Pipelines.Stages;

namespace Dsl.Pipelines;

/// <summary>Centres elements (<c>WithMean</c>) and divides them by their deviation (<c>WithStd</c>). As Spark MLlib's: the deviation is the sample's, over n - 1; an element that never changes becomes 0.</summary>
public sealed class StandardScalerModel : ScalerModel, IStageModel<StandardScalerModel>
{
    private StandardScalerModel(string stage, double[] mean, double[] std, bool withMean, bool withStd)
        : base(new ShiftAndScale(stage, mean.Length, withMean ? mean : null, withStd ? Array.ConvertAll(std, ShiftAndScale.Inverse) : null))
    {
        Mean = new Vector(mean, 0, mean.Length);
        Std = new Vector(std, 0, std.Length);
    }

    /// <summary>The mean of each element.</summary>
    public Vector Mean { get; }

    /// <summary>The sample deviation of each element.</summary>
    public Vector Std { get; }

    /// <summary>Learns from a batch.</summary>
    /// <param name="step">Whose fit it is.</param>
    /// <param name="batch">The rows.</param>
    /// <param name="input">A column of vectors.</param>
    /// <param name="withMean">Centres; sparse vectors become dense.</param>
    /// <param name="withStd">Divides by the deviation.</param>
    /// <exception cref="PipelineException">There are no rows, or squares of an element leave a double's range.</exception>
    [EditorBrowsable(EditorBrowsableState.Never)]
    public static StandardScalerModel Fit(FitStep step, ColumnBatch batch, int input, bool withMean, bool withStd)
    {
        StandardScalerModel model = Fit(step.Stage, VectorForm.RowsOf(step, batch, input), withMean, withStd);

        // As MLlib goes on, all of the element would become 0, or NaN, which only what is NaN or infinite itself may.
        for (int element = 0; withStd && element < model.Size; element++)
        {
            if (!double.IsFinite(model.Std[element]) && IsFinite(batch.Vectors(input), element))
                throw step.Wrong($"cannot divide {batch.ElementsOf(input)[element]} (element {element} of {batch.NameOf(input)}) by its deviation: squares of it leave a double's range; MaxAbsScaler takes it");
        }

        return model;
    }

    /// <summary>Learns from rows.</summary>
    internal static StandardScalerModel Fit(string stage, FeatureRows rows, bool withMean, bool withStd)
    {
        ColumnMoments moments = ColumnMoments.Of(rows, null);
        return new StandardScalerModel(stage, moments.Mean, moments.Deviation, withMean, withStd);
    }

    private static bool IsFinite(FeatureRows rows, int element)
    {
        foreach (FeatureBlock block in rows.Blocks)
        {
            for (int row = 0; row < block.Rows; row++)
            {
                if (!double.IsFinite(rows.At(block.First + row)[element]))
                    return false;
            }
        }

        return true;
    }

    /// <inheritdoc/>
    public string Describe() => $"mean {Shown.Of(Mean.AsSpan())}; deviation {Shown.Of(Std.AsSpan())}";

    /// <inheritdoc/>
    [EditorBrowsable(EditorBrowsableState.Never)]
    public void Write(StageWriter writer)
    {
        writer.Numbers("Mean", Mean.AsSpan());
        writer.Numbers("Std", Std.AsSpan());
        writer.Number("WithMean", Scale.Shift is null ? 0 : 1);
        writer.Number("WithStd", Scale.Factor is null ? 0 : 1);
    }

    /// <inheritdoc cref="IStageModel{TSelf}.Read"/>
    [EditorBrowsable(EditorBrowsableState.Never)]
    public static StandardScalerModel Read(StageReader reader)
    {
        double[] mean = reader.Numbers("Mean", -1);
        return new StandardScalerModel(reader.Stage, mean, reader.Numbers("Std", mean.Length), reader.Whole("WithMean", 0, 1) == 1, reader.Whole("WithStd", 0, 1) == 1);
    }
}
