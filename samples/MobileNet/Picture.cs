using System;
using System.Buffers.Binary;
using System.Globalization;
using System.IO;
using System.Text;

namespace MobileNet;

/// <summary>An RGB picture from a file: the two formats that need no library, binary PPM (P6) and uncompressed BMP of 24 or 32 bits.</summary>
internal sealed class Picture
{
    private const int Channels = 3;
    private const int LargestSide = 1 << 15;

    private Picture(int width, int height, byte[] values)
    {
        Width = width;
        Height = height;
        Values = values;
    }

    public int Width { get; }

    public int Height { get; }

    /// <summary>Red, green and blue of each pixel, row by row from the top left.</summary>
    public byte[] Values { get; }

    /// <summary>Reads a file.</summary>
    /// <exception cref="InvalidDataException">It is neither, or damaged; the message names it.</exception>
    public static Picture Read(string path)
    {
        byte[] file = File.ReadAllBytes(path);
        try
        {
            return file switch
            {
                [(byte)'P', (byte)'6', ..] => Ppm(file),
                [(byte)'B', (byte)'M', ..] => Bmp(file),
                _ => throw new InvalidDataException("it is neither a binary PPM (P6) nor a BMP; a JPEG becomes one by `djpeg -ppm photo.jpg > photo.ppm` or `convert photo.jpg photo.ppm`."),
            };
        }
        catch (Exception error) when (error is InvalidDataException or ArgumentOutOfRangeException or IndexOutOfRangeException or ArgumentException)
        {
            throw new InvalidDataException($"{path} cannot be read: {(error is InvalidDataException ? error.Message : "it is cut off.")}", error);
        }
    }

    /// <summary>P6, width, height and largest value as text between white space and comments, one white space, then the bytes.</summary>
    private static Picture Ppm(byte[] file)
    {
        int at = 2;
        int width = Next();
        int height = Next();
        int largest = Next();
        if (largest != byte.MaxValue)
            throw new InvalidDataException($"its largest value is {largest}; 255 is read.");
        CheckSize(width, height);
        return new Picture(width, height, file.AsSpan(at + 1, width * height * Channels).ToArray());

        int Next()
        {
            while (file[at] is (byte)'#' or (byte)' ' or (byte)'\t' or (byte)'\r' or (byte)'\n')
            {
                if (file[at++] == '#')
                    at = Array.IndexOf(file, (byte)'\n', at) is var end and >= 0 ? end : file.Length;
            }

            int start = at;
            while (file[at] is >= (byte)'0' and <= (byte)'9')
                at++;
            string text = Encoding.ASCII.GetString(file, start, at - start);
            return int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out int number) ? number : throw new InvalidDataException("its head is no PPM's.");
        }
    }

    /// <summary>Blue, green, red (and nothing), rows of a multiple of four bytes, from the bottom up unless the height is negative.</summary>
    private static Picture Bmp(byte[] file)
    {
        int start = BinaryPrimitives.ReadInt32LittleEndian(file.AsSpan(10));
        int width = BinaryPrimitives.ReadInt32LittleEndian(file.AsSpan(18));
        int signedHeight = BinaryPrimitives.ReadInt32LittleEndian(file.AsSpan(22));
        int bits = BinaryPrimitives.ReadInt16LittleEndian(file.AsSpan(28));
        int compression = BinaryPrimitives.ReadInt32LittleEndian(file.AsSpan(30));

        // 3 says where the colours lie in 32 bits; every program writes them where they always lie.
        if (bits is not (24 or 32) || compression is not (0 or 3))
            throw new InvalidDataException($"it is a BMP of {bits} bits and compression {compression}; uncompressed ones of 24 or 32 bits are read.");
        int height = Math.Abs(Math.Max(signedHeight, -LargestSide - 1));
        CheckSize(width, height);
        int step = bits / 8;
        int stride = (width * step + 3) / 4 * 4;
        byte[] values = new byte[width * height * Channels];
        for (int y = 0; y < height; y++)
        {
            ReadOnlySpan<byte> row = file.AsSpan(start + ((signedHeight > 0 ? height - 1 - y : y) * stride), width * step);
            for (int x = 0; x < width; x++)
            {
                for (int c = 0; c < Channels; c++)
                    values[(((y * width) + x) * Channels) + c] = row[(x * step) + Channels - 1 - c];
            }
        }

        return new Picture(width, height, values);
    }

    private static void CheckSize(int width, int height)
    {
        if (width is < 1 or > LargestSide || height is < 1 or > LargestSide || (long)width * height > LargestSide * (long)LargestSide / 8)
            throw new InvalidDataException($"it is {width}×{height} pixels.");
    }
}
