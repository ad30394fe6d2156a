using System;

namespace Dsl.Runtime.Kernels;

/// <summary>Where the rows of an attention lie, and how it is cut into tiles of queries by keys that stay in the first two caches.</summary>
internal readonly unsafe struct AttentionOperands(in AttentionShape shape, float* q, float* kv, int* lengths, in DropoutKey key, float* y, float* logSums)
{
    /// <summary>Keys of a tile: a multiple of the width of a packed panel and of the group of random numbers.</summary>
    public const int KeyTile = 128;

    /// <summary>Floats from a row of a tile to the next: off the power of two.</summary>
    public const int TilePitch = KeyTile + 16;

    private const int MostQueries = 64;

    private readonly float* q = q;
    private readonly float* kv = kv;
    private readonly int* lengths = lengths;
    private readonly DropoutKey key = key;
    private readonly float* y = y;
    private readonly float* logSums = logSums;

    public readonly AttentionShape Shape = shape;

    /// <summary>What scores are multiplied by.</summary>
    public readonly float Scale = (float)(1 / Math.Sqrt(shape.HeadFeatures));

    public int HeadFeatures => Shape.HeadFeatures;

    public nint QueryStride => (nint)Shape.QueryStride;

    public nint KeyStride => (nint)Shape.KeyStride;

    /// <summary>Into how many tiles the queries of one head are cut, as evenly as may be.</summary>
    public int QueryTiles => (Shape.Queries + MostQueries - 1) / MostQueries;

    /// <summary>Floats of one head's keys, packed.</summary>
    public long PackedFloats => (long)HeadFeatures * GemmPacking.Round32(Shape.Keys);

    /// <summary>Training wants what the gradient needs.</summary>
    public bool KeepsSums => logSums != null;

    /// <summary>First query of a tile.</summary>
    public int FirstQuery(int tile) => (int)((long)Shape.Queries * tile / QueryTiles);

    /// <summary>How many keys of a sample there are to see.</summary>
    public int Seen(int sample) => lengths == null ? Shape.Keys : lengths[sample];

    /// <summary>How many keys queries to before <paramref name="end"/> see together.</summary>
    public int Seen(int sample, int end) => Shape.IsCausal ? Math.Min(Seen(sample), end) : Seen(sample);

    /// <summary>How many of a tile's keys are hidden from its first query; each query after it sees one more. Below 0 where it sees more than there are.</summary>
    public int Hidden(int query, int k, int keys) => Shape.IsCausal ? k + keys - 1 - query : 0;

    public float* Query(int sample, int head, int i) => Query(q, sample, head, i);

    public float* Key(int sample, int head, int k) => Key(Shape.IsCross ? kv : q, sample, head, k);

    public float* Value(int sample, int head, int k) => Key(sample, head, k) + Shape.Features;

    public float* Result(int sample, int head, int i) => Result(y, sample, head, i);

    /// <summary>A query's place in <paramref name="start"/>, which lies as the queries.</summary>
    public float* Query(float* start, int sample, int head, int i) => start + (nint)((sample * Shape.QueryFloats) + (i * Shape.QueryStride)) + (head * HeadFeatures);

    /// <summary>A key's place in <paramref name="start"/>, which lies as the keys: where they lie with the queries, as those.</summary>
    public float* Key(float* start, int sample, int head, int k) =>
        start + (nint)((((long)sample * Shape.Keys) + k) * Shape.KeyStride) + (Shape.IsCross ? 0 : Shape.Features) + (head * HeadFeatures);

    /// <summary>A result's place in <paramref name="start"/>, which lies as the results.</summary>
    public float* Result(float* start, int sample, int head, int i) => start + (nint)((((long)sample * Shape.Queries) + i) * Shape.Features) + (head * HeadFeatures);

    public float* LogSum(int sample, int head, int i) => logSums + (nint)Row(sample, head, i);

    /// <summary>What the weights of a query's keys from <paramref name="k"/> on, a multiple of 64, are multiplied by.</summary>
    public void Factors(int sample, int head, int i, int k, float* factors, int count) =>
        Dropout.Factors(in key, Shape.Dropout, (Row(sample, head, i) * Shape.DropoutStride) + k, factors, count);

    /// <summary>One head's keys or values from <paramref name="rows"/> on as the right operand of a product with its transpose.</summary>
    public void Pack(float* rows, int count, float* packed) =>
        GemmPacking.PackTransposed(rows, KeyStride, HeadFeatures, count, packed, (nint)HeadFeatures * GemmPacking.PanelWidth);

    /// <summary>tile = rows of left, times packed keys or values.</summary>
    public void Multiply(float* left, nint leftStride, int rows, float* packed, int k, int count, float* tile)
    {
        var product = new GemmProduct
        {
            Rows = rows,
            Columns = k + count,
            Depth = HeadFeatures,
            A = left,
            ARow = leftStride,
            AStep = 1,
            B = packed,
            BOrder = GemmOperand.Panels,
            C = tile - k,
            CRow = TilePitch,
        };
        Gemm.RunPart(&product, 0, rows, k, count);
    }

    /// <summary>result (+)= tile·right, or its transpose times right.</summary>
    public void Combine(float* tile, bool isTransposed, int rows, int depth, float* right, nint rightStride, float* result, nint resultStride, bool adds)
    {
        var product = new GemmProduct
        {
            Rows = rows,
            Columns = HeadFeatures,
            Depth = depth,
            A = tile,
            ARow = isTransposed ? 1 : TilePitch,
            AStep = isTransposed ? TilePitch : 1,
            B = right,
            BRow = rightStride,
            BOrder = GemmOperand.RowMajor,
            C = result,
            CRow = resultStride,
            Adds = adds,
        };
        Gemm.RunPart(&product, 0, rows, 0, HeadFeatures);
    }

    private long Row(int sample, int head, int i) => ((((long)sample * Shape.Heads) + head) * Shape.Queries) + i;
}
