namespace Dsl;

/// <summary>The dimensions in another order: axis i of the output is axis axes[i] of the input.</summary>
/// <param name="axes">Every axis from 0 on once, the batch not counted.</param>
public sealed class PermuteAttribute(params int[] axes) : NodeAttribute
{
    /// <summary>The input's axes in the output's order.</summary>
    public int[] Axes { get; } = axes;
}
