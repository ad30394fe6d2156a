namespace Dsl;

/// <summary>The same values, row-major in channels-first order, in another shape of as many elements.</summary>
/// <param name="shape">The new sizes without the batch, each at least 1.</param>
public sealed class ReshapeAttribute(params int[] shape) : NodeAttribute
{
    /// <summary>The new sizes without the batch.</summary>
    public int[] Shape { get; } = shape;
}
