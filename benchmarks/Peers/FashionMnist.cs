using System;
using System.IO;
using System.IO.Compression;

namespace Dsl.Benchmarks.Peers;

/// <summary>Reads Fashion-MNIST's idx files as Debian installs them: pixels 0 to 1, one channel, labels 0 to 9.</summary>
internal static class FashionMnist
{
    public static Samples Read(string folder, string part)
    {
        byte[] pixels = Unpack(Path.Combine(folder, part + "-images-idx3-ubyte.gz"));
        byte[] marks = Unpack(Path.Combine(folder, part + "-labels-idx1-ubyte.gz"));
        const int imageHeader = 16;
        const int labelHeader = 8;
        var inputs = new float[pixels.Length - imageHeader];
        for (int i = 0; i < inputs.Length; i++)
            inputs[i] = pixels[i + imageHeader] / 255f;
        int[] labels = Array.ConvertAll(marks[labelHeader..], m => (int)m);
        return new Samples(inputs, labels);
    }

    private static byte[] Unpack(string path)
    {
        using FileStream file = File.OpenRead(path);
        using var unpacked = new GZipStream(file, CompressionMode.Decompress);
        using var all = new MemoryStream();
        unpacked.CopyTo(all);
        return all.ToArray();
    }
}
