namespace Dsl;

/// <summary>2d cross-correlation of every channel by itself: C×H×W → C×H'×W'.</summary>
/// <param name="k">The kernel's side in elements, at least 1.</param>
public sealed class DepthwiseConv2dAttribute(int k) : ConvolutionNodeAttribute(k);
