using System;

namespace Dsl.Runtime;

/// <content>Attention.</content>
public sealed partial class OnnxGraph
{
    /// <summary>Scaled dot-product attention of several heads between its projections.</summary>
    /// <param name="output">Its value: batch × steps × features.</param>
    /// <param name="x">Where queries come from: batch × steps × features.</param>
    /// <param name="keyValue">Where keys and values come from; null: x.</param>
    /// <param name="prefix">What the names of its parameters start with.</param>
    /// <param name="heads">How many.</param>
    /// <param name="keys">Steps of keys and values.</param>
    /// <param name="isCausal">A query sees no key behind it.</param>
    /// <param name="lengths">How many keys of each sample are to be seen, batch × 1; null: all.</param>
    public void Attention(string output, string x, string? keyValue, string prefix, int heads, int keys, bool isCausal, string? lengths)
    {
        string weight = prefix + "in_proj_weight";
        string bias = prefix + "in_proj_bias";
        int features = parameters[prefix + "out_proj.weight"].Shape[0];
        (string q, string k, string v) = (output + "/Queries", output + "/Keys", output + "/Values");
        if (keyValue is null)
        {
            Linear(output + "/Projected", x, weight, bias);
            Node("Split", q, output + "/Projected", Int64s(features, features, features)).Also(k, v).Int("axis", 2);
        }
        else
        {
            Node("Split", weight + "/Queries", weight, Int64s(features, 2 * features)).Also(weight + "/Others");
            Node("Split", bias + "/Queries", bias, Int64s(features, 2 * features)).Also(bias + "/Others");
            Linear(q, x, weight + "/Queries", bias + "/Queries");
            Linear(output + "/Projected", keyValue, weight + "/Others", bias + "/Others");
            Node("Split", k, output + "/Projected", Int64s(features, features)).Also(v).Int("axis", 2);
        }

        int width = features / heads;
        ByHead(q, heads, width, 0, 2, 1, 3);
        ByHead(k, heads, width, 0, 2, 3, 1);
        ByHead(v, heads, width, 0, 2, 1, 3);
        Node("Mul", q + "/Scaled", q + "/Heads", Float((float)(1 / Math.Sqrt(width))));
        Node("MatMul", output + "/Products", q + "/Scaled", k + "/Heads");
        string scores = output + "/Products";
        if (Seen(output, keys, isCausal, lengths) is { } seen)
        {
            scores = output + "/Scores";
            Node("Where", scores, seen, output + "/Products", Float(float.NegativeInfinity));
        }

        Node("Softmax", output + "/Weights", scores).Int("axis", -1);
        Node("MatMul", output + "/Sums", output + "/Weights", v + "/Heads");
        Node("Transpose", output + "/Steps", output + "/Sums").Ints("perm", 0, 2, 1, 3);
        Node("Reshape", output + "/Attended", output + "/Steps", Int64s(0, 0, features));
        Linear(output, output + "/Attended", prefix + "out_proj.weight", prefix + "out_proj.bias");
    }

    private void ByHead(string value, int heads, int width, params long[] order)
    {
        Node("Reshape", value + "/ByHead", value, Int64s(0, 0, heads, width));
        Node("Transpose", value + "/Heads", value + "/ByHead").Ints("perm", order);
    }

    /// <summary>Which keys each query sees, to be spread over batch × heads × queries × keys; null: all.</summary>
    private string? Seen(string output, int keys, bool isCausal, string? lengths)
    {
        string? causal = null;
        if (isCausal)
        {
            causal = $"steps/{keys}/Causal";
            if (!known.Contains(causal))
            {
                Node("Unsqueeze", $"steps/{keys}/Rows", Steps(keys), Int64s(1));
                Node("LessOrEqual", causal, Steps(keys), $"steps/{keys}/Rows");
            }
        }

        if (lengths is null)
            return causal;
        string own = OwnMask(lengths, keys) + "/Keys";
        if (!known.Contains(own))
            Node("Unsqueeze", own, OwnMask(lengths, keys), Int64s(1, 2));
        if (causal is null)
            return own;
        Node("And", output + "/Seen", causal, own);
        return output + "/Seen";
    }
}
