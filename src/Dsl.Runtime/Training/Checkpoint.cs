using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;

namespace Dsl.Runtime;

/// <summary>
/// Checkpoints: a safetensors file with the weights under their names, the optimizer's state under <c>optimizer/</c>, the best weights so far under
/// <c>best/</c> (a layer's name is an identifier, so these never clash with one), and the rest as metadata strings.
/// </summary>
internal static class Checkpoint
{
    private const string FormatName = "dsl-checkpoint-1";
    private const string OptimizerPrefix = "optimizer/";
    private const string BestPrefix = "best/";

    /// <summary>Writes a checkpoint; the file's old content stays until the new one is on the disk.</summary>
    /// <param name="path">The file.</param>
    /// <param name="network">The network.</param>
    /// <param name="fit">Where its <c>Fit</c> stands; null outside one.</param>
    /// <param name="best">Its best weights so far; null: none are kept.</param>
    public static void Save(string path, ITrainable network, FitState? fit = null, WeightSnapshot? best = null)
    {
        Dictionary<string, string> metadata = new(StringComparer.Ordinal)
        {
            ["format"] = FormatName,
            ["network"] = network.NetworkName,
            ["step"] = network.Step.ToString(CultureInfo.InvariantCulture),
            ["seed"] = network.Seed.ToString(CultureInfo.InvariantCulture),
            ["total_steps"] = network.TotalSteps.ToString(CultureInfo.InvariantCulture),
            ["steps_per_epoch"] = network.StepsPerEpoch.ToString(CultureInfo.InvariantCulture),
            ["learning_rate"] = network.BaseLearningRate.ToString(CultureInfo.InvariantCulture),
        };
        fit?.Write(metadata);
        Safetensors.Write(path, Tensors(network, best), metadata);
    }

    /// <summary>Reads a checkpoint into a network; an error leaves the network as it was.</summary>
    /// <param name="path">The file.</param>
    /// <param name="network">The network.</param>
    /// <param name="best">Takes the best weights, where the checkpoint has them; null: they are passed over.</param>
    /// <exception cref="SafetensorsException">The file is damaged, no checkpoint, or of another network.</exception>
    public static void Load(string path, ITrainable network, WeightSnapshot? best = null)
    {
        SafetensorsHeader header = ReadHeader(path);
        IReadOnlyDictionary<string, string> metadata = header.Metadata;
        string writer = metadata.GetValueOrDefault("network") ?? "?";
        if (writer != network.NetworkName)
            throw new SafetensorsException($"{path} is a checkpoint of {writer}, but one of {network.NetworkName} is wanted.");
        long step = Parse<long>(metadata, "step", path);
        ulong seed = Parse<ulong>(metadata, "seed", path);
        long totalSteps = Parse<long>(metadata, "total_steps", path);
        long stepsPerEpoch = Parse<long>(metadata, "steps_per_epoch", path);
        double learningRate = Parse<double>(metadata, "learning_rate", path);
        bool hasBest = header.Tensors.Any(tensor => IsBest(tensor.Name));
        bool wantsBest = best is not null && hasBest;

        Safetensors.Read(path, Tensors(network, wantsBest ? best : null), map: name => IsBest(name) && !wantsBest ? null : name);
        network.Step = step;
        network.Seed = seed;
        network.TotalSteps = totalSteps;
        network.StepsPerEpoch = stepsPerEpoch;
        network.BaseLearningRate = learningRate;
        network.WeightsChanged();
    }

    /// <summary>Reads where the <c>Fit</c> that wrote a checkpoint stood.</summary>
    /// <exception cref="SafetensorsException">The file is damaged, no checkpoint, or was not written by a <c>Fit</c>.</exception>
    public static FitState ReadFitState(string path) =>
        FitState.Read(ReadHeader(path).Metadata, path)
        ?? throw new SafetensorsException($"{path} was written outside a Fit, so there is none to resume; LoadCheckpoint reads it.");

    /// <summary>One figure of the metadata.</summary>
    internal static T Parse<T>(IReadOnlyDictionary<string, string> metadata, string key, string source)
        where T : IParsable<T>
    {
        string? text = metadata.GetValueOrDefault(key);
        return T.TryParse(text, CultureInfo.InvariantCulture, out T? value)
            ? value
            : throw new SafetensorsException($"{source} is a damaged checkpoint: its metadata has {(text is null ? "nothing" : $"'{text}'")} as {key}.");
    }

    private static SafetensorsHeader ReadHeader(string path)
    {
        SafetensorsHeader header = Safetensors.ReadHeader(path);
        return header.Metadata.GetValueOrDefault("format") == FormatName
            ? header
            : throw new SafetensorsException($"{path} is no checkpoint: its metadata lacks format = {FormatName}. Load reads files that hold weights only.");
    }

    private static bool IsBest(string name) => name.StartsWith(BestPrefix, StringComparison.Ordinal);

    private static List<INamedTensor> Tensors(ITrainable network, WeightSnapshot? best)
    {
        List<INamedTensor> tensors = [.. network.Weights];
        tensors.AddRange(network.OptimizerState.Select(tensor => new RenamedTensor(OptimizerPrefix + tensor.Name, tensor)));
        if (best is not null)
            tensors.AddRange(best.Tensors.Select(tensor => new RenamedTensor(BestPrefix + tensor.Name, tensor)));
        return tensors;
    }
}
