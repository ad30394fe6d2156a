using System;
using System.Buffers.Binary;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Runtime.InteropServices;
using Dsl.Runtime;

namespace ModelTests.PyTorch;

/// <summary>What PyTorch computed for one declaration: see tests/fixtures/make_fixtures.py for the names of the tensors.</summary>
public sealed class Fixture
{
    private readonly Dictionary<string, SafetensorsEntry> entries;
    private readonly byte[] bytes;
    private readonly int dataStart;
    private readonly Dictionary<int, float[]> outputs = [];

    private Fixture(byte[] bytes)
    {
        this.bytes = bytes;
        dataStart = 8 + (int)BinaryPrimitives.ReadUInt64LittleEndian(bytes);
        entries = Safetensors.ReadHeader(bytes).Tensors.ToDictionary(t => t.Name);
    }

    public static Fixture Read(string name) => new(File.ReadAllBytes(Path(name)));

    public static string Path(string name) => System.IO.Path.Combine(AppContext.BaseDirectory, "pytorch", name + ".safetensors");

    public ReadOnlySpan<int> Labels => Of<int>("labels");

    public ReadOnlySpan<float> Targets => Of<float>("target");

    public int OutputCount => entries.Keys.Count(k => k.StartsWith("output.", StringComparison.Ordinal));

    public int Steps => Values("losses").Length;

    /// <summary>Steps in all and steps an epoch, where the declaration has a schedule.</summary>
    public (int Total, int PerEpoch)? Schedule => entries.ContainsKey("schedule") ? (Of<int>("schedule")[0], Of<int>("schedule")[1]) : null;

    public ReadOnlySpan<float> Input(int index) => Values($"input.{index}");

    public ReadOnlySpan<int> Ids(int index) => Of<int>($"input.{index}");

    /// <summary>Where the network writes that output.</summary>
    public Span<float> Output(int index)
    {
        if (!outputs.TryGetValue(index, out float[]? values))
            outputs[index] = values = new float[Values($"output.{index}").Length];
        return values;
    }

    public ReadOnlySpan<float> Values(string name) => Of<float>(name);

    /// <summary>Names of tensors under a prefix such as <c>gradient/</c>, without it.</summary>
    public IEnumerable<string> Under(string prefix) =>
        entries.Keys.Where(k => k.StartsWith(prefix, StringComparison.Ordinal)).Select(k => k[prefix.Length..]);

    private ReadOnlySpan<T> Of<T>(string name)
        where T : struct
    {
        SafetensorsEntry entry = entries[name];
        return MemoryMarshal.Cast<byte, T>(bytes.AsSpan(dataStart + (int)entry.Begin, (int)(entry.End - entry.Begin)));
    }
}
