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
        T Get<T>(string key)
            where T : IParsable<T> => Checkpoint.Parse<T>(metadata, Prefix + key, source);
        FitState state = new()
        {
            BatchSize = Get<int>("batch_size"),
            Seed = Get<ulong>("seed"),
            Shuffle = Get<int>("shuffle") != 0,
            Samples = Get<int>("samples"),
            Monitor = (MonitoredFigure)Get<int>("monitor"),
            RestoreBestWeights = Get<int>("restore_best_weights") != 0,
            FirstStep = Get<long>("first_step"),
            Epoch = Get<int>("epoch"),
            Batch = Get<int>("batch"),
            Seconds = Get<double>("seconds"),
            LastRate = Get<double>("last_rate"),
            BestValue = Get<double>("best_value"),
            BestEpoch = Get<int>("best_epoch"),
            Figures = new RunningFigures
            {
                LossSum = Get<double>("loss_sum"),
                Weight = Get<long>("weight"),
                Correct = Get<long>("correct"),
                Classified = Get<long>("classified"),
            },
        };
        foreach (string line in Get<string>("history").Split(';', StringSplitOptions.RemoveEmptyEntries))
            state.History.Add(ParseRecord(line) ?? throw new SafetensorsException($"{source} is a damaged checkpoint: its history holds '{line}'."));
        return state;
    }

    /// <summary>Compares what must be the same with the run that is to go on.</summary>
    /// <exception cref="ArgumentException">Something differs.</exception>
    public void CheckContinues(FitState wanted, string source)
    {
        Same(BatchSize, wanted.BatchSize, "BatchSize");
        Same(Seed, wanted.Seed, "Seed");
        Same(Shuffle, wanted.Shuffle, "Shuffle");
        Same(Samples, wanted.Samples, "number of samples");
        Same(Monitor, wanted.Monitor, "monitored figure");
        Same(RestoreBestWeights, wanted.RestoreBestWeights, "RestoreBestWeights");

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

    private static EpochRecord? ParseRecord(string line)
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

        return numbers is [{ } epoch and >= 0 and <= int.MaxValue, { } loss, _, _, _, { } rate, { } seconds]
            ? new EpochRecord((int)epoch, loss, numbers[2], numbers[3], numbers[4], rate, seconds)
            : null;
    }
}
