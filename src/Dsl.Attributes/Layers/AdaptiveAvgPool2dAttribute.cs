namespace Dsl;

/// <summary>Means over height × width windows that cover the image as evenly as possible, as in PyTorch: C×H×W → C×height×width.</summary>
/// <param name="height">Output rows, at least 1.</param>
/// <param name="width">Output columns, at least 1.</param>
public sealed class AdaptiveAvgPool2dAttribute(int height, int width) : NodeAttribute
{
    /// <summary>The output rows.</summary>
    public int Height { get; } = height;

    /// <summary>The output columns.</summary>
    public int Width { get; } = width;
}
