using System;
using System.Buffers.Binary;
using System.IO;
using System.IO.Compression;
using System.Linq;
using System.Text;
using Xunit;

namespace Dsl.Report.Tests;

public sealed class PictureTests
{
    [Fact]
    public void Grey_goes_from_black_to_white_and_no_further()
    {
        Image image = Image.Read(Picture.Grey([0, 1, 0.5f, -3, 9, float.NaN], 2, 3).ToPng());
        Assert.Equal((3, 2, 0), (image.Width, image.Height, image.ColourType));
        Assert.Equal([0, 255, 128, 0, 255, 0], image.Pixels);
    }

    [Fact]
    public void The_range_may_be_any_and_turned_round()
    {
        Assert.Equal([255, 128, 0], Image.Read(Picture.Grey([-1, 0, 1], 1, 3, black: 1, white: -1).ToPng()).Pixels);
    }

    [Fact]
    public void Ink_is_black_of_more_or_less_opacity()
    {
        Image image = Image.Read(Picture.Ink([0, 0.2f, 1], 3, 1).ToPng());
        Assert.Equal((1, 3, 4), (image.Width, image.Height, image.ColourType));
        Assert.Equal([0, 0, 0, 51, 0, 255], image.Pixels);
    }

    [Fact]
    public void Colours_come_channels_first_and_go_side_by_side()
    {
        Image image = Image.Read(Picture.Rgb([0, 1, 0.2f, 0.4f, 0.6f, 0.8f], 1, 2).ToPng());
        Assert.Equal((2, 1, 2), (image.Width, image.Height, image.ColourType));
        Assert.Equal([0, 51, 153, 255, 102, 204], image.Pixels);
    }

    [Fact]
    public void A_file_is_what_another_writer_makes_of_it()
    {
        // zlib.crc32 of Python over type and data of the first and the last chunk.
        byte[] file = Picture.Grey([1], 1, 1).ToPng();
        Assert.Equal("89504E470D0A1A0A0000000D4948445200000001000000010800000000" + "3A7E9B55", Convert.ToHexString(file, 0, 33));
        Assert.Equal("0000000049454E44AE426082", Convert.ToHexString(file, file.Length - 12, 12));
    }

    /// <summary>A reader for what the writer makes: 8 bits, rows unfiltered.</summary>
    private sealed record Image(int Width, int Height, int ColourType, byte[] Pixels)
    {
        public static Image Read(byte[] file)
        {
            Assert.Equal([0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A], file[..8]);
            int at = 8;
            byte[] header = Chunk("IHDR");
            byte[] data = Chunk("IDAT");
            Assert.Empty(Chunk("IEND"));
            Assert.Equal(file.Length, at);
            Assert.Equal(8, header[8]);
            Assert.Equal([0, 0, 0], header[10..]);
            int width = BinaryPrimitives.ReadInt32BigEndian(header);
            int height = BinaryPrimitives.ReadInt32BigEndian(header.AsSpan(4));
            using MemoryStream rows = new();
            using (ZLibStream zipped = new(new MemoryStream(data), CompressionMode.Decompress))
                zipped.CopyTo(rows);
            int stride = (int)rows.Length / height;
            byte[] whole = rows.ToArray();
            Assert.All(Enumerable.Range(0, height), row => Assert.Equal(0, whole[row * stride]));
            return new Image(width, height, header[9], [.. Enumerable.Range(0, height).SelectMany(row => whole[((row * stride) + 1)..((row + 1) * stride)])]);

            byte[] Chunk(string type)
            {
                int length = BinaryPrimitives.ReadInt32BigEndian(file.AsSpan(at));
                Assert.Equal(type, Encoding.ASCII.GetString(file, at + 4, 4));
                byte[] content = file[(at + 8)..(at + 8 + length)];
                Assert.Equal(Crc(file.AsSpan(at + 4, 4 + length)), BinaryPrimitives.ReadUInt32BigEndian(file.AsSpan(at + 8 + length)));
                at += 12 + length;
                return content;
            }
        }

        /// <summary>Bit by bit: the remainder by the polynomial of ISO 3309.</summary>
        private static uint Crc(ReadOnlySpan<byte> bytes)
        {
            uint crc = uint.MaxValue;
            foreach (byte value in bytes)
            {
                for (int bit = 0; bit < 8; bit++)
                    crc = (((crc ^ (uint)(value >> bit)) & 1) * 0xEDB88320u) ^ (crc >> 1);
            }

            return ~crc;
        }
    }
}
