using System;
using Dsl.Runtime;

namespace Dsl.Conformance;

/// <content>Attention.</content>
public readonly partial struct ReferenceBackend
{
    /// <inheritdoc/>
    public static void Attention(in AttentionShape shape, FloatBuffer q, FloatBuffer kv, IntBuffer lengths, in DropoutKey key, FloatBuffer y, FloatBuffer logSums, int batch)
    {
        var rows = new AttentionRows(in shape, q, kv, batch);
        var result = At(y, batch * shape.ResultFloats);
        Require(!result.Overlaps(rows.Queries) && !result.Overlaps(rows.Keys));
        double[] weights = new double[shape.Keys];
        for (int n = 0; n < batch; n++)
        {
            for (int h = 0; h < shape.Heads; h++)
            {
                for (int i = 0; i < shape.Queries; i++)
                {
                    int seen = Seen(shape, lengths, n, i);
                    double logSum = Weigh(rows, n, h, i, seen, weights);
                    if (!logSums.IsNone)
                        At(logSums, batch * shape.LogSumFloats)[rows.Row(n, h, i)] = logSum;
                    for (int f = 0; f < shape.HeadFeatures; f++)
                    {
                        double value = 0;
                        for (int k = 0; k < seen; k++)
                            value += weights[k] * KeptShare(shape, key, rows.Row(n, h, i), k) * rows.Keys[rows.Value(n, h, k) + f];
                        result[rows.Result(n, h, i) + f] = value;
                    }
                }
            }
        }
    }

    /// <inheritdoc/>
    public static void AttentionBackward(in AttentionShape shape, FloatBuffer q, FloatBuffer kv, IntBuffer lengths, in DropoutKey key, FloatBuffer y, FloatBuffer logSums, FloatBuffer dy, FloatBuffer dq, FloatBuffer dkv, int batch)
    {
        var rows = new AttentionRows(in shape, q, kv, batch);
        var gradient = At(dy, batch * shape.ResultFloats);
        Require(!y.IsNone && !logSums.IsNone);
        double[] queryGradients = new double[rows.Queries.Count];
        double[] keyGradients = shape.IsCross ? new double[rows.Keys.Count] : queryGradients;
        double factor = 1 / Math.Sqrt(shape.HeadFeatures);
        double[] weights = new double[shape.Keys];
        double[] ofWeights = new double[shape.Keys];
        for (int n = 0; n < batch; n++)
        {
            for (int h = 0; h < shape.Heads; h++)
            {
                for (int i = 0; i < shape.Queries; i++)
                {
                    long row = rows.Row(n, h, i);
                    int seen = Seen(shape, lengths, n, i);
                    double together = 0;

                    // Anew, not from what was kept: that is rounded, and gradients of scores are small differences.
                    Weigh(rows, n, h, i, seen, weights);
                    for (int k = 0; k < seen; k++)
                    {
                        double dropped = KeptShare(shape, key, row, k);
                        ofWeights[k] = 0;
                        for (int f = 0; f < shape.HeadFeatures; f++)
                        {
                            double g = gradient[rows.Result(n, h, i) + f];
                            ofWeights[k] += dropped * g * rows.Keys[rows.Value(n, h, k) + f];
                            keyGradients[rows.Value(n, h, k) + f] += dropped * weights[k] * g;
                        }

                        together += weights[k] * ofWeights[k];
                    }

                    for (int k = 0; k < seen; k++)
                    {
                        double ofScore = weights[k] * (ofWeights[k] - together) * factor;
                        for (int f = 0; f < shape.HeadFeatures; f++)
                        {
                            queryGradients[rows.Query(n, h, i) + f] += ofScore * rows.Keys[rows.Key(n, h, k) + f];
                            keyGradients[rows.Key(n, h, k) + f] += ofScore * rows.Queries[rows.Query(n, h, i) + f];
                        }
                    }
                }
            }
        }

        SetGradient(dq, queryGradients, rows, gradient);
        if (shape.IsCross)
            SetGradient(dkv, keyGradients, rows, gradient);
    }

    /// <inheritdoc/>
    public static void AttentionStep(in AttentionStepShape shape, FloatBuffer qkv, FloatBuffer cache, int position, FloatBuffer y, int batch)
    {
        Require(shape.Features % shape.Heads == 0 && position >= 0 && position < shape.Context);
        var given = At(qkv, batch * shape.ProjectedFloats);
        var kept = At(cache, batch * shape.CacheFloats);
        var result = At(y, (long)batch * shape.Features);
        Require(!kept.Overlaps(given) && !result.Overlaps(given) && !result.Overlaps(kept));
        double[] weights = new double[position + 1];
        for (int n = 0; n < batch; n++)
        {
            for (int i = 0; i < shape.CacheStride; i++)
                kept[Row(shape, n, position) + i] = given[(n * shape.ProjectedFloats) + shape.Features + i];
            for (int f = 0; f < shape.Features; f++)
            {
                int head = f / shape.HeadFeatures * shape.HeadFeatures;
                double largest = double.NegativeInfinity;
                for (int k = 0; k <= position; k++)
                {
                    weights[k] = 0;
                    for (int i = head; i < head + shape.HeadFeatures; i++)
                        weights[k] += given[(n * shape.ProjectedFloats) + i] * kept[Row(shape, n, k) + i] / Math.Sqrt(shape.HeadFeatures);
                    largest = Math.Max(largest, weights[k]);
                }

                double sum = 0;
                double value = 0;
                for (int k = 0; k <= position; k++)
                {
                    double weight = Math.Exp(weights[k] - largest);
                    sum += weight;
                    value += weight * kept[Row(shape, n, k) + shape.Features + f];
                }

                result[((long)n * shape.Features) + f] = value / sum;
            }
        }
    }

    private static long Row(in AttentionStepShape shape, int n, int k) => (n * shape.CacheFloats) + (k * shape.CacheStride);

    /// <summary>The weights of the keys that a query sees; returns ln Σ e^score.</summary>
    private static double Weigh(in AttentionRows rows, int n, int h, int i, int seen, double[] weights)
    {
        double largest = double.NegativeInfinity;
        for (int k = 0; k < seen; k++)
            largest = Math.Max(largest, weights[k] = rows.Score(n, h, i, k));
        double sum = 0;
        for (int k = 0; k < seen; k++)
            sum += weights[k] = Math.Exp(weights[k] - largest);
        for (int k = 0; k < seen; k++)
            weights[k] /= sum;
        return largest + Math.Log(sum);
    }

    private static void SetGradient(FloatBuffer buffer, double[] values, in AttentionRows rows, in Values dy)
    {
        if (buffer.IsNone)
            return;
        var result = At(buffer, values.Length);
        Require(!result.Overlaps(rows.Queries) && !result.Overlaps(rows.Keys) && !result.Overlaps(dy));
        for (int i = 0; i < values.Length; i++)
            result[i] = values[i];
    }

    private static int Seen(in AttentionShape shape, IntBuffer lengths, int n, int i)
    {
        int length = LengthOf(lengths, n, shape.Keys);
        return shape.IsCausal ? Math.Min(length, i + 1) : length;
    }

    private static double KeptShare(in AttentionShape shape, in DropoutKey key, long row, int k)
    {
        if (shape.Dropout == 0)
            return 1;
        return Philox((row * shape.DropoutStride) + k, key) < shape.Dropout * 4294967296.0 ? 0 : 1 / (1.0 - shape.Dropout);
    }

    /// <summary>Where the rows of an attention lie.</summary>
    private readonly struct AttentionRows
    {
        private readonly AttentionShape shape;

        public AttentionRows(in AttentionShape shape, FloatBuffer q, FloatBuffer kv, int batch)
        {
            this.shape = shape;
            Require(shape.Features % shape.Heads == 0 && shape.IsCross != kv.IsNone && (shape.IsCross ? !shape.IsCausal : shape.Keys == shape.Queries));
            Queries = At(q, batch * shape.QueryFloats);
            Keys = shape.IsCross ? At(kv, batch * shape.KeyFloats) : Queries;
        }

        public Values Queries { get; }

        /// <summary>Keys and values.</summary>
        public Values Keys { get; }

        public long Row(int n, int h, int i) => ((((long)n * shape.Heads) + h) * shape.Queries) + i;

        public long Query(int n, int h, int i) => (n * shape.QueryFloats) + (i * shape.QueryStride) + (h * shape.HeadFeatures);

        public long Key(int n, int h, int k) => (((long)n * shape.Keys) + k) * shape.KeyStride + (shape.IsCross ? 0 : shape.Features) + (h * shape.HeadFeatures);

        public long Value(int n, int h, int k) => Key(n, h, k) + shape.Features;

        public long Result(int n, int h, int i) => ((((long)n * shape.Queries) + i) * shape.Features) + (h * shape.HeadFeatures);

        public double Score(int n, int h, int i, int k)
        {
            double score = 0;
            for (int f = 0; f < shape.HeadFeatures; f++)
                score += Queries[Query(n, h, i) + f] * Keys[Key(n, h, k) + f];
            return score / Math.Sqrt(shape.HeadFeatures);
        }
    }
}
