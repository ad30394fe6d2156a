using System;

namespace Dsl.Runtime;

/// <content>What several nodes of ONNX make, and several layers are.</content>
public sealed partial class OnnxGraph
{
    /// <summary>x·Wᵀ + b of each row: the weight keeps its name and layout, and whoever loads the file transposes it once.</summary>
    public void Linear(string output, string x, string weight, string? bias = null)
    {
        string product = bias is null ? output : output + "/MatMul";
        Node("MatMul", product, x, Transposed(weight));
        if (bias is not null)
            Node("Add", output, product, bias);
    }

    /// <summary>The first so many features of each row.</summary>
    public void FirstFeatures(string output, string x, int count) => Node("Slice", output, x, Int64s(0), Int64s(count), Int64s(-1));

    /// <summary>x·Φ(x); ONNX has it as one operator from 20 on, and runtimes know this form of it.</summary>
    public void Gelu(string output, string x)
    {
        Node("Mul", output + "/Scaled", x, Float((float)Math.Sqrt(0.5)));
        Node("Erf", output + "/Erf", output + "/Scaled");
        Node("Add", output + "/Sum", output + "/Erf", Float(1));
        Node("Mul", output + "/Twice", x, output + "/Sum");
        Node("Mul", output, output + "/Twice", Float(0.5f));
    }

    /// <summary>Each row by its root mean square.</summary>
    public void RmsNorm(string output, string x, string weight, float epsilon)
    {
        Node("Mul", output + "/Square", x, x);
        Node("ReduceMean", output + "/Mean", output + "/Square").Ints("axes", -1);
        Node("Add", output + "/Positive", output + "/Mean", Float(epsilon));
        Node("Sqrt", output + "/Root", output + "/Positive");
        Node("Div", output + "/Normal", x, output + "/Root");
        Node("Mul", output, output + "/Normal", weight);
    }

    /// <summary>
    /// Groups of channels, each to mean 0 and variance 1; then a scale and a shift of each channel. ONNX's own operator comes with 18, so each group is an instance here.
    /// </summary>
    /// <param name="output">Its value.</param>
    /// <param name="x">batch × channels × ....</param>
    /// <param name="weight">The scales.</param>
    /// <param name="bias">The shifts.</param>
    /// <param name="groups">How many.</param>
    /// <param name="epsilon">Added to the variance.</param>
    /// <param name="shape">Of a sample of x.</param>
    public void GroupNorm(string output, string x, string weight, string bias, int groups, float epsilon, params long[] shape)
    {
        ArgumentNullException.ThrowIfNull(shape);
        float[] ones = new float[groups];
        Array.Fill(ones, 1f);
        Node("Reshape", output + "/Groups", x, Int64s(0, groups, -1));
        Node(
            "InstanceNormalization",
            output + "/Normal",
            output + "/Groups",
            Floats($"ones/{groups}", [groups], ones),
            Floats($"zeros/{groups}", [groups], new float[groups])).Float("epsilon", epsilon);
        Node("Reshape", output + "/Channels", output + "/Normal", Int64s([0, .. shape]));
        long[] perChannel = new long[shape.Length];
        Array.Fill(perChannel, 1);
        perChannel[0] = shape[0];
        Node("Reshape", output + "/Scale", weight, Int64s(perChannel));
        Node("Reshape", output + "/Shift", bias, Int64s(perChannel));
        Node("Mul", output + "/Scaled", output + "/Channels", output + "/Scale");
        Node("Add", output, output + "/Scaled", output + "/Shift");
    }

    /// <summary>Means over rows floor(i·H/height) to ceil((i+1)·H/height), columns alike: a product with a matrix on either side.</summary>
    /// <param name="output">Its value.</param>
    /// <param name="x">batch × channels × H × W.</param>
    /// <param name="inputHeight">H.</param>
    /// <param name="inputWidth">W.</param>
    /// <param name="height">Rows of the output.</param>
    /// <param name="width">Columns of the output.</param>
    public void AdaptiveAveragePool(string output, string x, int inputHeight, int inputWidth, int height, int width)
    {
        float[] rows = Means(inputHeight, height);
        float[] columns = Means(inputWidth, width);
        float[] transposed = new float[columns.Length];
        for (int i = 0; i < width; i++)
        {
            for (int k = 0; k < inputWidth; k++)
                transposed[(k * width) + i] = columns[(i * inputWidth) + k];
        }

        Node("MatMul", output + "/Rows", Floats(output + "/RowMeans", [height, inputHeight], rows), x);
        Node("MatMul", output, output + "/Rows", Floats(output + "/ColumnMeans", [inputWidth, width], transposed));
    }

    /// <summary>x and a table of sines and cosines of the steps.</summary>
    /// <param name="output">Its value.</param>
    /// <param name="x">batch × steps × features.</param>
    /// <param name="steps">How many.</param>
    /// <param name="features">How many.</param>
    public unsafe void AddSinusoids(string output, string x, int steps, int features)
    {
        float[] table = new float[checked(steps * features)];
        fixed (float* first = table)
            Kernels.Positions.Sinusoidal(first, steps, features);
        Node("Add", output, x, Floats($"sinusoids/{steps},{features}", [steps, features], table));
    }

    private string Transposed(string weight)
    {
        string transposed = weight + "/T";
        Node("Transpose", transposed, weight).Ints("perm", 1, 0);
        return transposed;
    }

    /// <summary>outputs × inputs: row i takes the mean of the inputs that output i stands for.</summary>
    private static float[] Means(int inputs, int outputs)
    {
        float[] means = new float[checked(inputs * outputs)];
        for (int i = 0; i < outputs; i++)
        {
            int first = (int)((long)i * inputs / outputs);
            int end = (int)((((i + 1L) * inputs) + outputs - 1) / outputs);
            means.AsSpan((i * inputs) + first, end - first).Fill(1f / (end - first));
        }

        return means;
    }
}
