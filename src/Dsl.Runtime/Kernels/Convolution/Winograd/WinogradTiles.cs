using System;

namespace Dsl.Runtime.Kernels;

/// <summary>
/// How a Winograd convolution is cut: rows of 2×2 tiles of some images are transformed, multiplied plane by plane and transformed back while L2 holds them.
/// Small images go several at a time, so that the products have rows enough; large ones go some rows at a time.
/// </summary>
internal readonly struct WinogradTiles
{
    private const int PlanesFloats = 96 * 1024;
    private const int FewestTiles = 48;

    /// <summary>Cuts a batch.</summary>
    public WinogradTiles(in Conv2dShape shape)
    {
        Rows = (shape.ConvHeight + 1) / 2;
        Columns = (shape.ConvWidth + 1) / 2;
        int wanted = Math.Max(FewestTiles, PlanesFloats / (16 * (shape.InputChannels + shape.OutputChannels)));
        Images = Math.Max(1, wanted / (Rows * Columns));
        RowsAtOnce = Math.Clamp(wanted / Columns, 1, Rows);
    }

    /// <summary>Rows of tiles of an image.</summary>
    public int Rows { get; }

    /// <summary>Tiles of a row.</summary>
    public int Columns { get; }

    /// <summary>Images that go together; more than one only where all their rows do.</summary>
    public int Images { get; }

    /// <summary>Rows of tiles that go together.</summary>
    public int RowsAtOnce { get; init; }

    /// <summary>Floats from plane to plane: a little more than the tiles take, so that 16 planes do not fall into the same sets of L1.</summary>
    public static nint Plane(int tiles, int channels) => (((nint)tiles * channels + 15) & ~15) + 16;
}
