using System;
using System.Buffers.Binary;
using System.Diagnostics;
using System.IO;
using System.Linq;
using System.Text;
using Dsl;
using Dsl.Conformance;
using MobileNet;
using Xunit;

namespace SampleTests;

/// <summary>MobileNetV2: its declaration, torchvision's weights, its photos, its command line. What lies in ../shared/data beside the checkout is not there everywhere.</summary>
public sealed class MobileNetTests : IDisposable
{
    private const int Photos = 8;

    private readonly string folder = Directory.CreateTempSubdirectory("mobilenet").FullName;

    public void Dispose() => Directory.Delete(folder, recursive: true);

    /// <summary>torchvision's mobilenet_v2 has 3,504,872 parameters with 1,000 classes; one class more is a row of 1,280 and a bias.</summary>
    [Fact]
    public void It_has_as_many_parameters_as_torchvisions()
    {
        Assert.Equal(3_504_872 + 1_281, MobileNetV2.ParameterCount);
        Assert.Equal([1001], MobileNetV2.OutputShape.ToArray());
        using MobileNetV2 network = new();
        Func<string, string?> map = TorchvisionNames.To(network);
        Assert.Equal("Use1.0.Conv2d1.weight", map("features.0.0.weight"));
        Assert.Equal("Use1.0.BatchNorm2d1.running_var", map("features.0.1.running_var"));
        Assert.Equal("Use1.0.DepthwiseConv2d1.weight", map("features.1.conv.0.0.weight"));
        Assert.Equal("Use1.0.Use1.0.DepthwiseConv2d1.weight", map("features.3.conv.1.0.weight"));
        Assert.Equal("Use1.0.Use5.1.BatchNorm2d3.bias", map("features.16.conv.3.bias"));
        Assert.Equal("Linear1.bias", map("classifier.1.bias"));
        Assert.Equal("other.weight", map("other.weight"));
        using FlowerNet flowers = new();
        Assert.Equal(["Linear1.weight", "Linear1.bias"], flowers.Parameters.Where(parameter => parameter.IsTrainable).Select(parameter => parameter.Name));
    }

    [FactWithWeights]
    public void Torchvisions_weights_are_loaded_and_onnxruntime_agrees()
    {
        using MobileNetV2 network = Loaded();
        Random random = new(1);
        float[] x = [.. Enumerable.Range(0, 2 * 3 * 224 * 224).Select(_ => (float)((random.NextDouble() * 2) - 1))];
        float[] y = new float[2 * 1001];
        network.Predict(x, y);
        Assert.All(y, score => Assert.True(float.IsFinite(score)));
        if (OnnxJudge.Absence is not null)
            return;
        using OnnxJudge judge = new();
        judge.Add("MobileNetV2", network, [x], [y]);
        using FlowerNet flowers = new();
        flowers.TakeBody(network);
        float[] scores = new float[2 * 5];
        flowers.Predict(x, scores);
        judge.Add("FlowerNet", flowers, [x], [scores]);
        using Digits.DigitNet digits = new();
        float[] small = [.. x.Take(3 * 64)];
        float[] figures = new float[30];
        digits.Predict(small, figures);
        judge.Add("DigitNet", digits, [small], [figures]);
        Assert.Equal("", string.Join("\n", judge.Judge()));
    }

    [FactWithWeights]
    public void Daisies_are_daisies()
    {
        if (Decoded(Path.Combine(Data!, "images", "flowers", "daisy")) is not { } photos)
            return;
        using MobileNetV2 network = Loaded();
        PhotoNames names = new(network, File.ReadAllLines(Path.Combine(Data!, "weights", "imagenet_labels.txt")));
        int first = photos.Count(photo => names.Of(photo)[0].Name == "daisy");
        int among = photos.Count(photo => names.Of(photo).Any(one => one.Name == "daisy"));
        Assert.True(first >= Photos - 2 && among >= Photos - 1, $"of {Photos} daisies {first} were called so first, {among} among five");
    }

    [FactWithWeights]
    public void The_command_names_photos_exports_and_tells_what_is_wrong()
    {
        string photo = Path.Combine(folder, "grey.bmp");
        File.WriteAllBytes(photo, Bmp(3, 2, 24, (_, _) => (128, 128, 128)));
        string onnx = Path.Combine(folder, "net.onnx");
        string weights = Path.Combine(Data!, "weights", "mobilenet_v2.safetensors");
        (int code, string output, string errors) = Run("--weights", weights, "--onnx", onnx, photo);
        Assert.Equal("", errors);
        Assert.Equal(0, code);
        Assert.Contains("exported " + onnx, output, StringComparison.Ordinal);
        Assert.Contains("grey.bmp", output, StringComparison.Ordinal);
        Assert.True(new FileInfo(onnx).Length > 4 * MobileNetV2.ParameterCount);

        string jpeg = Path.Combine(folder, "photo.jpg");
        File.WriteAllBytes(jpeg, [0xFF, 0xD8, 0xFF, 0xE0]);
        (code, _, errors) = Run("--weights", weights, jpeg);
        Assert.Equal(1, code);
        Assert.Contains($"{jpeg} cannot be read: it is neither a binary PPM (P6) nor a BMP; a JPEG becomes one by", errors, StringComparison.Ordinal);
        (code, _, errors) = Run("--weights", weights, "--flowers", folder);
        Assert.Equal(1, code);
        Assert.Contains("has 0 folders; 5 are wanted", errors, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(24, 2)]
    [InlineData(24, -2)]
    [InlineData(32, 2)]
    public void A_bmp_is_read(int bits, int height)
    {
        string path = Path.Combine(folder, "a.bmp");
        File.WriteAllBytes(path, Bmp(3, height, bits, (x, y) => ((byte)(10 * x), (byte)(100 + y), 7)));
        Picture picture = Picture.Read(path);
        Assert.Equal((3, 2), (picture.Width, picture.Height));
        Assert.Equal([0, 100, 7, 10, 100, 7, 20, 100, 7, 0, 101, 7, 10, 101, 7, 20, 101, 7], picture.Values);
    }

    [Fact]
    public void A_ppm_is_read()
    {
        string path = Path.Combine(folder, "a.ppm");
        File.WriteAllBytes(path, [.. Encoding.ASCII.GetBytes("P6 # of a test\n2 1\n# two pixels\n255\n"), 1, 2, 3, 4, 5, 6]);
        Picture picture = Picture.Read(path);
        Assert.Equal((2, 1), (picture.Width, picture.Height));
        Assert.Equal([1, 2, 3, 4, 5, 6], picture.Values);
    }

    [Theory]
    [InlineData("P6\n2 2\n255\nabc", "it is cut off")]
    [InlineData("P6\n2 2\n65535\nabc", "its largest value is 65535; 255 is read")]
    [InlineData("P6\nx", "its head is no PPM's")]
    [InlineData("P6\n0 4\n255\n", "it is 0×4 pixels")]
    [InlineData("P6", "it is cut off")]
    [InlineData("BM", "it is cut off")]
    [InlineData("P3\n1 1\n255\n1 2 3", "it is neither a binary PPM (P6) nor a BMP")]
    public void A_damaged_picture_is_told(string text, string reason)
    {
        string path = Path.Combine(folder, "a.ppm");
        File.WriteAllText(path, text);
        InvalidDataException refused = Assert.Throws<InvalidDataException>(() => Picture.Read(path));
        Assert.Contains($"{path} cannot be read: {reason}", refused.Message, StringComparison.Ordinal);
    }

    /// <summary>A picture whose values rise evenly still does when it is scaled, up or down, and its middle stays its middle.</summary>
    [Theory]
    [InlineData(40, 30)]
    [InlineData(900, 700)]
    public void Scaling_keeps_a_slope(int width, int height)
    {
        const int Side = 64;
        string path = Path.Combine(folder, "slope.bmp");
        double centre = (width - 1) / 2.0;
        File.WriteAllBytes(path, Bmp(width, height, 24, (x, _) => ((byte)Math.Round(127.5 + ((x - centre) * 200.0 / width)), 50, 255)));
        float[] photo = Photo.Read(path, Side);
        double slope = 200.0 / width * (0.875 * height / Side) / 127.5;
        for (int y = 4; y < Side - 4; y++)
        {
            for (int x = 4; x < Side - 4; x++)
            {
                Assert.Equal((x - ((Side - 1) / 2.0)) * slope, photo[(y * Side) + x], 0.01);
                Assert.Equal((50 / 127.5) - 1, photo[(Side * Side) + (y * Side) + x], 1e-5);
                Assert.Equal(1, photo[(2 * Side * Side) + (y * Side) + x], 1e-5);
            }
        }
    }

    private static string? Data { get; } = FolderBeside("shared/data");

    private static MobileNetV2 Loaded()
    {
        MobileNetV2 network = new();
        network.LoadWeights(Path.Combine(Data!, "weights", "mobilenet_v2.safetensors"), null, TorchvisionNames.To(network));
        return network;
    }

    /// <summary>The first photos of a folder as PPM; null where no Pillow decodes them.</summary>
    private string[]? Decoded(string photos)
    {
        const string Script = "import sys, pathlib; from PIL import Image\nfor i, p in enumerate(sorted(pathlib.Path(sys.argv[1]).glob('*.jpg'))[:int(sys.argv[3])]): Image.open(p).convert('RGB').save(f'{sys.argv[2]}/{i}.ppm')";
        try
        {
            using Process process = Process.Start(new ProcessStartInfo("/usr/bin/python3", ["-c", Script, photos, folder, $"{Photos}"]) { RedirectStandardError = true })!;
            process.StandardError.ReadToEnd();
            process.WaitForExit();
            return process.ExitCode == 0 ? Directory.GetFiles(folder, "*.ppm") : null;
        }
        catch (System.ComponentModel.Win32Exception)
        {
            return null;
        }
    }

    private static byte[] Bmp(int width, int signedHeight, int bits, Func<int, int, (byte Red, byte Green, byte Blue)> colour)
    {
        int height = Math.Abs(signedHeight);
        int stride = ((width * bits / 8) + 3) / 4 * 4;
        byte[] file = new byte[54 + (stride * height)];
        "BM"u8.CopyTo(file);
        BinaryPrimitives.WriteInt32LittleEndian(file.AsSpan(10), 54);
        BinaryPrimitives.WriteInt32LittleEndian(file.AsSpan(14), 40);
        BinaryPrimitives.WriteInt32LittleEndian(file.AsSpan(18), width);
        BinaryPrimitives.WriteInt32LittleEndian(file.AsSpan(22), signedHeight);
        BinaryPrimitives.WriteInt16LittleEndian(file.AsSpan(26), 1);
        BinaryPrimitives.WriteInt16LittleEndian(file.AsSpan(28), (short)bits);
        for (int y = 0; y < height; y++)
        {
            for (int x = 0; x < width; x++)
            {
                int at = 54 + ((signedHeight > 0 ? height - 1 - y : y) * stride) + (x * bits / 8);
                (file[at + 2], file[at + 1], file[at]) = colour(x, y);
            }
        }

        return file;
    }

    private static (int Code, string Output, string Errors) Run(params string[] arguments)
    {
        ProcessStartInfo start = new("dotnet", [typeof(MobileNetV2).Assembly.Location, .. arguments]) { RedirectStandardOutput = true, RedirectStandardError = true };
        using Process process = Process.Start(start)!;
        System.Threading.Tasks.Task<string> errors = process.StandardError.ReadToEndAsync();
        string output = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        return (process.ExitCode, output, errors.Result);
    }

    private static string? FolderBeside(string path)
    {
        for (DirectoryInfo? at = new(AppContext.BaseDirectory); at is not null; at = at.Parent)
        {
            string folder = Path.Combine(at.FullName, path);
            if (Directory.Exists(folder))
                return folder;
        }

        return null;
    }

    private sealed class FactWithWeightsAttribute : FactAttribute
    {
        public FactWithWeightsAttribute() => Skip = Data is null ? "there is no shared/data beside the repository, with the weights and photos" : null;
    }
}
