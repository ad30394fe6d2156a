using System;
using System.Collections.Generic;
using System.ComponentModel;
using System.IO;
using System.Linq;

namespace Dsl.Pipelines;

/// <summary>A fitted pipeline's folder as bytes: what travels to Spark's executors. For generated code.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public static class PipelineArchive
{
    private const int Form = 1;

    /// <summary>Saves a pipeline into bytes.</summary>
    /// <param name="pipeline">The pipeline.</param>
    /// <param name="maskingKey">The key of its masks, which a folder does not hold and executors need; null without masks.</param>
    public static byte[] Pack(IPipeline pipeline, byte[]? maskingKey)
    {
        ArgumentNullException.ThrowIfNull(pipeline);
        return InFolder(folder =>
        {
            pipeline.Save(folder);
            using MemoryStream bytes = new();
            using BinaryWriter writer = new(bytes);
            writer.Write(Form);
            Write(writer, maskingKey ?? []);

            // In an order that does not depend on the file system: equal pipelines are equal bytes, which travel once.
            string[] files = [.. Directory.EnumerateFiles(folder).Order(StringComparer.Ordinal)];
            writer.Write(files.Length);
            foreach (string file in files)
            {
                writer.Write(Path.GetFileName(file));
                Write(writer, File.ReadAllBytes(file));
            }

            writer.Flush();
            return bytes.ToArray();
        });
    }

    /// <summary>Loads what <see cref="Pack"/> wrote.</summary>
    /// <param name="archive">The bytes.</param>
    /// <param name="load">Loads a folder.</param>
    /// <exception cref="InvalidDataException">The bytes are of something else.</exception>
    public static T Unpack<T>(ReadOnlyMemory<byte> archive, Func<string, PipelineOptions, T> load)
    {
        ArgumentNullException.ThrowIfNull(load);
        using MemoryStream bytes = new(archive.ToArray(), writable: false);
        using BinaryReader reader = new(bytes);
        try
        {
            int form = reader.ReadInt32();
            if (form != Form)
                throw new InvalidDataException($"A pipeline came in form {form}; this worker knows form {Form}. Client and worker must be of one version.");
            byte[] key = Read(reader);
            List<(string Name, byte[] Content)> files = [];
            for (int count = reader.ReadInt32(); count > 0; count--)
                files.Add((reader.ReadString(), Read(reader)));
            return InFolder(folder =>
            {
                foreach ((string name, byte[] content) in files)
                    File.WriteAllBytes(Path.Combine(folder, Path.GetFileName(name)), content);
                return load(folder, new PipelineOptions { MaskingKey = key.Length == 0 ? null : key });
            });
        }
        catch (EndOfStreamException error)
        {
            throw new InvalidDataException($"A pipeline is wanted, but {archive.Length} bytes came that end too early.", error);
        }
    }

    private static void Write(BinaryWriter writer, byte[] content)
    {
        writer.Write(content.Length);
        writer.Write(content);
    }

    private static byte[] Read(BinaryReader reader)
    {
        int length = reader.ReadInt32();
        if (length < 0 || length > reader.BaseStream.Length - reader.BaseStream.Position)
            throw new EndOfStreamException();
        return reader.ReadBytes(length);
    }

    private static T InFolder<T>(Func<string, T> use)
    {
        string folder = Directory.CreateTempSubdirectory("dsl-pipeline-").FullName;
        try
        {
            return use(folder);
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }
}
