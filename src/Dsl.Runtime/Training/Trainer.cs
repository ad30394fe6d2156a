using System;
using System.Runtime.ExceptionServices;
using System.Threading;

namespace Dsl.Runtime;

/// <summary>The loops behind <c>Fit</c> and <c>Evaluate</c>. Once running, a batch costs no allocation beside what callbacks and progress make.</summary>
internal sealed class Trainer
{
    private readonly ITrainable network;
    private readonly FitOptions options;

    /// <summary>An array: the enumerator of an interface would be allocated at every step.</summary>
    private readonly FitCallback[] callbacks;
    private readonly BatchPlan plan;
    private readonly Batch batch;
    private readonly int[] order;
    private readonly Evaluator? validation;
    private readonly WeightSnapshot? best;
    private readonly FitState state;
    private readonly FitContext context;
    private readonly ProgressReporter reporter;
    private readonly int thread = Environment.CurrentManagedThreadId;
    private bool stoppedEarly;

    /// <summary>Steps of this epoch that were made and not read.</summary>
    private int unread;
    private NonFiniteLossException? refusal;

    private Trainer(ITrainable network, Samples data, FitOptions options, IProgress<TrainingProgress>? progress)
    {
        this.network = network;
        this.options = options;
        callbacks = [.. options.Callbacks];
        plan = new BatchPlan(data.Count, options.BatchSize, network.MinimumBatch);
        batch = new Batch(data, plan.Largest, network.TargetLengths, network.IgnoredLabel);
        order = new int[data.Count];
        validation = options.Validation is null ? null : new Evaluator(network, options.Validation, options.BatchSize);
        best = options.RestoreBestWeights ? new WeightSnapshot(network.Weights) : null;
        state = StartOrResume(data);
        network.StepsPerEpoch = plan.Batches;
        network.TotalSteps = state.FirstStep + ((long)options.Epochs * plan.Batches);
        context = new FitContext(network, options.Epochs, plan.Batches, ReadStepsHere) { Epoch = state.Epoch + 1, Step = state.Batch };
        reporter = new ProgressReporter(progress, options, plan.Batches, state);
    }

    /// <summary>Trains a network.</summary>
    /// <param name="network">The network; its step count goes on from where it is.</param>
    /// <param name="data">The samples.</param>
    /// <param name="options">How; null: the defaults.</param>
    /// <param name="progress">Is told how far training is, on this thread.</param>
    /// <param name="cancellationToken">Looked at between batches.</param>
    /// <exception cref="ArgumentException">Samples or options do not fit.</exception>
    /// <exception cref="NonFiniteLossException">A batch's loss, or what a step would have left, was infinite or NaN; that step was not applied.</exception>
    /// <exception cref="OperationCanceledException">Training was cancelled; with a checkpoint path, a checkpoint was written first.</exception>
    public static History Fit(
        ITrainable network, Samples data, FitOptions? options, IProgress<TrainingProgress>? progress, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(data);
        options ??= new FitOptions();
        Check(network, data, options);
        cancellationToken.ThrowIfCancellationRequested();
        return new Trainer(network, data, options, progress).Run(cancellationToken);
    }

    /// <summary>Evaluates a network.</summary>
    /// <param name="network">The network.</param>
    /// <param name="data">The samples.</param>
    /// <param name="batchSize">How many samples go through the network at once.</param>
    /// <exception cref="ArgumentException">The samples do not fit.</exception>
    public static Evaluation Evaluate(ITrainable network, Samples data, int batchSize = 64)
    {
        ArgumentNullException.ThrowIfNull(data);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(batchSize);
        SamplesCheck.Fits(network, data, nameof(data));
        ConfusionMatrix? confusion = network.Classes is >= 2 and <= Evaluation.MaxConfusionClasses ? new ConfusionMatrix(network.Classes) : null;
        RegressionFigures? errors = network.PredictsNumbers ? new RegressionFigures(network.OutputSize) : null;
        RunningFigures figures = new Evaluator(network, data, batchSize).Run(confusion, errors, CancellationToken.None);
        return new Evaluation(data.Count, figures.Loss)
        {
            Accuracy = figures.Accuracy,
            Confusion = confusion,
            MeanAbsoluteError = errors?.MeanAbsoluteError,
            RootMeanSquaredError = errors?.RootMeanSquaredError,
            R2 = errors?.R2,
        };
    }

    private static void Check(ITrainable network, Samples data, FitOptions options)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(options.Epochs);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(options.BatchSize);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(options.CheckpointEveryEpochs);
        ArgumentOutOfRangeException.ThrowIfLessThan(options.ReportInterval, TimeSpan.Zero);
        ArgumentNullException.ThrowIfNull(options.Callbacks);
        for (int i = 0; i < options.Callbacks.Count; i++)
        {
            if (options.Callbacks[i] is null)
                throw new ArgumentException($"Callbacks[{i}] is null; a FitCallback is wanted.", nameof(options));
        }

        SamplesCheck.Fits(network, data, nameof(data));
        if (options.Validation is not null)
            SamplesCheck.Fits(network, options.Validation, nameof(options.Validation));
        if (options.EarlyStopping is { } stopping)
            Check(network, data, options, stopping);
        if (options.CheckFinite)
        {
            TargetLengths? lengths = network.TargetSize > 0 ? network.TargetLengths : null;
            data.CheckFinite(lengths);
            options.Validation?.CheckFinite(lengths);
        }

        if (options.ResumeFrom is not null)
            ArgumentException.ThrowIfNullOrEmpty(options.ResumeFrom);
        if (options.CheckpointPath is not null)
            FileReplacement.CheckWritable(options.CheckpointPath);
    }

    /// <summary>A figure that there will never be would stop training after its patience, without a word.</summary>
    private static void Check(ITrainable network, Samples data, FitOptions options, EarlyStopping stopping)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(stopping.Patience);
        if (!(stopping.MinDelta >= 0 && double.IsFinite(stopping.MinDelta)))
            throw new ArgumentOutOfRangeException(nameof(options), stopping.MinDelta, $"MinDelta is {stopping.MinDelta}; a finite number from 0 is wanted.");
        if (!Enum.IsDefined(stopping.Monitor))
            throw new ArgumentOutOfRangeException(nameof(options), stopping.Monitor, $"There is no monitored figure {stopping.Monitor}.");
        bool ofValidation = stopping.Monitor is MonitoredFigure.ValidationLoss or MonitoredFigure.ValidationAccuracy;
        if (ofValidation && options.Validation is null)
            throw new ArgumentException($"EarlyStopping watches {stopping.Monitor}, but there is no Validation.", nameof(options));
        if (!network.HasAccuracy && stopping.Monitor is MonitoredFigure.ValidationAccuracy or MonitoredFigure.Accuracy)
        {
            throw new ArgumentException(
                $"EarlyStopping watches {stopping.Monitor}, but the loss of {network.NetworkName} classifies nothing, so there is no accuracy; watch "
                + $"{(ofValidation ? MonitoredFigure.ValidationLoss : MonitoredFigure.Loss)}.",
                nameof(options));
        }

        if (!SamplesCheck.HaveFigures(network, ofValidation ? options.Validation! : data))
        {
            throw new ArgumentException(
                $"EarlyStopping watches {stopping.Monitor}, but every label of the {(ofValidation ? "validation" : "training")} samples is the ignored one, so there is none.",
                nameof(options));
        }
    }

    private FitState StartOrResume(Samples data)
    {
        FitState fresh = new()
        {
            BatchSize = options.BatchSize,
            Seed = options.Seed,
            Shuffle = options.Shuffle,
            Samples = data.Count,
            Monitor = options.EarlyStopping?.Monitor ?? (validation is null ? MonitoredFigure.Loss : MonitoredFigure.ValidationLoss),
            RestoreBestWeights = options.RestoreBestWeights,
            FirstStep = network.Step,
        };
        return options.ResumeFrom is { } path
            ? Checkpoint.Resume(path, network, best, state => state.CheckContinues(fresh, plan.Batches, path))
            : fresh;
    }

    private History Run(CancellationToken cancellationToken)
    {
        network.BeforeHostAccess = ReadStepsHere;
        try
        {
            return RunEpochs(cancellationToken);
        }
        finally
        {
            network.BeforeHostAccess = null;
            refusal = null;
        }
    }

    private History RunEpochs(CancellationToken cancellationToken)
    {
        foreach (FitCallback callback in callbacks)
            callback.OnBegin(context);
        stoppedEarly = context.StopRequested || (state.Epoch < options.Epochs && PatienceIsOver());
        try
        {
            while (state.Epoch < options.Epochs && !stoppedEarly)
                RunEpoch(cancellationToken);
        }
        catch (OperationCanceledException) when (options.CheckpointPath is not null)
        {
            ReadSteps();
            state.Seconds = state.Batch > 0 ? reporter.EpochSeconds : 0;
            SaveCheckpoint(options.CheckpointPath);
            throw;
        }
        catch (Exception) when (unread > 0)
        {
            // That a step before was refused comes first; another error here says less than the one that led here.
            try
            {
                ReadSteps();
            }
            catch (Exception error) when (error is not NonFiniteLossException)
            {
            }

            throw;
        }

        if (best is not null && state.BestEpoch > 0)
        {
            best.Restore();
            network.WeightsChanged();
        }

        History history = new([.. state.History], state.BestEpoch, stoppedEarly);
        foreach (FitCallback callback in callbacks)
            callback.OnEnd(context, history);
        return history;
    }

    private void RunEpoch(CancellationToken cancellationToken)
    {
        context.Epoch = state.Epoch + 1;
        context.Step = state.Batch;
        reporter.BeginEpoch();
        foreach (FitCallback callback in callbacks)
            callback.OnEpochBegin(context);
        OrderSamples();
        while (state.Batch < plan.Batches && !context.StopRequested)
        {
            cancellationToken.ThrowIfCancellationRequested();
            GatherBatch();
            TrainOnBatch();
            if (reporter.Step(batch.Count))
            {
                ReadSteps();
                reporter.Report();
            }

            foreach (FitCallback callback in callbacks)
                callback.OnStepEnd(context);
        }

        ReadSteps();
        bool whole = state.Batch == plan.Batches;
        EpochRecord record = EndEpoch(validation?.Run(null, null, cancellationToken));
        foreach (FitCallback callback in callbacks)
            callback.OnEpochEnd(context, record);
        bool last = state.Epoch == options.Epochs;
        stoppedEarly = !whole || (!last && (context.StopRequested || PatienceIsOver()));
        if (options.CheckpointPath is { } path && (last || stoppedEarly || state.Epoch % options.CheckpointEveryEpochs == 0))
            SaveCheckpoint(path);
        reporter.EpochEnd(record);
    }

    private void OrderSamples()
    {
        for (int i = 0; i < order.Length; i++)
            order[i] = i;
        if (options.Shuffle)
            Shuffle.InPlace(order, options.Seed, Philox.Stream(RandomPurpose.Shuffle, (ulong)state.Epoch));
    }

    private void GatherBatch()
    {
        int start = plan.Start(state.Batch);
        int end = plan.Start(state.Batch + 1);
        batch.Gather(order.AsSpan(start, end - start));
    }

    private void TrainOnBatch()
    {
        ThrowIfRefused();
        state.LastRate = network.ScheduledLearningRate;
        network.TrainStep(batch);
        unread++;
        state.Batch++;
        context.Step = state.Batch;
        if (unread == network.StepsAtOnce)
            ReadSteps();
    }

    /// <summary>
    /// Reads what the last steps gave, on the thread that makes them: whoever asks from another is told of what was read before. Whoever has met the error may look
    /// around before <c>Fit</c> ends with it.
    /// </summary>
    private void ReadStepsHere()
    {
        if (Environment.CurrentManagedThreadId == thread && refusal is null)
            ReadSteps();
    }

    /// <summary>Adds up what the unread steps gave. Where one was refused, training stands before it again.</summary>
    private void ReadSteps()
    {
        ThrowIfRefused();
        if (unread == 0)
            return;
        int made = unread;
        unread = 0;
        ReadOnlySpan<BatchResult> results = network.ReadSteps();
        foreach (BatchResult result in results)
            state.Figures.Add(result);
        if (results.Length > 0)
            context.StepLoss = results[^1].Loss;
        if (network.StepsAtOnce > 1)
            reporter.StepsRead();
        int undone = made - results.Length;
        if (undone == 0)
            return;
        state.Batch -= undone;
        context.Step = state.Batch;
        GatherBatch();
        refusal = network.Refusal(batch, results.Length);
        throw refusal;
    }

    /// <summary>A callback may have met the error, and not let it through.</summary>
    private void ThrowIfRefused()
    {
        if (refusal is not null)
            ExceptionDispatchInfo.Throw(refusal);
    }

    private EpochRecord EndEpoch(RunningFigures? validation)
    {
        EpochRecord record = new(
            state.Epoch + 1,
            state.Figures.Loss,
            state.Figures.Accuracy,
            validation?.Loss,
            validation?.Accuracy,
            state.LastRate,
            reporter.EpochSeconds);
        state.History.Add(record);
        state.Epoch++;
        state.Batch = 0;
        state.Figures = default;
        state.Seconds = 0;
        if (IsBetter(record, out double value))
        {
            state.BestValue = value;
            state.BestEpoch = state.Epoch;
            best?.Take();
        }

        return record;
    }

    private bool IsBetter(EpochRecord record, out double value)
    {
        value = state.Monitor switch
        {
            MonitoredFigure.ValidationLoss => record.ValidationLoss,
            MonitoredFigure.ValidationAccuracy => record.ValidationAccuracy,
            MonitoredFigure.Loss => record.Loss,
            _ => record.Accuracy,
        } ?? double.NaN;
        bool higherIsBetter = state.Monitor is MonitoredFigure.ValidationAccuracy or MonitoredFigure.Accuracy;
        double gain = higherIsBetter ? value - state.BestValue : state.BestValue - value;
        return state.BestEpoch == 0 ? double.IsFinite(value) : gain > (options.EarlyStopping?.MinDelta ?? 0);
    }

    private bool PatienceIsOver() => options.EarlyStopping is { } stopping && state.EpochsWithoutGain >= stopping.Patience;

    private void SaveCheckpoint(string path) => Checkpoint.Save(path, network, state, state.BestEpoch > 0 ? best : null);
}
