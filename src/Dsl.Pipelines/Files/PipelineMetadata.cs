using System;
using System.Buffers;
using System.Collections.Generic;
using System.Globalization;
using System.IO;
using System.Linq;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using Dsl.Pipelines.Numerics;
using Dsl.Runtime;

namespace Dsl.Pipelines.Files;

/// <summary>What <c>metadata.json</c> holds: everything of a fitted pipeline that is no number of a stage and no weight.</summary>
internal sealed class PipelineMetadata
{
    /// <summary>The version of the files that is written and read.</summary>
    public const int Format = 1;

    private const string DigestKey = "digest";
    private const int DigestDigits = 64;

    private static readonly JsonWriterOptions Writing = new() { Indented = true, NewLine = "\n", Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };
    private static readonly JsonDocumentOptions Reading = new() { MaxDepth = 8, AllowDuplicateProperties = false };

    public required PipelineDeclaration Declaration { get; init; }

    public ulong Seed { get; set; }

    public KeyFingerprint? Key { get; set; }

    /// <summary>Which save it was: part of the names that files have until it is complete.</summary>
    public string Save { get; set; } = "";

    /// <summary>The texts of each stage that has learnt something, by member.</summary>
    public Dictionary<string, Dictionary<string, IReadOnlyList<string>>> Texts { get; } = new(StringComparer.Ordinal);

    public Dictionary<string, string> Parameters { get; } = new(StringComparer.Ordinal);

    public Dictionary<string, long> Wholes { get; } = new(StringComparer.Ordinal);

    public Dictionary<string, double> Scores { get; } = new(StringComparer.Ordinal);

    /// <summary>The other files, with the SHA-256 of each.</summary>
    public Dictionary<string, string> Files { get; } = new(StringComparer.Ordinal);

    /// <summary>The file's bytes. Its last member is a digest of all the others, so that a byte that changed is seen.</summary>
    public byte[] ToBytes()
    {
        ArrayBufferWriter<byte> buffer = new();
        using (Utf8JsonWriter json = new(buffer, Writing))
        {
            json.WriteStartObject();
            json.WriteNumber("format", Format);
            json.WriteString("pipeline", Declaration.Name);
            json.WriteString("schema", Declaration.Schema);
            json.WriteString("save", Save);
            WriteMap(json, "versions", [("Dsl", VersionOf(typeof(PipelineMetadata))), (".NET", Environment.Version.ToString())], json.WriteString);
            json.WriteNumber("seed", Seed);
            if (Key is not null)
                WriteMap(json, "key", [("salt", Key.Salt), ("hash", Key.Hash)], json.WriteString);
            WriteMap(json, "columns", Declaration.Columns.Select(column => (column.Name, column.Type)), json.WriteString);
            json.WriteStartArray("stages");
            foreach (DeclaredStage stage in Declaration.Stages)
            {
                json.WriteStartObject();
                json.WriteString("name", stage.Name);
                json.WriteString("kind", stage.Kind);
                WriteMap(json, "arguments", stage.Arguments, json.WriteString);
                json.WriteEndObject();
            }

            json.WriteEndArray();
            WriteMap(json, "texts", Pairs(Texts), (stage, members) => WriteMap(json, stage, Pairs(members), (member, texts) =>
            {
                json.WriteStartArray(member);
                foreach (string text in texts)
                    json.WriteStringValue(text);
                json.WriteEndArray();
            }));
            WriteMap(json, "parameters", Pairs(Parameters), json.WriteString);
            WriteMap(json, "wholes", Pairs(Wholes), json.WriteNumber);
            // JSON has neither NaN nor infinity.
            WriteMap(json, "scores", Scores.Select(pair => (pair.Key, pair.Value.ToString("R", CultureInfo.InvariantCulture))), json.WriteString);
            WriteMap(json, "files", Pairs(Files), json.WriteString);
            json.WriteString(DigestKey, new string('0', DigestDigits));
            json.WriteEndObject();
        }

        return Sealed(buffer.WrittenSpan.ToArray());
    }

    /// <summary>Reads and checks a file.</summary>
    /// <param name="bytes">The whole file.</param>
    /// <param name="path">What it is called in messages.</param>
    /// <exception cref="InvalidDataException">It is damaged, or of another version.</exception>
    public static PipelineMetadata Parse(byte[] bytes, string path)
    {
        try
        {
            using JsonDocument document = JsonDocument.Parse(bytes, Reading);
            JsonElement root = document.RootElement;
            int format = root.GetProperty("format").GetInt32();
            if (format != Format)
                throw new InvalidDataException($"{path} has format {format}; this version reads {Format}.");
            if (!Sealed((byte[])bytes.Clone()).AsSpan().SequenceEqual(bytes))
                throw new InvalidDataException($"{path} is damaged: it was changed after it was written.");
            PipelineMetadata metadata = new()
            {
                Declaration = new PipelineDeclaration(
                    Text(root.GetProperty("pipeline")),
                    [.. root.GetProperty("columns").EnumerateObject().Select(column => new DeclaredColumn(column.Name, Text(column.Value)))],
                    [.. root.GetProperty("stages").EnumerateArray().Select(StageOf)]),
                Seed = root.GetProperty("seed").GetUInt64(),
                Save = Text(root.GetProperty("save")),
                Key = root.TryGetProperty("key", out JsonElement key) ? new KeyFingerprint(Hexadecimal(key.GetProperty("salt")), Hexadecimal(key.GetProperty("hash"))) : null,
            };
            foreach (JsonProperty stage in root.GetProperty("texts").EnumerateObject())
            {
                metadata.Texts.Add(stage.Name, stage.Value.EnumerateObject().ToDictionary(
                    member => member.Name, member => (IReadOnlyList<string>)[.. member.Value.EnumerateArray().Select(Text)], StringComparer.Ordinal));
            }

            Read(root, "parameters", metadata.Parameters, Text);
            Read(root, "wholes", metadata.Wholes, value => value.GetInt64());
            Read(root, "scores", metadata.Scores, value => double.Parse(Text(value), NumberStyles.Float, CultureInfo.InvariantCulture));
            Read(root, "files", metadata.Files, Text);
            return metadata;
        }
        catch (Exception error) when (error is JsonException or KeyNotFoundException or InvalidOperationException or FormatException or OverflowException)
        {
            throw new InvalidDataException($"{path} is no pipeline's metadata, or damaged: {MessageText.Plain(error.Message)}");
        }
    }

    /// <summary>Puts the digest in its place: that of the bytes with zeros there.</summary>
    internal static byte[] Sealed(byte[] bytes)
    {
        int key = bytes.AsSpan().LastIndexOf(Encoding.UTF8.GetBytes($"\"{DigestKey}\": \""));
        int at = key + DigestKey.Length + 5;
        if (key < 0 || at + DigestDigits > bytes.Length)
            throw new FormatException($"it has no {DigestKey}");
        Span<byte> digest = bytes.AsSpan(at, DigestDigits);
        digest.Fill((byte)'0');
        Encoding.ASCII.GetBytes(Convert.ToHexStringLower(Sha256.HashData(bytes))).CopyTo(digest);
        return bytes;
    }

    private static string VersionOf(Type type) => type.Assembly.GetName().Version?.ToString(3) ?? "";

    private static void WriteMap<T>(Utf8JsonWriter json, string name, IEnumerable<(string Name, T Value)> members, Action<string, T> write)
    {
        json.WriteStartObject(name);
        foreach ((string member, T value) in members)
            write(member, value);
        json.WriteEndObject();
    }

    private static IEnumerable<(string Name, T Value)> Pairs<T>(Dictionary<string, T> map) => map.Select(pair => (pair.Key, pair.Value));

    private static void Read<T>(JsonElement root, string name, Dictionary<string, T> into, Func<JsonElement, T> read)
    {
        foreach (JsonProperty member in root.GetProperty(name).EnumerateObject())
            into.Add(member.Name, read(member.Value));
    }

    private static DeclaredStage StageOf(JsonElement stage) => new(
        Text(stage.GetProperty("name")),
        Text(stage.GetProperty("kind")),
        [.. stage.GetProperty("arguments").EnumerateObject().Select(argument => (argument.Name, Text(argument.Value)))]);

    private static string Text(JsonElement element) => element.GetString() ?? throw new FormatException("a text is null");

    private static string Hexadecimal(JsonElement element)
    {
        _ = Convert.FromHexString(Text(element));
        return Text(element);
    }
}
