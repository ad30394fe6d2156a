using System;

namespace Dsl.Runtime.Kernels;

/// <summary>Whether this machine follows the compiler's advice.</summary>
internal static class WinogradChoice
{
    /// <summary>
    /// True for a convolution that is computed by Winograd's algorithm here. Its products have a column a channel: between the fewest channels that are advised and a whole panel
    /// (16 to 31 with AVX-512) they are mostly padding, and direct tiles, which are cut to the channels, take 0.6 of the time.
    /// </summary>
    public static bool Takes(in Conv2dShape shape)
    {
        int channels = Math.Min(shape.InputChannels, shape.OutputChannels);
        return shape.Algorithm == ConvAlgorithm.Winograd && (channels < Conv2dShape.WinogradChannels || channels >= GemmPacking.PanelWidth);
    }
}
