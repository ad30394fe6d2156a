using System;
using System.Runtime.ExceptionServices;
using System.Threading;

namespace Dsl.Runtime;

/// <summary>The loops behind <c>Fit</c> and <c>Evaluate</c>. Once running, a batch costs no allocation beside what callbacks and progress make.</summary>
internal sealed class Trainer
{
    private readonly ITrainable _network;
    private readonly FitOptions _options;

    /// <summary>An array: the enumerator of an interface would be allocated at every step.</summary>
    private readonly FitCallback[] _callbacks;
    private readonly BatchPlan _plan;
    private readonly Batch _batch;
    private readonly int[] _order;
    private readonly Evaluator? _validation;
    private readonly WeightSnapshot? _best;
    private readonly FitState _state;
    private readonly FitContext _context;
    private readonly ProgressReporter _reporter;
    private readonly int _thread = Environment.CurrentManagedThreadId;
    private bool _stoppedEarly;

    /// <summary>Steps of this epoch that were made and not read.</summary>
    private int _unread;
    private NonFiniteLossException? _refusal;

    private Trainer(ITrainable network, Samples data, FitOptions options, IProgress<TrainingProgress>? progress)
    {
        _network = network;
        _options = options;
        _callbacks = [.. options.Callbacks];
        _plan = new BatchPlan(data.Count, options.BatchSize, network.MinimumBatch);
        _batch = new Batch(data, _plan.Largest);
        _order = new int[data.Count];
        _validation = options.Validation is null ? null : new Evaluator(network, options.Validation, options.BatchSize);
        _best = options.RestoreBestWeights ? new WeightSnapshot(network.Weights) : null;
        _state = StartOrResume(data);
        network.StepsPerEpoch = _plan.Batches;
        network.TotalSteps = _state.FirstStep + ((long)options.Epochs * _plan.Batches);
        _context = new FitContext(network, options.Epochs, _plan.Batches, ReadStepsHere) { Epoch = _state.Epoch + 1, Step = _state.Batch };
        _reporter = new ProgressReporter(progress, options, _plan.Batches, _state);
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
            data.CheckFinite();
            options.Validation?.CheckFinite();
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
            BatchSize = _options.BatchSize,
            Seed = _options.Seed,
            Shuffle = _options.Shuffle,
            Samples = data.Count,
            Monitor = _options.EarlyStopping?.Monitor ?? (_validation is null ? MonitoredFigure.Loss : MonitoredFigure.ValidationLoss),
            RestoreBestWeights = _options.RestoreBestWeights,
            FirstStep = _network.Step,
        };
        return _options.ResumeFrom is { } path
            ? Checkpoint.Resume(path, _network, _best, state => state.CheckContinues(fresh, _plan.Batches, path))
            : fresh;
    }

    private History Run(CancellationToken cancellationToken)
    {
        _network.BeforeHostAccess = ReadStepsHere;
        try
        {
            return RunEpochs(cancellationToken);
        }
        finally
        {
            _network.BeforeHostAccess = null;
            _refusal = null;
        }
    }

    private History RunEpochs(CancellationToken cancellationToken)
    {
        foreach (FitCallback callback in _callbacks)
            callback.OnBegin(_context);
        _stoppedEarly = _context.StopRequested || (_state.Epoch < _options.Epochs && PatienceIsOver());
        try
        {
            while (_state.Epoch < _options.Epochs && !_stoppedEarly)
                RunEpoch(cancellationToken);
        }
        catch (OperationCanceledException) when (_options.CheckpointPath is not null)
        {
            ReadSteps();
            _state.Seconds = _state.Batch > 0 ? _reporter.EpochSeconds : 0;
            SaveCheckpoint(_options.CheckpointPath);
            throw;
        }
        catch (Exception) when (_unread > 0)
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

        if (_best is not null && _state.BestEpoch > 0)
        {
            _best.Restore();
            _network.WeightsChanged();
        }

        History history = new([.. _state.History], _state.BestEpoch, _stoppedEarly);
        foreach (FitCallback callback in _callbacks)
            callback.OnEnd(_context, history);
        return history;
    }

    private void RunEpoch(CancellationToken cancellationToken)
    {
        _context.Epoch = _state.Epoch + 1;
        _context.Step = _state.Batch;
        _reporter.BeginEpoch();
        foreach (FitCallback callback in _callbacks)
            callback.OnEpochBegin(_context);
        OrderSamples();
        while (_state.Batch < _plan.Batches && !_context.StopRequested)
        {
            cancellationToken.ThrowIfCancellationRequested();
            GatherBatch();
            TrainOnBatch();
            if (_reporter.Step(_batch.Count))
            {
                ReadSteps();
                _reporter.Report();
            }

            foreach (FitCallback callback in _callbacks)
                callback.OnStepEnd(_context);
        }

        ReadSteps();
        bool whole = _state.Batch == _plan.Batches;
        EpochRecord record = EndEpoch(_validation?.Run(null, null, cancellationToken));
        foreach (FitCallback callback in _callbacks)
            callback.OnEpochEnd(_context, record);
        bool last = _state.Epoch == _options.Epochs;
        _stoppedEarly = !whole || (!last && (_context.StopRequested || PatienceIsOver()));
        if (_options.CheckpointPath is { } path && (last || _stoppedEarly || _state.Epoch % _options.CheckpointEveryEpochs == 0))
            SaveCheckpoint(path);
        _reporter.EpochEnd(record);
    }

    private void OrderSamples()
    {
        for (int i = 0; i < _order.Length; i++)
            _order[i] = i;
        if (_options.Shuffle)
            Shuffle.InPlace(_order, _options.Seed, Philox.Stream(RandomPurpose.Shuffle, (ulong)_state.Epoch));
    }

    private void GatherBatch()
    {
        int start = _plan.Start(_state.Batch);
        int end = _plan.Start(_state.Batch + 1);
        _batch.Gather(_order.AsSpan(start, end - start));
    }

    private void TrainOnBatch()
    {
        ThrowIfRefused();
        _state.LastRate = _network.ScheduledLearningRate;
        _network.TrainStep(_batch);
        _unread++;
        _state.Batch++;
        _context.Step = _state.Batch;
        if (_unread == _network.StepsAtOnce)
            ReadSteps();
    }

    /// <summary>
    /// Reads what the last steps gave, on the thread that makes them: whoever asks from another is told of what was read before. Whoever has met the error may look
    /// around before <c>Fit</c> ends with it.
    /// </summary>
    private void ReadStepsHere()
    {
        if (Environment.CurrentManagedThreadId == _thread && _refusal is null)
            ReadSteps();
    }

    /// <summary>Adds up what the unread steps gave. Where one was refused, training stands before it again.</summary>
    private void ReadSteps()
    {
        ThrowIfRefused();
        if (_unread == 0)
            return;
        int made = _unread;
        _unread = 0;
        ReadOnlySpan<BatchResult> results = _network.ReadSteps();
        foreach (BatchResult result in results)
            _state.Figures.Add(result);
        if (results.Length > 0)
            _context.StepLoss = results[^1].Loss;
        if (_network.StepsAtOnce > 1)
            _reporter.StepsRead();
        int undone = made - results.Length;
        if (undone == 0)
            return;
        _state.Batch -= undone;
        _context.Step = _state.Batch;
        GatherBatch();
        _refusal = _network.Refusal(_batch, results.Length);
        throw _refusal;
    }

    /// <summary>A callback may have met the error, and not let it through.</summary>
    private void ThrowIfRefused()
    {
        if (_refusal is not null)
            ExceptionDispatchInfo.Throw(_refusal);
    }

    private EpochRecord EndEpoch(RunningFigures? validation)
    {
        EpochRecord record = new(
            _state.Epoch + 1,
            _state.Figures.Loss,
            _state.Figures.Accuracy,
            validation?.Loss,
            validation?.Accuracy,
            _state.LastRate,
            _reporter.EpochSeconds);
        _state.History.Add(record);
        _state.Epoch++;
        _state.Batch = 0;
        _state.Figures = default;
        _state.Seconds = 0;
        if (IsBetter(record, out double value))
        {
            _state.BestValue = value;
            _state.BestEpoch = _state.Epoch;
            _best?.Take();
        }

        return record;
    }

    private bool IsBetter(EpochRecord record, out double value)
    {
        value = _state.Monitor switch
        {
            MonitoredFigure.ValidationLoss => record.ValidationLoss,
            MonitoredFigure.ValidationAccuracy => record.ValidationAccuracy,
            MonitoredFigure.Loss => record.Loss,
            _ => record.Accuracy,
        } ?? double.NaN;
        bool higherIsBetter = _state.Monitor is MonitoredFigure.ValidationAccuracy or MonitoredFigure.Accuracy;
        double gain = higherIsBetter ? value - _state.BestValue : _state.BestValue - value;
        return _state.BestEpoch == 0 ? double.IsFinite(value) : gain > (_options.EarlyStopping?.MinDelta ?? 0);
    }

    private bool PatienceIsOver() => _options.EarlyStopping is { } stopping && _state.EpochsWithoutGain >= stopping.Patience;

    private void SaveCheckpoint(string path) => Checkpoint.Save(path, _network, _state, _state.BestEpoch > 0 ? _best : null);
}
