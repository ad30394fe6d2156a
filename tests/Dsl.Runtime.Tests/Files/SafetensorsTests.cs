using System;
using System.Buffers.Binary;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Text;
using Xunit;

namespace Dsl.Runtime.Tests;

public sealed class SafetensorsTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("dsl-files").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    internal static ArrayTensor Tensor(string name, params int[] shape) =>
        new(name, shape, [.. Enumerable.Range(0, shape.Aggregate(1, (a, b) => a * b)).Select(i => i + (name.Length / 10f))]);

    internal static byte[] Bytes(IReadOnlyList<INamedTensor> tensors, IReadOnlyDictionary<string, string>? metadata = null)
    {
        using MemoryStream stream = new();
        Safetensors.Write(stream, tensors, metadata);
        return stream.ToArray();
    }

    /// <summary>A file of a header as it is written here, and so many bytes of data.</summary>
    internal static byte[] FileOf(string header, params byte[] data)
    {
        byte[] json = Encoding.UTF8.GetBytes(header);
        byte[] length = new byte[8];
        BinaryPrimitives.WriteInt64LittleEndian(length, json.Length);
        return [.. length, .. json, .. data];
    }

    private static string ErrorOf(byte[] file, params INamedTensor[] tensors) => Assert.Throws<SafetensorsException>(() => Safetensors.Read(file, tensors)).Message;

    [Fact]
    public void What_is_written_is_read()
    {
        string path = Path.Combine(_folder, "net.safetensors");
        INamedTensor[] written = [Tensor("Conv2d1.weight", 4, 3, 3, 3), Tensor("größe", 0, 7), Tensor("scalar")];
        Dictionary<string, string> metadata = new() { ["b"] = "ü\"\n", ["a"] = "" };
        Safetensors.Write(path, written, metadata);
        ArrayTensor[] read = [new("scalar", [], new float[1]), new("Conv2d1.weight", [4, 3, 3, 3], new float[108]), new("größe", [0, 7], [])];
        SafetensorsHeader header = Safetensors.Read(path, read);
        Assert.Equal(written[0].Values.ToArray(), read[1].Values.ToArray());
        Assert.Equal(written[2].Values.ToArray(), read[0].Values.ToArray());
        Assert.Equal(metadata.OrderBy(pair => pair.Key), header.Metadata.OrderBy(pair => pair.Key));
        Assert.Equal([path], Directory.GetFiles(_folder));
        Assert.Equal(Bytes(written, metadata), File.ReadAllBytes(path));
    }

    [Fact]
    public void The_bytes_are_those_of_the_format()
    {
        byte[] file = Bytes([new ArrayTensor("a", [1, 2], [1, 2])], new Dictionary<string, string> { ["format"] = "pt" });
        const string Header = """{"__metadata__":{"format":"pt"},"a":{"dtype":"F32","shape":[1,2],"data_offsets":[0,8]}}""";
        Assert.Equal((Header.Length + 7) / 8 * 8, BinaryPrimitives.ReadInt64LittleEndian(file));
        Assert.Equal(Header, Encoding.UTF8.GetString(file, 8, file.Length - 16).TrimEnd(' '));
        Assert.Equal([0, 0, 128, 63, 0, 0, 0, 64], file[^8..]);
    }

    [Fact]
    public void Halves_are_widened()
    {
        byte[] halves = FileOf(
            """{"h":{"dtype":"F16","shape":[4],"data_offsets":[0,8]},"b":{"dtype":"BF16","shape":[2],"data_offsets":[8,12]}}""",
            0x00, 0x3C, 0x01, 0x00, 0x00, 0xFC, 0xFF, 0x7B, 0x80, 0x3F, 0xC0, 0xFF);
        ArrayTensor h = new("h", [4], new float[4]);
        ArrayTensor b = new("b", [2], new float[2]);
        Safetensors.Read(halves, [h, b]);
        Assert.Equal([1, 5.9604645e-8f, float.NegativeInfinity, 65504], h.Values.ToArray());
        Assert.Equal([1, float.NaN], b.Values.ToArray());
    }

    [Fact]
    public void Long_halves_are_widened_piece_by_piece()
    {
        Half[] values = [.. Enumerable.Range(0, 5000).Select(i => (Half)(i - 2500f))];
        byte[] data = [.. values.SelectMany(BitConverter.GetBytes)];
        ArrayTensor tensor = new("h", [5000], new float[5000]);
        Safetensors.Read(FileOf("""{"h":{"dtype":"F16","shape":[5000],"data_offsets":[0,10000]}}""", data), [tensor]);
        Assert.Equal(values.Select(v => (float)v), tensor.Values.ToArray());
    }

    [Fact]
    public void Counters_of_batch_norm_are_passed_over()
    {
        byte[] file = FileOf(
            """{"n.weight":{"dtype":"F32","shape":[1],"data_offsets":[8,12]},"n.num_batches_tracked":{"dtype":"I64","shape":[],"data_offsets":[0,8]}}""",
            1, 0, 0, 0, 0, 0, 0, 0, 0, 0, 128, 63);
        ArrayTensor weight = new("n.weight", [1], new float[1]);
        Safetensors.Read(file, [weight]);
        Assert.Equal([1f], weight.Values.ToArray());
    }

    [Fact]
    public void Missing_extra_and_misshapen_tensors_are_named_and_nothing_is_changed()
    {
        byte[] file = Bytes([Tensor("a.weight", 2, 3), Tensor("b.bias", 4)]);
        ArrayTensor good = new("a.weight", [2, 3], new float[6]);
        Assert.Contains("it has 'b.bias', which is not wanted", ErrorOf(file, good), StringComparison.Ordinal);
        Assert.Contains("lacks 'c.bias'", ErrorOf(file, good, Tensor("b.bias", 4), Tensor("c.bias", 1)), StringComparison.Ordinal);
        Assert.Contains("'b.bias' has shape 4 in the file, but 5 is wanted", ErrorOf(file, good, Tensor("b.bias", 5)), StringComparison.Ordinal);
        Assert.Contains("'b.bias' has shape 4 in the file, but 4×1 is wanted", ErrorOf(file, good, Tensor("b.bias", 4, 1)), StringComparison.Ordinal);
        Assert.Equal(new float[6], good.Values.ToArray());
    }

    [Fact]
    public void Other_names_are_taken_by_prefix_and_map()
    {
        byte[] file = Bytes([Tensor("model.fc.weight", 2), Tensor("model.head.weight", 3), Tensor("ema.fc.weight", 2)]);
        ArrayTensor linear = new("Linear1.weight", [2], new float[2]);
        Safetensors.Read(file, [linear], "model.", name => name == "fc.weight" ? "Linear1.weight" : null);
        Assert.Equal(Tensor("model.fc.weight", 2).Values.ToArray(), linear.Values.ToArray());

        string message = Assert.Throws<SafetensorsException>(() => Safetensors.Read(file, [linear], map: _ => "Linear1.weight")).Message;
        Assert.Contains("both 'model.fc.weight' and 'model.head.weight' stand for 'Linear1.weight'", message, StringComparison.Ordinal);
        message = Assert.Throws<SafetensorsException>(() => Safetensors.Read(file, [linear], "model.", name => "x." + name)).Message;
        Assert.Contains("lacks 'Linear1.weight'; it has 'model.fc.weight' (as 'x.fc.weight'), 'model.head.weight'", message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("no JSON object", "")]
    [InlineData("no JSON object", "[]")]
    [InlineData("no JSON object", " {}")]
    [InlineData("damaged header", "{")]
    [InlineData("damaged header", "{}x")]
    [InlineData("damaged header", "{}{}")]
    [InlineData("damaged header", """{"a":{"dtype":"F32","shape":[1],"data_offsets":[0,4]},}""")]
    [InlineData("is no object", """{"a":4}""")]
    [InlineData("needs dtype, shape and two data_offsets", """{"a":{}}""")]
    [InlineData("needs dtype, shape and two data_offsets", """{"a":{"dtype":"F32","shape":[1],"data_offsets":[0,4,4]}}""")]
    [InlineData("wrong or a second dtype", """{"a":{"dtype":4,"shape":[1],"data_offsets":[0,4]}}""")]
    [InlineData("wrong or a second shape", """{"a":{"dtype":"F32","shape":[1],"shape":[1],"data_offsets":[0,4]}}""")]
    [InlineData("'a' stands in it twice", """{"a":{"dtype":"F32","shape":[1],"data_offsets":[0,4]},"\u0061":{"dtype":"F32","shape":[0],"data_offsets":[4,4]}}""")]
    [InlineData("whole numbers from 0", """{"a":{"dtype":"F32","shape":[-1],"data_offsets":[0,4]}}""")]
    [InlineData("whole numbers from 0", """{"a":{"dtype":"F32","shape":[1.0],"data_offsets":[0,4]}}""")]
    [InlineData("whole numbers from 0", """{"a":{"dtype":"F32","shape":["1"],"data_offsets":[0,4]}}""")]
    [InlineData("whole numbers from 0", """{"a":{"dtype":"F32","shape":[1],"data_offsets":[9223372036854775808,9223372036854775812]}}""")]
    [InlineData("claims the bytes 0 to 9223372036854775807", """{"a":{"dtype":"F32","shape":[1],"data_offsets":[0,9223372036854775807]}}""")]
    [InlineData("claims the bytes 0 to 8 of 4", """{"a":{"dtype":"F32","shape":[2],"data_offsets":[0,8]}}""")]
    [InlineData("claims the bytes 4 to 0", """{"a":{"dtype":"F32","shape":[1],"data_offsets":[4,0]}}""")]
    [InlineData("unknown element type 'F33'", """{"a":{"dtype":"F33","shape":[1],"data_offsets":[0,4]}}""")]
    [InlineData("does not fit its 4 bytes", """{"a":{"dtype":"F32","shape":[2],"data_offsets":[0,4]}}""")]
    [InlineData("does not fit its 4 bytes", """{"a":{"dtype":"F32","shape":[4294967296,4294967296,4294967296,4294967296,4294967296],"data_offsets":[0,4]}}""")]
    [InlineData("does not fit its 4 bytes", """{"a":{"dtype":"F32","shape":[9223372036854775807,9223372036854775807,9223372036854775807,0],"data_offsets":[0,4]}}""")]
    [InlineData("overlap those of 'a'", """{"a":{"dtype":"F32","shape":[1],"data_offsets":[0,4]},"b":{"dtype":"F16","shape":[1],"data_offsets":[2,4]}}""")]
    [InlineData("2 bytes between the header and 'a' belong to no tensor", """{"a":{"dtype":"F16","shape":[1],"data_offsets":[2,4]}}""")]
    [InlineData("4 bytes after the header belong to no tensor", "{}")]
    [InlineData("is no object", """{"__metadata__":3}""")]
    [InlineData("is no string", """{"__metadata__":{"a":1}}""")]
    [InlineData("'a' stands in __metadata__ twice", """{"__metadata__":{"a":"1","a":"2"}}""")]
    [InlineData("damaged header", """{"\ud800":{"dtype":"F32","shape":[1],"data_offsets":[0,4]}}""")]
    public void Damaged_headers_are_one_clear_error(string message, string header) =>
        Assert.Contains(message, ErrorOf(FileOf(header, 0, 0, 0, 0), Tensor("a", 1)), StringComparison.Ordinal);

    [Fact]
    public void Text_that_is_no_UTF8_is_an_error()
    {
        byte[] file = FileOf("""{"a":{"dtype":"F32","shape":[1],"data_offsets":[0,4]}}""", 0, 0, 0, 0);
        file[10] = 0xFF;
        Assert.Contains("damaged header", ErrorOf(file, Tensor("a", 1)), StringComparison.Ordinal);
    }

    [Fact]
    public void Deep_nesting_is_an_error_and_unknown_keys_are_passed_over()
    {
        string deep = string.Concat(Enumerable.Repeat("[", 5000));
        Assert.Contains("damaged header", ErrorOf(FileOf("{\"a\":{\"x\":" + deep), Tensor("a", 1)), StringComparison.Ordinal);
        Safetensors.Read(FileOf("""{"a":{"x":[{}],"dtype":"F32","shape":[1],"data_offsets":[0,4]}}  """, 0, 0, 0, 0), [Tensor("a", 1)]);
    }

    [Fact]
    public void Other_element_types_are_named()
    {
        byte[] file = FileOf("""{"a":{"dtype":"F64","shape":[1],"data_offsets":[0,8]}}""", new byte[8]);
        Assert.Contains("'a' has element type F64; F32, F16 and BF16 are read", ErrorOf(file, Tensor("a", 1)), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(9L)]
    [InlineData(1L << 40)]
    [InlineData(100_000_000L)]
    [InlineData(long.MaxValue)]
    [InlineData(-1L)]
    public void A_huge_header_length_allocates_nothing(long length)
    {
        byte[] file = new byte[16];
        BinaryPrimitives.WriteInt64LittleEndian(file, length);
        string path = Path.Combine(_folder, "huge");
        File.WriteAllBytes(path, file);
        Assert.Contains("header claims", ErrorOf(file), StringComparison.Ordinal);
        long before = GC.GetAllocatedBytesForCurrentThread();
        Assert.Throws<SafetensorsException>(() => Safetensors.ReadHeader(path));
        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, 16_384);
    }

    [Fact]
    public void Values_are_read_from_a_file_without_a_copy_of_it()
    {
        string path = Path.Combine(_folder, "large");
        ArrayTensor tensor = Tensor("a", 3, 1 << 20);
        long before = GC.GetAllocatedBytesForCurrentThread();
        Safetensors.Write(path, [tensor]);
        Safetensors.Read(path, [tensor]);
        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, 200_000);
    }

    [Fact]
    public void Truncation_at_any_place_is_an_error()
    {
        string path = Path.Combine(_folder, "cut");
        byte[] file = Bytes([Tensor("a.weight", 2, 3), Tensor("b.bias", 4)]);
        for (int length = 0; length < file.Length; length++)
        {
            ArrayTensor[] tensors = [new("a.weight", [2, 3], new float[6]), new("b.bias", [4], new float[4])];
            ErrorOf(file[..length], tensors);
            File.WriteAllBytes(path, file[..length]);
            Assert.Contains(path, Assert.Throws<SafetensorsException>(() => Safetensors.Read(path, tensors)).Message, StringComparison.Ordinal);
            Assert.Equal(new float[6], tensors[0].Values.ToArray());
        }
    }

    [Fact]
    public void A_missing_file_is_the_usual_error() =>
        Assert.Throws<FileNotFoundException>(() => Safetensors.Read(Path.Combine(_folder, "none"), [Tensor("a", 1)]));

    [Fact]
    public void A_folder_and_a_pipe_are_an_IOException_that_names_them()
    {
        Assert.Contains($"{_folder} cannot be read: it is a folder", Assert.ThrowsAny<IOException>(() => Safetensors.ReadHeader(_folder)).Message, StringComparison.Ordinal);
        if (OperatingSystem.IsWindows())
            return;
        using System.IO.Pipes.AnonymousPipeServerStream pipe = new(System.IO.Pipes.PipeDirection.Out);
        string path = "/dev/fd/" + pipe.GetClientHandleAsString();
        Assert.Contains(path + " is no safetensors file but a pipe", Assert.Throws<SafetensorsException>(() => Safetensors.ReadHeader(path)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void The_old_file_survives_a_failed_write()
    {
        string path = Path.Combine(_folder, "net");
        Safetensors.Write(path, [Tensor("a", 2)]);
        byte[] before = File.ReadAllBytes(path);
        Assert.Throws<InvalidOperationException>(() => Safetensors.Write(path, [Tensor("a", 2), new FailingTensor()]));
        Assert.Contains("Two tensors are called 'a'", Assert.Throws<ArgumentException>(() => Safetensors.Write(path, [Tensor("a", 2), Tensor("a", 1)])).Message, StringComparison.Ordinal);
        Assert.Throws<ArgumentException>(() => Safetensors.Write(path, [Tensor("__metadata__", 2)]));
        Assert.Equal(before, File.ReadAllBytes(path));
        Assert.Equal([path], Directory.GetFiles(_folder));
    }

    [Fact]
    public void A_link_is_followed()
    {
        string target = Path.Combine(_folder, "target");
        string link = Path.Combine(_folder, "link");
        File.WriteAllText(target, "old");
        File.CreateSymbolicLink(link, target);
        Safetensors.Write(link, [Tensor("a", 2)]);
        Assert.NotNull(new FileInfo(link).LinkTarget);
        Assert.Single(Safetensors.ReadHeader(target).Tensors);
    }

    private sealed class FailingTensor : INamedTensor
    {
        private int _reads;

        public string Name => "failing";

        public ReadOnlySpan<int> Shape => [1];

        // Once for the header, the second time in the midst of the data.
        public ReadOnlySpan<float> Values => _reads++ == 0 ? new float[1] : throw new InvalidOperationException("gone");

        public Span<float> ValuesToReplace => throw new NotSupportedException();
    }
}
