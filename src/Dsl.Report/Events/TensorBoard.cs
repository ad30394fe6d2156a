using System;
using System.Collections.Generic;
using System.Globalization;
using System.IO;
using System.Threading;
using Dsl.Runtime;

namespace Dsl.Report;

/// <summary>
/// Writes event files for TensorBoard during <c>Fit</c>: after every epoch its figures, how weights and the last step's gradients are spread, and pictures; their step is the epoch. The file is
/// complete after every epoch, whatever ends the training then. Each <c>Fit</c> writes a file of its own; TensorBoard shows those of one folder as one run.
/// </summary>
/// <param name="folder">The run's folder; it is made if there is none.</param>
/// <example>
/// <code>
/// net.Fit(train, new FitOptions { Validation = test, Callbacks = [new TensorBoard("runs/first")] });
/// </code>
/// then <c>tensorboard --logdir runs</c>.
/// </example>
public sealed class TensorBoard(string folder) : FitCallback
{
    private static int files;

    private readonly string folder = string.IsNullOrEmpty(folder) ? throw new ArgumentException("A run's events need a folder.", nameof(folder)) : folder;
    private readonly int histogramsEveryEpochs = 1;
    private readonly int lossEverySteps;
    private EventFile? file;

    /// <summary>After how many epochs histograms of weights and gradients are written; 0: never.</summary>
    /// <exception cref="ArgumentOutOfRangeException">It is negative.</exception>
    public int HistogramsEveryEpochs
    {
        get => histogramsEveryEpochs;
        init
        {
            ArgumentOutOfRangeException.ThrowIfNegative(value);
            histogramsEveryEpochs = value;
        }
    }

    /// <summary>After how many steps the loss of a step is written, as <c>step/loss</c> over the steps of the training; 0: never.</summary>
    /// <exception cref="ArgumentOutOfRangeException">It is negative.</exception>
    public int LossEverySteps
    {
        get => lossEverySteps;
        init
        {
            ArgumentOutOfRangeException.ThrowIfNegative(value);
            lossEverySteps = value;
        }
    }

    /// <summary>Makes the pictures of an epoch, each under its caption; null: there are none.</summary>
    public Func<EpochRecord, IEnumerable<Tile>>? Pictures { get; init; }

    /// <summary>The file of the last <c>Fit</c>; null before the first.</summary>
    public string? Path => file?.Path;

    internal TimeProvider Clock { get; init; } = TimeProvider.System;

    /// <inheritdoc/>
    public override void OnBegin(FitContext fit)
    {
        DateTimeOffset now = Clock.GetUtcNow();
        string name = string.Create(
            CultureInfo.InvariantCulture,
            $"events.out.tfevents.{now.ToUnixTimeSeconds():D10}.{Environment.MachineName}.{Environment.ProcessId}.{Interlocked.Increment(ref files) - 1}");
        Directory.CreateDirectory(folder);
        file = new EventFile(System.IO.Path.Combine(folder, name), now);
        file.Flush();
    }

    /// <inheritdoc/>
    public override void OnStepEnd(FitContext fit)
    {
        ArgumentNullException.ThrowIfNull(fit);
        long step = ((fit.Epoch - 1L) * fit.StepsPerEpoch) + fit.Step;
        if (lossEverySteps > 0 && step % lossEverySteps == 0)
            file!.Scalar(Clock.GetUtcNow(), step, "step/loss", fit.StepLoss);
    }

    /// <inheritdoc/>
    public override void OnEpochEnd(FitContext fit, EpochRecord record)
    {
        ArgumentNullException.ThrowIfNull(fit);
        ArgumentNullException.ThrowIfNull(record);
        DateTimeOffset now = Clock.GetUtcNow();
        Scalar("loss/training", record.Loss);
        Scalar("loss/validation", record.ValidationLoss);
        Scalar("accuracy/training", record.Accuracy);
        Scalar("accuracy/validation", record.ValidationAccuracy);
        Scalar("learning_rate", record.LearningRate);
        Scalar("seconds", record.Seconds);
        if (histogramsEveryEpochs > 0 && record.Epoch % histogramsEveryEpochs == 0)
        {
            foreach (INamedTensor weight in fit.Weights)
            {
                file!.Values(now, record.Epoch, "weights/" + weight.Name, new Histogram(weight.Values));
                if (weight is Parameter { IsTrainable: true } parameter)
                    file.Values(now, record.Epoch, "gradients/" + weight.Name, new Histogram(parameter.Gradients));
            }
        }

        foreach (Tile tile in Pictures?.Invoke(record) ?? [])
            file!.Image(now, record.Epoch, "pictures/" + tile.Caption, tile.Picture);
        file!.Flush();

        void Scalar(string tag, double? value)
        {
            if (value is { } number)
                file!.Scalar(now, record.Epoch, tag, number);
        }
    }
}
