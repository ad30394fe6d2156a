using System;

namespace MobileNet;

/// <summary>A picture as a network takes it: the largest square in its middle, scaled, channels first, each value x / 127.5 - 1.</summary>
internal static class Photo
{
    private const int Channels = 3;

    /// <summary>The part of the square's side that is kept, as in the training of such networks: 224 of 256.</summary>
    private const double Kept = 0.875;

    /// <summary>Reads a picture file.</summary>
    /// <param name="path">A PPM or BMP.</param>
    /// <param name="side">Pixels of a side of what is wanted.</param>
    /// <returns>3 × side × side.</returns>
    public static float[] Read(string path, int side) => Of(Picture.Read(path), side);

    /// <summary>Crops and scales a picture.</summary>
    public static float[] Of(Picture picture, int side)
    {
        double square = Kept * Math.Min(picture.Width, picture.Height);
        (int First, float[] Weights)[] columns = Taps(picture.Width, square, side);
        (int First, float[] Weights)[] rows = Taps(picture.Height, square, side);
        float[] wide = new float[picture.Height * side * Channels];
        for (int y = 0; y < picture.Height; y++)
        {
            for (int x = 0; x < side; x++)
            {
                (int first, float[] weights) = columns[x];
                for (int i = 0; i < weights.Length; i++)
                {
                    for (int c = 0; c < Channels; c++)
                        wide[(((y * side) + x) * Channels) + c] += weights[i] * picture.Values[(((y * picture.Width) + first + i) * Channels) + c];
                }
            }
        }

        float[] photo = new float[Channels * side * side];
        for (int y = 0; y < side; y++)
        {
            (int first, float[] weights) = rows[y];
            for (int x = 0; x < side; x++)
            {
                for (int c = 0; c < Channels; c++)
                {
                    float sum = 0;
                    for (int i = 0; i < weights.Length; i++)
                        sum += weights[i] * wide[((((first + i) * side) + x) * Channels) + c];
                    photo[(((c * side) + y) * side) + x] = (sum / 127.5f) - 1;
                }
            }
        }

        return photo;
    }

    /// <summary>
    /// For each pixel of a side of the result the pixels of the picture that it is made of, and their weights: a triangle as wide as two pixels of the coarser of both, so that no pixel is
    /// left out where the picture shrinks.
    /// </summary>
    private static (int First, float[] Weights)[] Taps(int size, double square, int side)
    {
        double scale = square / side;
        double reach = Math.Max(1, scale);
        double start = (size - square) / 2;
        var taps = new (int, float[])[side];
        for (int i = 0; i < side; i++)
        {
            double centre = start + ((i + 0.5) * scale);
            int first = Math.Clamp((int)Math.Floor(centre - reach + 0.5), 0, size - 1);
            int end = Math.Clamp((int)Math.Ceiling(centre + reach - 0.5) + 1, first + 1, size);
            float[] weights = new float[end - first];
            float sum = 0;
            for (int k = 0; k < weights.Length; k++)
            {
                weights[k] = (float)Math.Max(0, 1 - (Math.Abs(first + k + 0.5 - centre) / reach));
                sum += weights[k];
            }

            for (int k = 0; k < weights.Length; k++)
                weights[k] = sum > 0 ? weights[k] / sum : 1f / weights.Length;
            taps[i] = (first, weights);
        }

        return taps;
    }
}
