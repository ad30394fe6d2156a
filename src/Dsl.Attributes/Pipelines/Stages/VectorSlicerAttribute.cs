namespace Dsl;

/// <summary>Vector → some of its elements, in this order.</summary>
/// <param name="input">The column to read.</param>
/// <param name="output">The column to make.</param>
/// <param name="indices">At least one place, from 0, below the size, each once.</param>
public sealed class VectorSlicerAttribute(string input, string output, params int[] indices) : ColumnStageAttribute(input, output)
{
    /// <summary>At least one place, from 0, below the size, each once.</summary>
    public int[] Indices { get; } = indices;
}
