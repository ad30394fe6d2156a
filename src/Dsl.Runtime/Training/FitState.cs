using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;

namespace Dsl.Runtime;

/// <summary>Where a <c>Fit</c> stands between two batches: with the network's own state all that it needs to go on.</summary>
internal sealed class FitState
{
    private const string Prefix = "fit.";

    // What must be the same for a resumed run to give the same bits.
    public int BatchSize;
    public ulong Seed;
    public bool Shuffle;
    public int Samples;
    public MonitoredFigure Monitor;
    public bool RestoreBestWeights;

    /// <summary>The network's step when the run began.</summary>
    public long FirstStep;

    /// <summary>How many epochs are done.</summary>
    public int Epoch;

    /// <summary>How many batches of the current epoch are done.</summary>
    public int Batch;

    /// <summary>The figures of the current epoch so far.</summary>
    public RunningFigures Figures;

    /// <summary>The time of the current epoch so far, up to the checkpoint.</summary>
    public double Seconds;

    /// <summary>The rate of the last step.</summary>
    public double LastRate;

    /// <summary>The best monitored figure so far; NaN before there is one.</summary>
    public double BestValue = double.NaN;

    /// <summary>Its epoch, counted from 1; 0 before there is one.</summary>
    public int BestEpoch;

    public readonly List<EpochRecord> History = [];

    /// <summary>How many epochs have passed since the best one.</summary>
    public int EpochsWithoutGain => Epoch - BestEpoch;

    public void Write(Dictionary<string, string> metadata)
    {
        void Put(string key, IFormattable value) => metadata[Prefix + key] = value.ToString(null, CultureInfo.InvariantCulture);
        Put("batch_size", BatchSize);
        Put("seed", Seed);
        Put("shuffle", Shuffle ? 1 : 0);
        Put("samples", Samples);
        Put("monitor", (int)Monitor);
        Put("restore_best_weights", RestoreBestWeights ? 1 : 0);
        Put("first_step", FirstStep);
        Put("epoch", Epoch);
        Put("batch", Batch);
        Put("loss_sum", Figures.LossSum);
        Put("weight", Figures.Weight);
        Put("correct", Figures.Correct);
        Put("classified", Figures.Classified);
        Put("seconds", Seconds);
        Put("last_rate", LastRate);
        Put("best_value", BestValue);
        Put("best_epoch", BestEpoch);
        metadata[Prefix + "history"] = string.Join(';', History.Select(Format));
    }

    /// <summary>Reads what <see cref="Write"/> wrote; null where the checkpoint is of no <c>Fit</c>.</summary>
    /// <exception cref="SafetensorsException">Something is missing or damaged.</exception>
    public static FitState? Read(IReadOnlyDictionary<string, string> metadata, string source)
    {
        if (!metadata.ContainsKey(Prefix + "epoch"))
            return null;
        CheckpointFigures figures = new(metadata, source);
        FitState state = new()
        {
            BatchSize = (int)figures.Number(Prefix + "batch_size", 1, int.MaxValue),
            Seed = figures.Seed(Prefix + "seed"),
            Shuffle = figures.Switch(Prefix + "shuffle"),
            Samples = (int)figures.Number(Prefix + "samples", 1, int.MaxValue),
            Monitor = (MonitoredFigure)figures.Count(Prefix + "monitor", (int)MonitoredFigure.Accuracy),
            RestoreBestWeights = figures.Switch(Prefix + "restore_best_weights"),
            FirstStep = figures.Count(Prefix + "first_step", figures.Count("step", CheckpointFigures.MaximumStep)),
            Epoch = figures.Count(Prefix + "epoch", int.MaxValue),
            Batch = figures.Count(Prefix + "batch", int.MaxValue),
            Seconds = figures.Amount(Prefix + "seconds"),
            LastRate = figures.Amount(Prefix + "last_rate"),
            Figures = ReadFigures(figures),
        };
        state.ReadHistory(metadata, figures, source);
        state.BestEpoch = figures.Count(Prefix + "best_epoch", state.Epoch);
        bool hasBest = state.BestEpoch > 0;
        state.BestValue = figures.Get<double>(
            Prefix + "best_value", value => hasBest ? double.IsFinite(value) : double.IsNaN(value), hasBest ? "a finite number" : "NaN");
        return state;
    }

    private static RunningFigures ReadFigures(CheckpointFigures figures)
    {
        long weight = figures.Count(Prefix + "weight", long.MaxValue);

        // A sample has one label or several decisions, each of which is counted; a network that classifies nothing counts none.
        long classified = figures.Get<long>(
            Prefix + "classified",
            value => value >= 0 && value <= CheckpointFigures.MaximumStep && (weight == 0 ? value == 0 : value % weight == 0),
            string.Create(CultureInfo.InvariantCulture, $"a multiple of {weight}"));
        return new RunningFigures
        {
            LossSum = figures.Get<double>(Prefix + "loss_sum", double.IsFinite, "a finite number"),
            Weight = weight,
            Classified = classified,
            Correct = figures.Count(Prefix + "correct", classified),
        };
    }

    private void ReadHistory(IReadOnlyDictionary<string, string> metadata, CheckpointFigures figures, string source)
    {
        string[] lines = (metadata.GetValueOrDefault(Prefix + "history") ?? throw figures.Wrong(Prefix + "history", "a list of epochs"))
            .Split(';', StringSplitOptions.RemoveEmptyEntries);
        if (lines.Length != Epoch)
            throw new SafetensorsException($"{source} is a damaged checkpoint: its history holds {lines.Length} epochs, but {Epoch} are done.");
        foreach (string line in lines)
        {
            History.Add(ParseRecord(line, History.Count + 1)
                ?? throw new SafetensorsException($"{source} is a damaged checkpoint: its history holds {MessageText.Quote(line)} as epoch {History.Count + 1}."));
        }
    }

    /// <summary>Compares what must be the same with the run that is to go on.</summary>
    /// <param name="wanted">A state at the beginning of that run.</param>
    /// <param name="batches">How many batches an epoch of it has.</param>
    /// <param name="source">The checkpoint's file.</param>
    /// <exception cref="ArgumentException">Something differs.</exception>
    /// <exception cref="SafetensorsException">The state cannot be one of such a run.</exception>
    public void CheckContinues(FitState wanted, int batches, string source)
    {
        Same(BatchSize, wanted.BatchSize, "BatchSize");
        Same(Seed, wanted.Seed, "Seed");
        Same(Shuffle, wanted.Shuffle, "Shuffle");
        Same(Samples, wanted.Samples, "number of samples");
        Same(Monitor, wanted.Monitor, "monitored figure");
        Same(RestoreBestWeights, wanted.RestoreBestWeights, "RestoreBestWeights");
        if (Batch > batches)
            throw new SafetensorsException($"{source} is a damaged checkpoint: {Batch} batches of an epoch are done, but an epoch has {batches}.");

        void Same<T>(T before, T now, string what)
        {
            if (!EqualityComparer<T>.Default.Equals(before, now))
                throw new ArgumentException($"{source} cannot be resumed: its {what} was {before}, but now it is {now}.");
        }
    }

    private static string Format(EpochRecord record)
    {
        static string Number(double? value) => value?.ToString(CultureInfo.InvariantCulture) ?? "-";
        return string.Create(
            CultureInfo.InvariantCulture,
            $"{record.Epoch} {Number(record.Loss)} {Number(record.Accuracy)} {Number(record.ValidationLoss)} {Number(record.ValidationAccuracy)} {Number(record.LearningRate)} {Number(record.Seconds)}");
    }

    /// <summary>The record of an epoch; null for anything else. A loss may be NaN (no label counted), that of a validation infinite too.</summary>
    private static EpochRecord? ParseRecord(string line, int epoch)
    {
        string[] parts = line.Split(' ');
        double?[] numbers = new double?[parts.Length];
        for (int i = 0; i < parts.Length; i++)
        {
            if (parts[i] == "-")
                continue;
            if (!double.TryParse(parts[i], CultureInfo.InvariantCulture, out double number))
                return null;
            numbers[i] = number;
        }

        return numbers is [{ } first, { } loss, null or (>= 0 and <= 1), _, null or (>= 0 and <= 1), { } rate, { } seconds]
            && first == epoch && !double.IsInfinity(loss) && IsAmount(rate) && IsAmount(seconds)
            ? new EpochRecord(epoch, loss, numbers[2], numbers[3], numbers[4], rate, seconds)
            : null;

        static bool IsAmount(double value) => value >= 0 && double.IsFinite(value);
    }
}
