using System;

namespace Dsl.Runtime;

/// <summary>A named tensor over a managed array.</summary>
public sealed class ArrayTensor : INamedTensor
{
    private readonly int[] shape;
    private readonly float[] values;

    /// <summary>Names an array, which is not copied.</summary>
    /// <param name="name">The name in the file.</param>
    /// <param name="shape">The dimensions; their product is the array's length.</param>
    /// <param name="values">The values, row-major.</param>
    /// <exception cref="ArgumentException">The shape does not fit the array's length.</exception>
    public ArrayTensor(string name, ReadOnlySpan<int> shape, float[] values)
    {
        ArgumentNullException.ThrowIfNull(name);
        ArgumentNullException.ThrowIfNull(values);
        long count = 1;
        foreach (int dimension in shape)
            count = checked(count * dimension);
        if (count != values.Length)
            throw new ArgumentException($"Tensor {MessageText.Quote(name)} has {values.Length} values, but its shape {TensorShape.Format(shape)} holds {count}.", nameof(values));
        Name = name;
        this.shape = shape.ToArray();
        this.values = values;
    }

    /// <inheritdoc/>
    public string Name { get; }

    /// <inheritdoc/>
    public ReadOnlySpan<int> Shape => shape;

    /// <summary>The values, row-major, to read and to write.</summary>
    public Span<float> Values => values;

    /// <inheritdoc/>
    int INamedTensor.Count => values.Length;

    /// <inheritdoc/>
    ReadOnlySpan<float> INamedTensor.Values => values;

    /// <inheritdoc/>
    Span<float> INamedTensor.ValuesToReplace => values;
}
