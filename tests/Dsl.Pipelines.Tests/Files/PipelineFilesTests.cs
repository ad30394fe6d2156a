using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Text;
using System.Text.Json;
using Dsl.Pipelines.Files;
using Dsl.Pipelines.Tests.Networks;
using Dsl.Runtime;
using FsCheck;
using FsCheck.Fluent;
using Xunit;

namespace Dsl.Pipelines.Tests.Files;

/// <summary>A pipeline's folder: read as written, whole or as before, and of anything else one error.</summary>
public class PipelineFilesTests
{
    private static readonly byte[] Key = [.. Enumerable.Range(0, 16).Select(i => (byte)i)];

    private static readonly PipelineDeclaration Declared = new(
        "Pipe",
        [new("Island", "string"), new("BillLength", "double?")],
        [new("Imputer1", "Imputer", ("columns", "BillLength")), new("Scaler", "StandardScaler", ("input", "Raw"), ("WithMean", "true")), new("ClassNet", "Network", ("Epochs", "5"))]);

    private static void Save(string folder, PipelineDeclaration? declaration = null, ClassNet? network = null, byte[]? key = null, LearntModel? model = null) =>
        PipelineFiles.Save(folder, declaration ?? Declared, files =>
        {
            files.Options(new PipelineOptions { Seed = ulong.MaxValue, MaskingKey = key });
            files.Stage("Imputer1", model ?? LearntModel.Sample);
            files.Stage("Scaler", LearntModel.Sample);
            if (network is not null)
                files.Network("ClassNet", network);
            files.Score("Accuracy", 0.1 + 0.2);
            files.Score("Nothing", double.NaN);
            files.Whole("Rows", 1L << 60);
            files.Parameter("Scaler.WithMean", true);
        });

    private static LearntModel Load(string folder, PipelineDeclaration? declaration = null, byte[]? key = null) =>
        PipelineFiles.Load(folder, declaration ?? Declared, new PipelineOptions { MaskingKey = key }, files => files.Stage<LearntModel>("Imputer1"));

    [Fact]
    public void What_was_written_is_read()
    {
        using Folder folder = new();
        using ClassNet network = new(3);
        string path = folder["deep"];
        Save(path, network: network, key: Key);
        Assert.Equal(["ClassNet.safetensors", "metadata.json", "pipeline.safetensors"], Directory.GetFileSystemEntries(path).Select(Path.GetFileName).Order());
        PipelineFiles.Load(path, Declared, new PipelineOptions { MaskingKey = Key }, files =>
        {
            Assert.Equal(LearntModel.Sample, files.Stage<LearntModel>("Imputer1"));
            Assert.Equal(LearntModel.Sample, files.Stage<LearntModel>("Scaler"));
            using ClassNet read = files.Network("ClassNet", ClassNet.Load);
            Assert.Equal(network.Linear1.Weight.Values.ToArray(), read.Linear1.Weight.Values.ToArray());
            Assert.Equal((0.1 + 0.2, double.NaN, null), (files.Score("Accuracy"), files.Score("Nothing"), files.Score("Other")));
            Assert.Equal((1L << 60, ulong.MaxValue, "True"), (files.Whole("Rows"), files.Seed, files.Parameters["Scaler.WithMean"]));
            return 0;
        });
        string text = File.ReadAllText(Path.Combine(path, "metadata.json"));
        Assert.Contains("\"Zoë\"", text, StringComparison.Ordinal);
        Assert.DoesNotContain(Convert.ToHexString(Key), text, StringComparison.OrdinalIgnoreCase);
        Assert.DoesNotContain(Convert.ToBase64String(Key), text, StringComparison.Ordinal);
    }

    [Fact]
    public void Tensors_are_doubles_named_by_stage_and_member()
    {
        using Folder folder = new();
        Save(folder.Path);
        SafetensorsHeader header = Safetensors.ReadHeader(folder["pipeline.safetensors"]);
        Assert.Equal(
            ["Imputer1.none", "Imputer1.number", "Imputer1.row", "Imputer1.table", "Scaler.none", "Scaler.number", "Scaler.row", "Scaler.table"],
            header.Tensors.Select(tensor => tensor.Name).Order(StringComparer.Ordinal));
        Assert.All(header.Tensors, tensor => Assert.Equal("F64", tensor.ElementType));
        Assert.Equal([2, 3], header.Tensors.Single(tensor => tensor.Name == "Scaler.table").Shape.ToArray());
    }

    public static TheoryData<string, string> OtherDeclarations => new()
    {
        { "column BillLength is double? in the files and double in the class", "type" },
        { "column Sex is in the class and not in the files", "more" },
        { "column BillLength is in the files and not in the class", "fewer" },
        { "column BillLength stands at another place", "order" },
        { "stage Scaler is a StandardScaler in the files and a MinMaxScaler in the class", "kind" },
        { "stage Scaler has WithMean = true in the files and false in the class", "option" },
        { "stage Scaler and its argument WithStd is in the class and not in the files", "argument" },
        { "stage ClassNet is in the files and not in the class", "stage" },
        { "stage Imputer2 is in the class and not in the files", "renamed" },
    };

    [Theory]
    [MemberData(nameof(OtherDeclarations))]
    public void Another_declaration_is_one_error_that_names_the_column_or_stage(string difference, string how)
    {
        using Folder folder = new();
        Save(folder.Path);
        DeclaredColumn[] columns = [.. Declared.Columns];
        DeclaredStage[] stages = [.. Declared.Stages];
        PipelineDeclaration other = how switch
        {
            "type" => Declared with { Columns = [columns[0], new("BillLength", "double")] },
            "more" => Declared with { Columns = [.. columns, new("Sex", "string?")] },
            "fewer" => Declared with { Columns = [columns[0]] },
            "order" => Declared with { Columns = [columns[1], columns[0]] },
            "kind" => Declared with { Stages = [stages[0], stages[1] with { Kind = "MinMaxScaler" }, stages[2]] },
            "option" => Declared with { Stages = [stages[0], new("Scaler", "StandardScaler", ("input", "Raw"), ("WithMean", "false")), stages[2]] },
            "argument" => Declared with { Stages = [stages[0], new("Scaler", "StandardScaler", ("input", "Raw"), ("WithMean", "true"), ("WithStd", "false")), stages[2]] },
            "stage" => Declared with { Stages = [stages[0], stages[1]] },
            _ => Declared with { Stages = [stages[0] with { Name = "Imputer2" }, stages[1], stages[2]] },
        };
        Assert.Equal($"{folder.Path} holds another declaration than Pipe: {difference}.", Assert.Throws<InvalidDataException>(() => Load(folder.Path, other)).Message);
        Assert.NotEqual(Declared.Schema, other.Schema);
        Assert.Equal(LearntModel.Sample, Load(folder.Path, Declared with { Name = "Renamed" }));
    }

    [Fact]
    public void Another_key_is_refused()
    {
        using Folder folder = new();
        Save(folder.Path, key: Key);
        Assert.Equal(LearntModel.Sample, Load(folder.Path, key: Key));
        Assert.Contains("is another key", Assert.Throws<ArgumentException>(() => Load(folder.Path, key: [.. Key.Reverse()])).Message, StringComparison.Ordinal);
        Assert.Contains("PipelineOptions.MaskingKey is needed", Assert.Throws<ArgumentException>(() => Load(folder.Path)).Message, StringComparison.Ordinal);
        string first = File.ReadAllText(folder["metadata.json"]);
        Save(folder.Path, key: Key);
        Assert.NotEqual(KeyOf(first), KeyOf(File.ReadAllText(folder["metadata.json"])));
    }

    private static string KeyOf(string metadata)
    {
        using JsonDocument document = JsonDocument.Parse(metadata);
        return document.RootElement.GetProperty("key").GetRawText();
    }

    [Fact]
    public void A_save_that_fails_leaves_the_folder_as_it_was()
    {
        using Folder folder = new();
        Save(folder.Path);
        Dictionary<string, byte[]> Content() => Directory.GetFiles(folder.Path).ToDictionary(path => path, File.ReadAllBytes);
        Dictionary<string, byte[]> before = Content();
        ClassNet disposed = new(1);
        disposed.Dispose();
        Assert.Throws<ObjectDisposedException>(() => Save(folder.Path, network: disposed));
        Assert.Equal(before, Content());

        Assert.Throws<ObjectDisposedException>(() => Save(folder["new"], network: disposed));
        Assert.False(Directory.Exists(folder["new"]));

        Directory.CreateDirectory(folder["ClassNet.safetensors"]);
        using ClassNet network = new(1);
        Assert.Contains("it is a folder", Assert.Throws<IOException>(() => Save(folder.Path, network: network)).Message, StringComparison.Ordinal);
        Assert.Equal(before, Content());
        Assert.Contains("it is a file", Assert.Throws<IOException>(() => Save(folder["metadata.json"])).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_save_that_was_killed_is_complete_or_as_before()
    {
        using Folder folder = new();
        LearntModel other = LearntModel.Sample with { Number = 42 };
        Save(folder.Path);

        // Killed before the list was replaced: new files lie beside, and are passed over.
        using (FolderSave killed = new(folder.Path))
        {
            killed.Stage("pipeline.safetensors", stream => stream.Write("half"u8));
            Assert.Equal(LearntModel.Sample, Load(folder.Path));
            Assert.Contains("cannot be written", Assert.Throws<IOException>(() => Save(folder.Path)).Message, StringComparison.Ordinal);
        }

        // Killed behind it: what has no name yet is found beside.
        byte[] old = File.ReadAllBytes(folder["pipeline.safetensors"]);
        Save(folder.Path, model: other);
        using JsonDocument metadata = JsonDocument.Parse(File.ReadAllBytes(folder["metadata.json"]));
        string beside = FolderSave.Beside(folder.Path, metadata.RootElement.GetProperty("save").GetString()!, "pipeline.safetensors");
        File.Move(folder["pipeline.safetensors"], beside);
        File.WriteAllBytes(folder["pipeline.safetensors"], old);
        Assert.Equal(other, Load(folder.Path));
        Save(folder.Path);
        Assert.Equal(["metadata.json", "pipeline.safetensors"], Directory.GetFileSystemEntries(folder.Path).Select(Path.GetFileName).Order());
        Assert.Equal(LearntModel.Sample, Load(folder.Path));
    }

    [Fact]
    public void A_missing_file_is_named()
    {
        using Folder folder = new();
        using ClassNet network = new(3);
        foreach (string file in new[] { "metadata.json", "pipeline.safetensors", "ClassNet.safetensors" })
        {
            Save(folder.Path, network: network);
            File.Delete(folder[file]);
            Assert.Contains(folder[file], Assert.Throws<FileNotFoundException>(() => Load(folder.Path)).Message, StringComparison.Ordinal);
        }

        Assert.Throws<FileNotFoundException>(() => Load(folder["nowhere"]));
        Directory.CreateDirectory(folder["a/metadata.json"]);
        Assert.Contains("it is a folder", Assert.Throws<IOException>(() => Load(folder["a"])).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_changed_byte_or_length_is_always_seen()
    {
        using Folder folder = new();
        using ClassNet network = new(3);
        Save(folder.Path, network: network);
        string[] files = [.. Directory.GetFiles(folder.Path).Order()];
        Gen<(int File, int Place, int Change, bool Cut)> cases =
            from file in Gen.Choose(0, files.Length - 1)
            from place in Gen.Choose(0, (int)new FileInfo(files[file]).Length - 1)
            from change in Gen.Choose(1, 255)
            from cut in Gen.Elements(true, false)
            select (file, place, change, cut);
        Check.One(Config.QuickThrowOnFailure.WithMaxTest(300), Prop.ForAll(Arb.From(cases), drawn =>
        {
            byte[] good = File.ReadAllBytes(files[drawn.File]);
            byte[] bad = drawn.Cut ? good[..drawn.Place] : (byte[])good.Clone();
            if (!drawn.Cut)
                bad[drawn.Place] ^= (byte)drawn.Change;
            File.WriteAllBytes(files[drawn.File], bad);
            try
            {
                Assert.Contains(files[drawn.File], Assert.Throws<InvalidDataException>(() => Load(folder.Path)).Message, StringComparison.Ordinal);
            }
            finally
            {
                File.WriteAllBytes(files[drawn.File], good);
            }
        }));
        Assert.Equal(LearntModel.Sample, Load(folder.Path));
    }

    [Fact]
    public void Whoever_mends_the_hashes_still_gets_one_error()
    {
        using Folder folder = new();
        Save(folder.Path);
        byte[] metadata = File.ReadAllBytes(folder["metadata.json"]);
        byte[] tensors = File.ReadAllBytes(folder["pipeline.safetensors"]);
        string[] fragments = ["{", "}", "[", "]", ",", ":", "\"", "-1", "null", "1e400", "F32", "9223372036854775807", "\"x\"", "\\ud800", "Imputer1", "..", "/"];
        Gen<(bool Tensors, int Place, string Text, int Removed)> cases =
            from ofTensors in Gen.Elements(true, false)
            from place in Gen.Choose(0, ofTensors ? BitConverter.ToInt32(tensors) : metadata.Length - 80)
            from text in Gen.Elements(fragments)
            from removed in Gen.Choose(0, 12)
            select (ofTensors, place, text, removed);
        Check.One(Config.QuickThrowOnFailure.WithMaxTest(400), Prop.ForAll(Arb.From(cases), drawn =>
        {
            byte[] good = drawn.Tensors ? tensors : metadata;
            int place = Math.Min(drawn.Tensors ? drawn.Place + 8 : drawn.Place, good.Length - drawn.Removed);
            byte[] bad = [.. good[..place], .. Encoding.UTF8.GetBytes(drawn.Text), .. good[(place + drawn.Removed)..]];
            byte[] list = drawn.Tensors ? Listing(metadata, tensors, bad) : bad;
            try
            {
                File.WriteAllBytes(folder["pipeline.safetensors"], drawn.Tensors ? bad : tensors);
                File.WriteAllBytes(folder["metadata.json"], PipelineMetadata.Sealed(list));
                _ = Load(folder.Path);
            }
            catch (Exception error) when (error is InvalidDataException or FileNotFoundException)
            {
                Assert.NotEmpty(error.Message);
            }
            catch (FormatException)
            {
                // The digest's own place was hit: there is nothing to mend.
            }
        }));
    }

    private static byte[] Listing(byte[] metadata, byte[] tensors, byte[] others)
    {
        static string Hash(byte[] bytes) => Convert.ToHexStringLower(System.Security.Cryptography.SHA256.HashData(bytes));
        return Encoding.UTF8.GetBytes(Encoding.UTF8.GetString(metadata).Replace(Hash(tensors), Hash(others), StringComparison.Ordinal));
    }

    [Fact]
    public void Of_another_network_or_stage_is_one_error()
    {
        using Folder folder = new();
        using DecisionNet other = new(1);
        PipelineFiles.Save(folder.Path, Declared, files => files.Network("ClassNet", other));
        Assert.Contains("Linear2", Assert.Throws<InvalidDataException>(() => PipelineFiles.Load(folder.Path, Declared, null, files => files.Network("ClassNet", ClassNet.Load))).Message, StringComparison.Ordinal);
        Assert.Contains("nothing of stage Imputer1", Assert.Throws<InvalidDataException>(() => Load(folder.Path)).Message, StringComparison.Ordinal);
        Assert.Contains("has no Rows", Assert.Throws<InvalidDataException>(() => PipelineFiles.Load(folder.Path, Declared, null, files => files.Whole("Rows"))).Message, StringComparison.Ordinal);
        Assert.Contains("does not list Other.safetensors", Assert.Throws<InvalidDataException>(() => PipelineFiles.Load(folder.Path, Declared, null, files => files.Network("Other", ClassNet.Load))).Message, StringComparison.Ordinal);
    }
}
