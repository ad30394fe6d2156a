using System;

namespace Dsl.Runtime;

/// <content>Sequences, and what of them is a sample's own: lengths are int32, batch × 1.</content>
public sealed partial class OnnxGraph
{
    /// <summary>How many steps of each sample are its own: all but the run of the padding id at its end, but at least 1.</summary>
    /// <param name="output">The lengths.</param>
    /// <param name="ids">batch × steps.</param>
    /// <param name="padding">The padding id.</param>
    /// <param name="steps">Steps of a sample.</param>
    public void Lengths(string output, string ids, int padding, int steps)
    {
        int[] numbers = new int[steps];
        for (int i = 0; i < steps; i++)
            numbers[i] = i + 1;
        Node("Equal", output + "/IsPadding", ids, Int32(padding));
        Node("Where", output + "/Numbers", output + "/IsPadding", Int32(1), Int32s($"numbers/{steps}", [steps], numbers));
        Node("ReduceMax", output, output + "/Numbers").Ints("axes", 1);
    }

    /// <summary>What a window over steps makes of lengths: <see cref="LengthMap"/>.</summary>
    public void WindowLengths(string output, string lengths, int kernel, int stride, int padding, int dilation)
    {
        Node("Add", output + "/Padded", lengths, Int32(padding - (dilation * (kernel - 1)) - 1));
        Node("Max", output + "/Room", output + "/Padded", Int32(0));
        Node("Div", output + "/Moves", output + "/Room", Int32(stride));
        Node("Add", output, output + "/Moves", Int32(1));
    }

    /// <summary>A sequence with a value in place of the steps that are not a sample's own.</summary>
    /// <param name="output">Its value.</param>
    /// <param name="x">batch × steps × features.</param>
    /// <param name="lengths">The lengths.</param>
    /// <param name="steps">Steps of a sample.</param>
    /// <param name="value">What stands beyond.</param>
    public void OwnSteps(string output, string x, string lengths, int steps, float value)
    {
        string own = OwnMask(lengths, steps) + "/Steps";
        if (!known.Contains(own))
            Node("Unsqueeze", own, OwnMask(lengths, steps), Int64s(2));
        Node("Where", output, own, x, Float(value));
    }

    /// <summary>The mean of every feature over a sample's own steps.</summary>
    public void AverageSteps(string output, string x, string lengths, int steps)
    {
        OwnSteps(output + "/Own", x, lengths, steps, 0);
        Node("ReduceSum", output + "/Sum", output + "/Own", Int64s(1)).Int("keepdims", 0);
        Node("Cast", output + "/Count", lengths).Int("to", OnnxFields.Float32);
        Node("Div", output, output + "/Sum", output + "/Count");
    }

    /// <summary>The last own step; of the features from <paramref name="forward"/> on, which a recurrent layer made from the end to the start, the first.</summary>
    /// <param name="output">Its value.</param>
    /// <param name="x">batch × steps × features.</param>
    /// <param name="lengths">The lengths; null: all steps.</param>
    /// <param name="steps">Steps of a sample.</param>
    /// <param name="features">Features of a step.</param>
    /// <param name="forward">How many of them are of the last step.</param>
    public void LastStep(string output, string x, string? lengths, int steps, int features, int forward)
    {
        if (forward == features)
        {
            Last(output, x, lengths, steps);
            return;
        }

        Node("Split", output + "/Forward", x, Int64s(forward, features - forward)).Also(output + "/Backward").Int("axis", 2);
        Last(output + "/Last", output + "/Forward", lengths, steps);
        Node("Gather", output + "/First", output + "/Backward", Int64(0)).Int("axis", 1);
        Node("Concat", output, output + "/Last", output + "/First").Int("axis", 1);
    }

    private void Last(string output, string x, string? lengths, int steps)
    {
        if (lengths is null)
        {
            Node("Gather", output, x, Int64(steps - 1)).Int("axis", 1);
            return;
        }

        Node("Sub", output + "/Index32", lengths, Int32(1));
        Node("Cast", output + "/Index", output + "/Index32").Int("to", OnnxFields.Int64);
        Node("GatherND", output, x, output + "/Index").Int("batch_dims", 1);
    }

    private string Int64(long value) => Constant($"int64/{value}", OnnxFields.Int64, [], BitConverter.GetBytes(value));

    /// <summary>0, 1, 2 ...</summary>
    private string Steps(int steps)
    {
        int[] values = new int[steps];
        for (int i = 0; i < steps; i++)
            values[i] = i;
        return Int32s($"steps/{steps}", [steps], values);
    }

    /// <summary>batch × steps: which steps are a sample's own.</summary>
    private string OwnMask(string lengths, int steps)
    {
        string mask = lengths + "/Own";
        if (!known.Contains(mask))
            Node("Less", mask, Steps(steps), lengths);
        return mask;
    }
}
