using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;

namespace Dsl.Runtime;

/// <summary>
/// Checkpoints: a safetensors file with the weights under their names, the optimizer's state under <c>optimizer/</c> with the parameter's name and
/// PyTorch's for the state (<c>optimizer/Linear1.weight/exp_avg</c>), the best weights so far under <c>best/</c> (a layer's name is an identifier, so
/// these never clash with one), and the rest as metadata strings.
/// </summary>
/// <remarks>The loss and the schedule keep no state, so that a network may go on under another of them; under another optimizer it may not.</remarks>
internal static class Checkpoint
{
    private const string FormatPrefix = "dsl-checkpoint-";
    private const string FormatName = FormatPrefix + "2";
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
        if (network.Optimizer is { } optimizer)
            metadata["optimizer"] = optimizer;
        fit?.Write(metadata);
        Safetensors.Write(path, Tensors(network, best), metadata);
    }

    /// <summary>Reads a checkpoint into a network; an error leaves the network as it was.</summary>
    /// <param name="path">The file.</param>
    /// <param name="network">The network.</param>
    /// <exception cref="SafetensorsException">The file is damaged, no checkpoint, or of another network or optimizer.</exception>
    public static void Load(string path, ITrainable network) => Load(path, network, null, _ => false);

    /// <summary>Reads a checkpoint into a network, to go on with the <c>Fit</c> that wrote it; an error leaves the network as it was.</summary>
    /// <param name="path">The file.</param>
    /// <param name="network">The network.</param>
    /// <param name="best">Takes the best weights, once the <c>Fit</c> had some; null: they are passed over.</param>
    /// <param name="check">Sees where the <c>Fit</c> stood before anything is replaced, and throws if it cannot go on.</param>
    /// <exception cref="SafetensorsException">The file is damaged, no checkpoint, of another network or optimizer, or was not written by a <c>Fit</c>.</exception>
    public static FitState Resume(string path, ITrainable network, WeightSnapshot? best, Action<FitState> check)
    {
        FitState? state = null;
        Load(path, network, best, header =>
        {
            state = FitStateOf(header, path);
            check(state);
            return state.BestEpoch > 0;
        });
        return state!;
    }

    /// <summary>Reads where the <c>Fit</c> that wrote a checkpoint stood.</summary>
    /// <exception cref="SafetensorsException">The file is damaged, no checkpoint, or was not written by a <c>Fit</c>.</exception>
    public static FitState ReadFitState(string path)
    {
        SafetensorsHeader header = Safetensors.ReadHeader(path);
        CheckFormat(header, path);
        return FitStateOf(header, path);
    }

    private static void Load(string path, ITrainable network, WeightSnapshot? best, Func<SafetensorsHeader, bool> hasBest)
    {
        long step = 0;
        ulong seed = 0;
        long totalSteps = 0;
        int stepsPerEpoch = 0;
        double learningRate = 0;
        bool wantsBest = false;
        Safetensors.Read(path, Choose, name => !wantsBest && name.StartsWith(BestPrefix, StringComparison.Ordinal) ? null : name);
        network.Step = step;
        network.Seed = seed;
        network.TotalSteps = totalSteps;
        network.StepsPerEpoch = stepsPerEpoch;
        network.BaseLearningRate = learningRate;
        network.WeightsChanged();

        List<INamedTensor> Choose(SafetensorsHeader header)
        {
            CheckFormat(header, path);
            CheckNetwork(header, network, path);
            CheckpointFigures figures = new(header.Metadata, path);
            step = figures.Count("step", CheckpointFigures.MaximumStep);
            seed = figures.Seed("seed");
            totalSteps = figures.Count("total_steps", long.MaxValue);
            stepsPerEpoch = figures.Count("steps_per_epoch", int.MaxValue);

            // A network without an optimizer has the rate 0.
            learningRate = network.Optimizer is null ? figures.Amount("learning_rate") : figures.Get<double>("learning_rate", LearningRates.IsLegal, "a positive number that is finite in single precision");
            wantsBest = hasBest(header) && best is not null;
            return Tensors(network, wantsBest ? best : null);
        }
    }

    private static FitState FitStateOf(SafetensorsHeader header, string path) => FitState.Read(header.Metadata, path)
        ?? throw new SafetensorsException($"{path} was written outside a Fit, so there is none to resume; LoadCheckpoint reads it.");

    private static void CheckFormat(SafetensorsHeader header, string path)
    {
        string? format = header.Metadata.GetValueOrDefault("format");
        if (format == FormatName)
            return;
        throw new SafetensorsException(format is not null && format.StartsWith(FormatPrefix, StringComparison.Ordinal)
            ? $"{path} is a checkpoint of the format {MessageText.Quote(format)}, which another version of this library wrote; this one reads {FormatName} only."
            : $"{path} is no checkpoint: its metadata lacks format = {FormatName}. Load reads files that hold weights only.");
    }

    private static void CheckNetwork(SafetensorsHeader header, ITrainable network, string path)
    {
        string? writer = header.Metadata.GetValueOrDefault("network");
        if (writer != network.NetworkName)
        {
            throw new SafetensorsException(
                $"{path} is a checkpoint of {(writer is null ? "a network without a name" : MessageText.Plain(writer))}, but one of {network.NetworkName} is wanted.");
        }

        string? writtenOptimizer = header.Metadata.GetValueOrDefault("optimizer");
        string[] written = StateNames(header.Tensors.Select(tensor => tensor.Name).Where(name => name.StartsWith(OptimizerPrefix, StringComparison.Ordinal)));
        string[] wanted = StateNames(network.OptimizerState.Select(tensor => tensor.Name));
        if (writtenOptimizer != network.Optimizer || !written.SequenceEqual(wanted))
        {
            throw new SafetensorsException(
                $"{path} was written with {Describe(writtenOptimizer, written)}, but {network.NetworkName} is trained with {Describe(network.Optimizer, wanted)}.");
        }
    }

    /// <summary>Which kinds of state there are, whatever the parameter.</summary>
    private static string[] StateNames(IEnumerable<string> tensors) =>
        [.. tensors.Select(name => name[(name.LastIndexOf('/') + 1)..]).Distinct().Order(StringComparer.Ordinal)];

    private static string Describe(string? optimizer, string[] state)
    {
        if (optimizer is null && state.Length == 0)
            return "no optimizer";
        string name = optimizer is null ? "an optimizer without a name" : MessageText.Plain(optimizer);
        return state.Length == 0 ? name + " without state" : $"{name}, which keeps {MessageText.Enumerate([.. state.Select(MessageText.Plain)])}";
    }

    private static List<INamedTensor> Tensors(ITrainable network, WeightSnapshot? best)
    {
        List<INamedTensor> tensors = [.. network.Weights];
        tensors.AddRange(network.OptimizerState.Select(tensor => new RenamedTensor(OptimizerPrefix + tensor.Name, tensor)));
        if (best is not null)
            tensors.AddRange(best.Tensors.Select(tensor => new RenamedTensor(BestPrefix + tensor.Name, tensor)));
        return tensors;
    }
}
