using System;
using Dsl.Runtime;
using Dsl.Spark.Arrow;
using Dsl.Spark.Types;

namespace Dsl.Spark.Networks;

/// <summary>
/// The label that a network chooses for each row, as its own <c>Classify</c> does, and how sure it is: of several classes the softmax of the label's output, 0 to 1; of one output, which chooses
/// between -1 and +1, that output.
/// </summary>
/// <typeparam name="TNetwork">The network's class.</typeparam>
public abstract class ClassifyFunction<TNetwork> : NetworkFunction<TNetwork>
    where TNetwork : Network
{
    /// <inheritdoc/>
    public sealed override DataType Result => IsLabelAlone ? Label : LabelAndScore;

    private static DataType Label { get; } = new IntegerType();

    private static DataType LabelAndScore { get; } = new StructType(new StructField(LabelField, Label), new StructField("score", new FloatType()));

    private protected sealed override void AppendAll<T>(ReadOnlySpan<T> inputs, int rows, ColumnBuilder result) => AppendEach(inputs, rows, result);

    private protected sealed override void Append(ReadOnlySpan<float> outputs, ColumnBuilder result)
    {
        int label = Choice.Label(outputs);
        if (IsLabelAlone)
        {
            result.Append(label);
            return;
        }

        result.Children[0].Append(label);
        result.Children[1].Append(outputs.Length == 1 ? outputs[0] : Softmax(outputs, label));
        result.AppendRow();
    }

    /// <summary>The softmax of an output that is the largest.</summary>
    private static float Softmax(ReadOnlySpan<float> outputs, int largest)
    {
        float sum = 0;
        foreach (float output in outputs)
            sum += MathF.Exp(output - outputs[largest]);
        return 1 / sum;
    }
}
