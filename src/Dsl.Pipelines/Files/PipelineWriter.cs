using System;
using System.Collections.Generic;
using System.ComponentModel;
using System.Globalization;
using System.Linq;
using Dsl.Pipelines.Files;
using Dsl.Runtime;

namespace Dsl.Pipelines;

/// <summary>Takes what a fitted pipeline is made of: what generated <c>Save</c> hands over.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public sealed class PipelineWriter
{
    private readonly List<(string Name, Network Network)> networks = [];
    private readonly List<DoubleTensor> tensors = [];

    internal PipelineWriter(PipelineDeclaration declaration) => Metadata = new PipelineMetadata { Declaration = declaration };

    internal PipelineMetadata Metadata { get; }

    internal IReadOnlyList<(string Name, Network Network)> Networks => networks;

    internal IReadOnlyList<DoubleTensor> Tensors => tensors;

    /// <summary>What a stage or model has learnt.</summary>
    public void Stage<TModel>(string name, TModel model)
        where TModel : IStageModel<TModel>
    {
        StageWriter writer = new(name);
        model.Write(writer);
        tensors.AddRange(writer.AllNumbers.Select(member => new DoubleTensor($"{name}.{member.Key}", member.Value.Shape, member.Value.Values)));
        Metadata.Texts.Add(name, new Dictionary<string, IReadOnlyList<string>>(writer.AllTexts, StringComparer.Ordinal));
    }

    /// <summary>The weights of a network, which become a file of its name.</summary>
    public void Network(string name, Network network) => networks.Add((name, network));

    /// <summary>Which options it was fitted with: the seed is written, of the key a salted fingerprint.</summary>
    public void Options(PipelineOptions? options)
    {
        Metadata.Seed = options?.Seed ?? 0;
        Metadata.Key = options?.MaskingKey is { } key ? KeyFingerprint.Of(key) : null;
    }

    /// <summary>A score of the rows that were held back.</summary>
    public void Score(string name, double value) => Metadata.Scores.Add(name, value);

    /// <summary>A whole number to be read again, such as the rows that a stage was fitted on.</summary>
    public void Whole(string name, long value) => Metadata.Wholes.Add(name, value);

    /// <summary>An option that tuning chose, by its path.</summary>
    public void Parameter(string path, object value) => Metadata.Parameters.Add(path, Convert.ToString(value, CultureInfo.InvariantCulture) ?? "");
}
