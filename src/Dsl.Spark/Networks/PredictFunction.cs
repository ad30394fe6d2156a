using System;
using Dsl.Spark.Arrow;
using Dsl.Spark.Types;

namespace Dsl.Spark.Networks;

/// <summary>The values that a network gives for each row, as an array.</summary>
/// <typeparam name="TNetwork">The network's class.</typeparam>
public abstract class PredictFunction<TNetwork> : NetworkFunction<TNetwork>
    where TNetwork : Network
{
    /// <inheritdoc/>
    public sealed override DataType Result { get; } = new ArrayType(new FloatType());

    private protected sealed override void AppendAll<T>(ReadOnlySpan<T> inputs, int rows, ColumnBuilder result) => PredictAll(inputs, rows, result.ReserveLists<float>(rows, OutputSize));

    private protected sealed override void Append(ReadOnlySpan<float> outputs, ColumnBuilder result) => result.AppendList(outputs);
}
