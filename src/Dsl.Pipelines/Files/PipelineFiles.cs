using System;
using System.Collections.Generic;
using System.ComponentModel;
using System.IO;
using Dsl.Pipelines.Files;
using Dsl.Pipelines.Numerics;
using Dsl.Runtime;

namespace Dsl.Pipelines;

/// <summary>
/// The folder of a fitted pipeline: <c>metadata.json</c> (declaration, texts, seeds, scores, and a hash of every other file), <c>pipeline.safetensors</c> (F64, a tensor
/// <c>stage.member</c>) and a file of weights for each network. What generated <c>Save</c> and <c>Load</c> call.
/// </summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public static class PipelineFiles
{
    internal const string MetadataName = "metadata.json";
    internal const string TensorsName = "pipeline.safetensors";
    internal const string NetworkEnding = ".safetensors";

    // Between reading the list and opening what it names another save may have come.
    private const int Attempts = 3;

    /// <summary>Writes a pipeline; the folder afterwards is complete, or as it was before.</summary>
    /// <param name="folder">The folder; made where there is none. Other files in it stay.</param>
    /// <param name="declaration">What the class declares.</param>
    /// <param name="write">Hands over what was learnt.</param>
    /// <exception cref="IOException">It cannot be written, or another save into it has begun.</exception>
    public static void Save(string folder, PipelineDeclaration declaration, Action<PipelineWriter> write)
    {
        ArgumentException.ThrowIfNullOrEmpty(folder);
        PipelineWriter writer = new(declaration);
        write(writer);
        using FolderSave save = new(folder);
        writer.Metadata.Save = save.Name;
        writer.Metadata.Files.Add(TensorsName, save.Stage(TensorsName, stream => Safetensors.WriteDoubles(stream, writer.Tensors)));
        foreach ((string name, Network network) in writer.Networks)
            writer.Metadata.Files.Add(name + NetworkEnding, save.Stage(name + NetworkEnding, network.Save));
        save.Commit(MetadataName, writer.Metadata.ToBytes());
    }

    /// <summary>Reads a pipeline.</summary>
    /// <param name="folder">The folder.</param>
    /// <param name="declaration">What the class declares.</param>
    /// <param name="options">The masking key, where a stage needs one.</param>
    /// <param name="read">Makes a pipeline of what was written.</param>
    /// <exception cref="FileNotFoundException">A file is missing; the message names it.</exception>
    /// <exception cref="IOException">A file cannot be read.</exception>
    /// <exception cref="InvalidDataException">A file is damaged, or of another declaration; the message names the column or stage.</exception>
    /// <exception cref="ArgumentException">The masking key is missing, or another one.</exception>
    public static T Load<T>(string folder, PipelineDeclaration declaration, PipelineOptions? options, Func<PipelineReader, T> read)
    {
        ArgumentException.ThrowIfNullOrEmpty(folder);
        for (int attempt = 1; ; attempt++)
        {
            PipelineMetadata metadata = PipelineMetadata.Parse(Bytes(Path.Combine(folder, MetadataName)), Path.Combine(folder, MetadataName));
            if (declaration.DifferenceFrom(metadata.Declaration) is { } difference)
                throw new InvalidDataException($"{folder} holds another declaration than {declaration.Name}: {difference}.");
            CheckKey(folder, metadata, options);
            if (TryFind(folder, metadata, attempt == Attempts) is { } paths)
                return Load(folder, metadata, paths, read);
        }
    }

    private static T Load<T>(string folder, PipelineMetadata metadata, Dictionary<string, string> paths, Func<PipelineReader, T> read)
    {
        string path = PathOf(TensorsName);
        IReadOnlyList<DoubleTensor> tensors;
        try
        {
            tensors = Safetensors.ReadDoubles(Bytes(path), path);
        }
        catch (SafetensorsException error)
        {
            throw new InvalidDataException(error.Message, error);
        }

        PipelineReader reader = new(folder, metadata, tensors, PathOf);
        try
        {
            return read(reader);
        }
        catch
        {
            reader.Abandon();
            throw;
        }

        string PathOf(string file) => paths.TryGetValue(file, out string? found) ? found : throw new InvalidDataException($"{folder}: {MetadataName} does not list {file}.");
    }

    /// <summary>Where every listed file lies, by its hash; null where one has gone, which a save may have done meanwhile.</summary>
    private static Dictionary<string, string>? TryFind(string folder, PipelineMetadata metadata, bool isLast)
    {
        Dictionary<string, string> paths = new(StringComparer.Ordinal);
        foreach ((string file, string hash) in metadata.Files)
        {
            if (!file.EndsWith(NetworkEnding, StringComparison.Ordinal) || (file + metadata.Save).AsSpan().ContainsAny(Path.GetInvalidFileNameChars()))
                throw new InvalidDataException($"{folder}: {MetadataName} lists {MessageText.Quote(file)}, which is no file's name.");
            string path = Path.Combine(folder, file);
            string beside = FolderSave.Beside(folder, metadata.Save, file);
            string? found = HashOf(path) == hash ? path : HashOf(beside) == hash ? beside : null;
            if (found is not null)
                paths.Add(file, found);
            else if (!isLast)
                return null;
            else
                throw File.Exists(path) ? new InvalidDataException($"{path} is damaged: it is not what {MetadataName} lists.") : Missing(path);
        }

        return paths;
    }

    private static void CheckKey(string folder, PipelineMetadata metadata, PipelineOptions? options)
    {
        if (metadata.Key is not { } fingerprint)
            return;
        byte[] key = options?.MaskingKey ?? throw new ArgumentException($"The pipeline in {folder} masks under a key, which is not saved: PipelineOptions.MaskingKey is needed.", nameof(options));
        if (!fingerprint.Fits(key))
            throw new ArgumentException($"PipelineOptions.MaskingKey is another key than that of the pipeline in {folder}.", nameof(options));
    }

    private static string? HashOf(string path)
    {
        try
        {
            using FileStream stream = new(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
            return Convert.ToHexStringLower(Sha256.HashData(stream));
        }
        catch (Exception error) when (error is FileNotFoundException or DirectoryNotFoundException)
        {
            return null;
        }
        catch (UnauthorizedAccessException error)
        {
            throw Unreadable(path, error);
        }
    }

    private static byte[] Bytes(string path)
    {
        try
        {
            return File.ReadAllBytes(path);
        }
        catch (Exception error) when (error is FileNotFoundException or DirectoryNotFoundException)
        {
            throw Missing(path);
        }
        catch (UnauthorizedAccessException error)
        {
            throw Unreadable(path, error);
        }
    }

    private static IOException Unreadable(string path, UnauthorizedAccessException error) =>
        new($"{path} cannot be read: {(Directory.Exists(path) ? "it is a folder." : error.Message)}", error);

    private static FileNotFoundException Missing(string path) => new($"There is no file {path}: a pipeline's folder has it.", path);
}
