using System;

namespace Dsl.Runtime.Kernels;

/// <summary>Whether this machine follows the compiler's advice.</summary>
internal static class WinogradChoice
{
    /// <summary>
    /// True for a convolution that is computed by Winograd's algorithm here. Its products have a column a channel: where the fewest are no whole vectors (17 to 31 with AVX-512, when
    /// 16 are advised) they are mostly padding, and direct tiles take less time.
    /// </summary>
    public static bool Takes(in Conv2dShape shape)
    {
        int channels = Math.Min(shape.InputChannels, shape.OutputChannels);
        return shape.Algorithm == ConvAlgorithm.Winograd && (channels < Conv2dShape.WinogradChannels || channels >= GemmPacking.PanelWidth || channels % VectorWidth.Count == 0);
    }
}
