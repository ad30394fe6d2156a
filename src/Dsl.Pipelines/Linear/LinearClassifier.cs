using System;
using System.Buffers;
using System.Collections.Generic;
using Dsl.Pipelines.Models;
using Dsl.Pipelines.Numerics;
using Dsl.Pipelines.Rows;

namespace Dsl.Pipelines.Linear;

/// <summary>A fitted linear classifier: margins, and what they say. It does not change.</summary>
/// <param name="stage">The model's name, for messages.</param>
/// <param name="function">The margins.</param>
/// <param name="rule">What they say.</param>
/// <param name="labels">What the classes are called; null: nothing.</param>
/// <typeparam name="TRule">The kind of rule.</typeparam>
internal sealed class LinearClassifier<TRule>(string stage, LinearFunction function, TRule rule, IReadOnlyList<string>? labels) : IRowClassifier
    where TRule : MarginRule
{
    private const int MostOnStack = 64;

    /// <summary>The margins.</summary>
    public LinearFunction Function => function;

    /// <summary>What they say.</summary>
    public TRule Rule => rule;

    /// <summary>How many classes.</summary>
    public int Classes => rule.Classes;

    /// <summary>The classes' names; null where they have none.</summary>
    public IReadOnlyList<string>? Labels => labels;

    /// <summary>The only set of coefficients of two classes; of two sets what the second has more than the first, which says the same.</summary>
    /// <exception cref="InvalidOperationException">There are more classes.</exception>
    public (Vector Coefficients, double Intercept) OfTwoClasses()
    {
        if (rule.Classes != 2)
            throw new InvalidOperationException($"{stage} has {rule.Classes} classes: CoefficientMatrix and InterceptVector have a row for each.");
        if (function.Sets == 1)
            return (Vector.Dense(function.CoefficientsOf(0)), function.Intercepts[0]);
        double[] difference = function.CoefficientsOf(1).ToArray();
        Doubles.AddScaled(difference, -1, function.CoefficientsOf(0));
        return (Vector.Dense(difference), function.Intercepts[1] - function.Intercepts[0]);
    }

    /// <summary>One row.</summary>
    /// <param name="features">Its elements.</param>
    /// <param name="probability">Gets a probability a class; empty: not asked for.</param>
    /// <param name="raw">Gets a score a class; empty: not asked for.</param>
    /// <exception cref="PipelineException">The row has another size than those that were fitted.</exception>
    public double Predict(RowElements features, Span<double> probability, Span<double> raw)
    {
        function.Check(stage, features.Size);
        double[]? rented = null;
        Span<double> margins = function.Sets <= MostOnStack ? stackalloc double[MostOnStack] : (rented = ArrayPool<double>.Shared.Rent(function.Sets));
        margins = margins[..function.Sets];
        for (int set = 0; set < margins.Length; set++)
            margins[set] = function.Margin(features, set);
        if (!raw.IsEmpty)
            MarginRule.Score(margins, raw);
        double prediction = rule.Decide(margins, probability);
        if (rented is not null)
            ArrayPool<double>.Shared.Return(rented);
        return prediction;
    }

    /// <summary>All rows of a batch, over all threads.</summary>
    /// <param name="batch">The rows.</param>
    /// <param name="features">The column of vectors.</param>
    /// <param name="prediction">The column that gets the classes, or -1.</param>
    /// <param name="probability">The column that gets vectors of probabilities, or -1.</param>
    /// <param name="rawPrediction">The column that gets vectors of scores, or -1.</param>
    /// <exception cref="PipelineException">The vectors have another size than those that were fitted.</exception>
    public void Transform(ColumnBatch batch, int features, int prediction, int probability, int rawPrediction)
    {
        function.Check(stage, batch, features);
        ClassifierColumns.Make(this, batch, features, prediction, probability, rawPrediction);
    }

    /// <summary>Writes coefficients and the classes' names.</summary>
    /// <param name="writer">To where.</param>
    /// <param name="isOne">The model never has more than one set of coefficients.</param>
    public void Write(StageWriter writer, bool isOne = false)
    {
        function.Write(writer, isOne);
        writer.Number("NumClasses", rule.Classes);
        writer.Texts("ClassLabels", labels ?? []);
    }

    /// <summary>Reads what <see cref="Write"/> wrote.</summary>
    /// <param name="reader">From where.</param>
    /// <param name="ruleOf">Makes the rule of so many classes.</param>
    /// <param name="isOne">The model never has more than one set of coefficients.</param>
    public static LinearClassifier<TRule> Read(StageReader reader, Func<int, TRule> ruleOf, bool isOne = false)
    {
        LinearFunction function = LinearFunction.Read(reader, isOne);
        int classes = reader.Whole("NumClasses", 2, int.MaxValue);
        if (function.Sets != classes && (function.Sets != 1 || classes != 2))
            throw reader.Wrong("NumClasses", $"is {classes}, but there are {function.Sets} sets of coefficients");
        IReadOnlyList<string> labels = reader.Texts("ClassLabels");
        return new LinearClassifier<TRule>(reader.Stage, function, ruleOf(classes), labels.Count == 0 ? null : labels);
    }
}
