using System;

namespace Dsl.Report;

/// <summary>A small image out of a network's values. Values beyond the given range take its ends; NaN takes the lower one.</summary>
public sealed class Picture
{
    private readonly byte[] pixels;

    private Picture(int height, int width, int channels, byte[] pixels)
    {
        Height = height;
        Width = width;
        Channels = channels;
        this.pixels = pixels;
    }

    /// <summary>Rows.</summary>
    public int Height { get; }

    /// <summary>Columns.</summary>
    public int Width { get; }

    /// <summary>1: grey; 2: ink, grey and opacity; 3: colours.</summary>
    internal int Channels { get; }

    /// <summary>Shades of grey.</summary>
    /// <param name="values">Height × width values, row by row.</param>
    /// <param name="height">Rows, at least 1.</param>
    /// <param name="width">Columns, at least 1.</param>
    /// <param name="black">The value that is black.</param>
    /// <param name="white">The value that is white; it may be the smaller one.</param>
    /// <exception cref="ArgumentException">The values are not height × width, or black and white are the same or not finite.</exception>
    public static Picture Grey(ReadOnlySpan<float> values, int height, int width, float black = 0, float white = 1)
    {
        Check(values.Length, 1, height, width, black, white);
        byte[] pixels = new byte[values.Length];
        for (int i = 0; i < pixels.Length; i++)
            pixels[i] = Level(values[i], black, white);
        return new Picture(height, width, 1, pixels);
    }

    /// <summary>Ink on paper: dark on a light page and light on a dark one.</summary>
    /// <param name="values">Height × width values, row by row.</param>
    /// <param name="height">Rows, at least 1.</param>
    /// <param name="width">Columns, at least 1.</param>
    /// <param name="paper">The value of bare paper.</param>
    /// <param name="ink">The value of full ink; it may be the smaller one.</param>
    /// <exception cref="ArgumentException">The values are not height × width, or paper and ink are the same or not finite.</exception>
    public static Picture Ink(ReadOnlySpan<float> values, int height, int width, float paper = 0, float ink = 1)
    {
        Check(values.Length, 1, height, width, paper, ink);
        byte[] pixels = new byte[2 * values.Length];
        for (int i = 0; i < values.Length; i++)
            pixels[(2 * i) + 1] = Level(values[i], paper, ink);
        return new Picture(height, width, 2, pixels);
    }

    /// <summary>Colours, channels first as networks have them.</summary>
    /// <param name="values">3 × height × width values: all reds row by row, then all greens, then all blues.</param>
    /// <param name="height">Rows, at least 1.</param>
    /// <param name="width">Columns, at least 1.</param>
    /// <param name="black">The value that gives no light.</param>
    /// <param name="white">The value that gives full light.</param>
    /// <exception cref="ArgumentException">The values are not 3 × height × width, or black and white are the same or not finite.</exception>
    public static Picture Rgb(ReadOnlySpan<float> values, int height, int width, float black = 0, float white = 1)
    {
        Check(values.Length, 3, height, width, black, white);
        byte[] pixels = new byte[values.Length];
        int size = values.Length / 3;
        for (int i = 0; i < size; i++)
        {
            for (int channel = 0; channel < 3; channel++)
                pixels[(3 * i) + channel] = Level(values[(channel * size) + i], black, white);
        }

        return new Picture(height, width, 3, pixels);
    }

    /// <summary>The image as a PNG file.</summary>
    public byte[] ToPng() => Png.Encode(Width, Height, Channels, pixels);

    private static void Check(int count, int channels, int height, int width, float low, float high)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(height);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(width);
        long wanted = (long)channels * height * width;
        if (count != wanted)
            throw new ArgumentException($"A picture of {(channels == 1 ? "" : $"{channels}×")}{height}×{width} has {wanted} values, but {count} were given.");
        if (!float.IsFinite(high - low) || high == low)
            throw new ArgumentException($"The range of a picture's values goes from {low} to {high}; two different finite numbers are wanted.");
    }

    private static byte Level(float value, float low, float high)
    {
        float share = (value - low) / (high - low);
        return share >= 1 ? (byte)255 : share > 0 ? (byte)((share * 255) + 0.5f) : (byte)0;
    }
}
