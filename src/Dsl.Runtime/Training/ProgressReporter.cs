using System;
using System.Diagnostics;

namespace Dsl.Runtime;

/// <summary>Measures a <c>Fit</c>'s time, and tells its listener how far it is: not too often, for a step may take microseconds.</summary>
internal sealed class ProgressReporter(IProgress<TrainingProgress>? progress, FitOptions options, int stepsPerEpoch, FitState state)
{
    private readonly long begin = Stopwatch.GetTimestamp();
    private readonly double secondsBefore = state.Seconds;
    private readonly int firstEpoch = state.Epoch;
    private long epochBegin;
    private long lastStep;
    private long lastReport;
    private long steps;
    private long samples;

    /// <summary>How long the epoch has taken, before an interruption too.</summary>
    public double EpochSeconds => Stopwatch.GetElapsedTime(epochBegin).TotalSeconds + (state.Epoch == firstEpoch ? secondsBefore : 0);

    public void BeginEpoch()
    {
        epochBegin = Stopwatch.GetTimestamp();
        samples = 0;
    }

    /// <summary>Counts a step; true where it is time to report, which is worth reading what the steps gave.</summary>
    public bool Step(int samples)
    {
        steps++;
        this.samples += samples;
        lastStep = Stopwatch.GetTimestamp();
        if (progress is null || (steps > 1 && Stopwatch.GetElapsedTime(lastReport, lastStep) < options.ReportInterval))
            return false;
        lastReport = lastStep;
        return true;
    }

    /// <summary>The steps so far have ended now: where they were made ahead of what was read of them, they took until here.</summary>
    public void StepsRead() => lastStep = Stopwatch.GetTimestamp();

    /// <summary>Reports the steps so far.</summary>
    public void Report() => Report(state.Epoch + 1, state.Batch, state.Figures.Loss, state.Figures.Accuracy, null);

    public void EpochEnd(EpochRecord record) => Report(record.Epoch, stepsPerEpoch, record.Loss, record.Accuracy, record);

    private void Report(int epoch, int step, double loss, double? accuracy, EpochRecord? record)
    {
        if (progress is null)
            return;
        long stepsLeft = ((long)(options.Epochs - epoch) * stepsPerEpoch) + (stepsPerEpoch - step);
        double secondsPerStep = steps == 0 ? 0 : Stopwatch.GetElapsedTime(begin).TotalSeconds / steps;
        double trainingSeconds = Math.Max(Stopwatch.GetElapsedTime(epochBegin, lastStep).TotalSeconds, 1e-9);
        progress.Report(new TrainingProgress(
            epoch, options.Epochs, step, stepsPerEpoch, loss, accuracy, samples / trainingSeconds, TimeSpan.FromSeconds(secondsPerStep * stepsLeft), record));
    }
}
