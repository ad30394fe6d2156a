using System;
using System.Collections.Generic;
using System.ComponentModel;
using System.IO;
using Dsl.Pipelines.Files;
using Dsl.Runtime;

namespace Dsl.Pipelines;

/// <summary>Gives back what a <see cref="PipelineWriter"/> took: what generated <c>Load</c> reads from.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public sealed class PipelineReader
{
    private readonly string folder;
    private readonly PipelineMetadata metadata;
    private readonly Dictionary<string, Dictionary<string, (double[] Values, int[] Shape)>> numbers = new(StringComparer.Ordinal);
    private readonly Func<string, string> pathOf;
    private readonly List<IDisposable> loaded = [];

    /// <summary>Sorts tensors by stage.</summary>
    /// <param name="folder">The folder, for messages.</param>
    /// <param name="metadata">What <c>metadata.json</c> says.</param>
    /// <param name="tensors">What <c>pipeline.safetensors</c> holds.</param>
    /// <param name="pathOf">Where the file of a network lies, verified.</param>
    internal PipelineReader(string folder, PipelineMetadata metadata, IReadOnlyList<DoubleTensor> tensors, Func<string, string> pathOf)
    {
        this.folder = folder;
        this.metadata = metadata;
        this.pathOf = pathOf;
        foreach (DoubleTensor tensor in tensors)
        {
            int dot = tensor.Name.IndexOf('.', StringComparison.Ordinal);
            string stage = dot < 0 ? tensor.Name : tensor.Name[..dot];
            if (dot < 0 || !metadata.Texts.ContainsKey(stage))
                throw Wrong($"{PipelineFiles.TensorsName} has a tensor {MessageText.Quote(tensor.Name)} that belongs to no stage");
            if (!numbers.TryGetValue(stage, out Dictionary<string, (double[] Values, int[] Shape)>? members))
                numbers.Add(stage, members = new(StringComparer.Ordinal));
            members.Add(tensor.Name[(dot + 1)..], (tensor.Values, tensor.Shape));
        }
    }

    /// <summary>The seed that was added to every stage's.</summary>
    public ulong Seed => metadata.Seed;

    /// <summary>Options that tuning chose, by path, in C#'s invariant text.</summary>
    public IReadOnlyDictionary<string, string> Parameters => metadata.Parameters;

    /// <summary>What a stage or model has learnt.</summary>
    /// <exception cref="InvalidDataException">It is missing or not what the stage wrote.</exception>
    public TModel Stage<TModel>(string name)
        where TModel : IStageModel<TModel>
    {
        if (!metadata.Texts.TryGetValue(name, out Dictionary<string, IReadOnlyList<string>>? texts))
            throw Wrong($"{PipelineFiles.MetadataName} has nothing of stage {name}");
        StageReader reader = new(name, folder, numbers.GetValueOrDefault(name) ?? [], texts);
        try
        {
            return TModel.Read(reader);
        }
        catch (Exception error) when (error is ArgumentException or OverflowException or InvalidOperationException)
        {
            // What a constructor refuses, a file cannot have been given.
            throw new InvalidDataException($"{folder}: what {name} has learnt is damaged: {MessageText.Plain(error.Message)}", error);
        }
    }

    /// <summary>A network by its name.</summary>
    /// <param name="name">Its name.</param>
    /// <param name="load">Reads a file of weights: the class's <c>Load</c>.</param>
    /// <exception cref="InvalidDataException">The file is missing, damaged, or of another network.</exception>
    public TNetwork Network<TNetwork>(string name, Func<string, TNetwork> load)
        where TNetwork : Network
    {
        string path = pathOf(name + PipelineFiles.NetworkEnding);
        try
        {
            TNetwork network = load(path);
            loaded.Add(network);
            return network;
        }
        catch (SafetensorsException error)
        {
            throw new InvalidDataException(error.Message, error);
        }
    }

    /// <summary>A score that was written; null where there is none of that name.</summary>
    public double? Score(string name) => metadata.Scores.TryGetValue(name, out double value) ? value : null;

    /// <summary>A whole number that was written.</summary>
    /// <exception cref="InvalidDataException">There is none of that name.</exception>
    public long Whole(string name) => WholeOrNull(name) ?? throw Wrong($"{PipelineFiles.MetadataName} has no {name}");

    /// <summary>A whole number that was written; null where there is none of that name.</summary>
    internal long? WholeOrNull(string name) => metadata.Wholes.TryGetValue(name, out long value) ? value : null;

    /// <summary>Frees the networks read so far, which nobody gets.</summary>
    internal void Abandon()
    {
        foreach (IDisposable network in loaded)
            network.Dispose();
    }

    internal InvalidDataException Wrong(string text) => new($"{folder}: {text}.");
}
