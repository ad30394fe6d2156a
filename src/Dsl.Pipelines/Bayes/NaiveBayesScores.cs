using System;
using System.Buffers;
using System.Collections.Generic;
using System.Linq;
using System.Numerics;
using System.Runtime.InteropServices;
using Dsl.Pipelines.Models;
using Dsl.Pipelines.Rows;
using Dsl.Pipelines.Stages;

namespace Dsl.Pipelines.Bayes;

/// <summary>
/// What naive Bayes says of rows. Classes lie side by side for every feature, and features are added in their order, zeros left out: a dense row and a sparse one give the same bits, whatever
/// the machine's vectors hold.
/// </summary>
internal sealed class NaiveBayesScores : IRowClassifier
{
    private const int MostOnStack = 64;

    private readonly string stage;
    private readonly NaiveBayesFitted fitted;
    private readonly int seen;
    private readonly int padded;

    // Feature by feature: what each class gains by the feature; of Gaussian the means, then the variances. What a class has before any feature is in starts.
    private readonly double[] gains;
    private readonly double[] variances;
    private readonly double[] starts;

    /// <summary>The scores of what was learnt.</summary>
    /// <param name="stage">The model's name, for messages.</param>
    /// <param name="fitted">What was learnt.</param>
    /// <param name="classes">How many classes vectors have; those behind the seen ones have probability 0.</param>
    /// <param name="labels">What the seen classes are called; null: nothing.</param>
    public NaiveBayesScores(string stage, NaiveBayesFitted fitted, int classes, IReadOnlyList<string>? labels)
    {
        this.stage = stage;
        this.fitted = fitted;
        Labels = labels;
        seen = fitted.Pi.Length;
        Classes = Math.Max(classes, seen);
        int lanes = Vector<double>.Count;
        padded = (seen + lanes - 1) / lanes * lanes;
        gains = SideBySide(fitted.Type == NaiveBayesType.Bernoulli ? [.. fitted.Theta.Select(theta => theta - LnOfRest(theta))] : fitted.Theta, 0);
        variances = fitted.Type == NaiveBayesType.Gaussian ? SideBySide(fitted.Sigma, 1) : [];
        starts = [.. Enumerable.Range(0, seen).Select(Start)];
    }

    /// <inheritdoc/>
    public int Classes { get; }

    /// <inheritdoc/>
    public IReadOnlyList<string>? Labels { get; }

    /// <summary>What was learnt.</summary>
    public NaiveBayesFitted Fitted => fitted;

    /// <inheritdoc/>
    /// <exception cref="PipelineException">The row has another size, or elements that Bernoulli's features have not.</exception>
    public double Predict(RowElements row, Span<double> probability, Span<double> raw)
    {
        VectorForm.CheckSize(stage, row.Size, fitted.Size);
        double[]? rented = null;
        Span<double> sums = padded <= MostOnStack ? stackalloc double[MostOnStack] : (rented = ArrayPool<double>.Shared.Rent(padded));
        sums = sums[..padded];
        sums.Clear();
        if (fitted.Type == NaiveBayesType.Gaussian)
            AddDistances(row, sums);
        else
            AddGains(row, sums);
        Span<double> scores = sums[..seen];
        Finish(scores);
        int best = 0;
        for (int c = 1; c < seen; c++)
        {
            if (scores[c] > scores[best])
                best = c;
        }

        if (!raw.IsEmpty)
        {
            scores.CopyTo(raw);
            raw[seen..Classes].Fill(double.NegativeInfinity);
        }

        if (!probability.IsEmpty)
            Normalize(scores, scores[best], probability);
        if (rented is not null)
            ArrayPool<double>.Shared.Return(rented);
        return best;
    }

    /// <summary>Refuses a feature that the distribution has not.</summary>
    public static void Check(string stage, NaiveBayesType type, RowElements row)
    {
        if (type == NaiveBayesType.Gaussian)
            return;
        for (int i = 0; i < row.Values.Length; i++)
        {
            double value = row.Values[i];
            bool fits = type == NaiveBayesType.Bernoulli ? value is 0 or 1 : value >= 0;
            if (!fits)
            {
                throw new PipelineException(
                    stage,
                    FormattableString.Invariant($"of the type {type} needs features that are {(type == NaiveBayesType.Bernoulli ? "0 or 1" : "at least 0")}, but element {(row.IsSparse ? row.Indices[i] : i)} is {value}"));
            }
        }
    }

    private double Start(int c)
    {
        double start = fitted.Type == NaiveBayesType.Complement ? 0 : fitted.Pi[c];
        for (int i = 0; i < fitted.Size; i++)
        {
            if (fitted.Type == NaiveBayesType.Bernoulli)
                start += LnOfRest(fitted.Theta[(c * fitted.Size) + i]);
            else if (fitted.Type == NaiveBayesType.Gaussian)
                start -= Math.Log(fitted.Sigma[(c * fitted.Size) + i]) / 2;
        }

        return start;
    }

    private static double LnOfRest(double theta) => Math.Log(1 - Math.Exp(theta));

    private double[] SideBySide(double[] values, double padding)
    {
        double[] beside = new double[fitted.Size * padded];
        beside.AsSpan().Fill(padding);
        for (int c = 0; c < seen; c++)
        {
            for (int i = 0; i < fitted.Size; i++)
                beside[(i * padded) + c] = values[(c * fitted.Size) + i];
        }

        return beside;
    }

    private void AddGains(RowElements row, Span<double> sums)
    {
        if (fitted.Type == NaiveBayesType.Bernoulli)
            Check(stage, fitted.Type, row);
        Span<Vector<double>> to = MemoryMarshal.Cast<double, Vector<double>>(sums);
        for (int i = 0; i < row.Values.Length; i++)
        {
            double value = row.Values[i];
            if (value == 0)
                continue;
            ReadOnlySpan<Vector<double>> of = MemoryMarshal.Cast<double, Vector<double>>(gains.AsSpan((row.IsSparse ? row.Indices[i] : i) * padded, padded));
            for (int lane = 0; lane < to.Length; lane++)
                to[lane] += of[lane] * value;
        }
    }

    private void AddDistances(RowElements row, Span<double> sums)
    {
        Span<Vector<double>> to = MemoryMarshal.Cast<double, Vector<double>>(sums);
        ReadOnlySpan<Vector<double>> means = MemoryMarshal.Cast<double, Vector<double>>(gains);
        ReadOnlySpan<Vector<double>> squares = MemoryMarshal.Cast<double, Vector<double>>(variances);
        int held = 0;
        for (int i = 0; i < fitted.Size; i++)
        {
            double value = 0;
            if (!row.IsSparse)
                value = row.Values[i];
            else if (held < row.Indices.Length && row.Indices[held] == i)
                value = row.Values[held++];
            Vector<double> x = new(value);
            for (int lane = 0; lane < to.Length; lane++)
            {
                Vector<double> difference = x - means[(i * to.Length) + lane];
                to[lane] += difference * difference / squares[(i * to.Length) + lane];
            }
        }
    }

    private void Finish(Span<double> scores)
    {
        for (int c = 0; c < seen; c++)
            scores[c] = fitted.Type == NaiveBayesType.Gaussian ? starts[c] - (scores[c] / 2) : scores[c] + starts[c];
        if (fitted.Type != NaiveBayesType.Complement)
            return;
        double most = double.NegativeInfinity;
        foreach (double score in scores)
            most = Math.Max(most, score);
        double sum = 0;
        foreach (double score in scores)
            sum += Math.Exp(score - most);
        double ln = Math.Log(sum) + most;
        foreach (ref double score in scores)
            score -= ln;
    }

    private void Normalize(ReadOnlySpan<double> scores, double most, Span<double> probability)
    {
        double sum = 0;
        for (int c = 0; c < seen; c++)
            sum += probability[c] = Math.Exp(scores[c] - most);
        for (int c = 0; c < seen; c++)
            probability[c] /= sum;
        probability[seen..Classes].Clear();
    }
}
