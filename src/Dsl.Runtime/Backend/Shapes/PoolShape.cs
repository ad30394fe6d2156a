namespace Dsl.Runtime;

/// <summary>A pooling window. Padding at the bottom and right is what the output size implies.</summary>
/// <param name="KernelHeight">Rows of the window.</param>
/// <param name="KernelWidth">Columns of the window.</param>
/// <param name="StrideHeight">Rows from window to window.</param>
/// <param name="StrideWidth">Columns from window to window.</param>
/// <param name="PaddingHeight">Rows of padding above.</param>
/// <param name="PaddingWidth">Columns of padding on the left.</param>
public readonly record struct PoolShape(int KernelHeight, int KernelWidth, int StrideHeight, int StrideWidth, int PaddingHeight = 0, int PaddingWidth = 0)
{
    /// <summary>False for the default value: no pooling.</summary>
    public bool IsGiven => KernelHeight > 0;

    /// <summary>Bytes of a stored index (row·KernelWidth + column within the window): 1 for windows of up to 255 elements, else 4.</summary>
    public int IndexBytes => (long)KernelHeight * KernelWidth <= 255 ? 1 : 4;

    /// <summary>
    /// Floats that the indices of a sample take, and from sample to sample: <see cref="IndexBytes"/> for each of so many outputs, rounded up to 64 bytes.
    /// </summary>
    public long IndexFloats(long outputs) => ((outputs * IndexBytes) + 63) / 64 * 16;
}
