using System;
using System.ComponentModel;
using System.IO;
using System.Threading;
using Dsl.Runtime;

namespace Dsl;

public abstract partial class Network
{
    private NetworkTraining? training;

    private NetworkTraining Training => training ??= new NetworkTraining(code, Parameters);

    /// <summary>Trains on a data set: shuffled epochs of batches, with validation, early stopping, checkpoints and callbacks as the options say.</summary>
    /// <param name="data">Samples of this network's inputs, with labels or targets as its loss wants.</param>
    /// <param name="options">How; null: the defaults.</param>
    /// <param name="progress">Is told how far training is.</param>
    /// <param name="cancellationToken">Looked at between batches.</param>
    /// <returns>Loss, accuracy, rate and seconds of each epoch.</returns>
    /// <remarks>
    /// Until it returns, its callbacks and other threads may read, evaluate, predict, save and set the learning rate, but not call <c>Fit</c>,
    /// <c>TrainStep</c>, <c>Gradients</c>, <c>Apply</c>, <c>LoadWeights</c>, <c>LoadCheckpoint</c> or <c>CopyFrom</c> on this network. A consistent state to save is that between two steps, in a callback.
    /// A backend with memory of its own is asked for losses every 32 steps, at an epoch's end, and whenever progress is reported or a callback asks. A step that it
    /// refused is seen then; the steps behind it have changed nothing, and <see cref="Step"/> goes back to it.
    /// </remarks>
    /// <exception cref="ArgumentException">Samples or options do not fit.</exception>
    /// <exception cref="InvalidOperationException">The network has no optimizer, or is in the midst of a <c>Fit</c>.</exception>
    /// <exception cref="IOException">A checkpoint cannot be read or written; the latter is found out before the first epoch where it can be.</exception>
    /// <exception cref="ObjectDisposedException">The network was disposed, also meanwhile.</exception>
    /// <exception cref="NonFiniteLossException">A batch's loss, or what a step would have left, was infinite or NaN; that step was not applied.</exception>
    /// <exception cref="OperationCanceledException">Training was cancelled; with a checkpoint path, a checkpoint was written first.</exception>
    public History Fit(Samples data, FitOptions? options = null, IProgress<TrainingProgress>? progress = null, CancellationToken cancellationToken = default)
    {
        code.ThrowIfDisposed();
        if (!code.Info.HasOptimizer)
            throw new InvalidOperationException($"{code.Info.Name} declares no loss and optimizer, so it cannot be trained; add for example [CrossEntropy, Adam].");
        code.Fits.Enter();
        try
        {
            return Trainer.Fit(Training, data, options, progress, cancellationToken);
        }
        finally
        {
            code.Fits.Exit();
        }
    }

    /// <summary>Loss in inference mode; where something is classified accuracy, of classes a confusion matrix; of a regression MAE, RMSE and R².</summary>
    /// <param name="data">Samples of this network's inputs, with labels or targets as its loss wants.</param>
    /// <param name="batchSize">Samples that go through the network at once.</param>
    public Evaluation Evaluate(Samples data, int batchSize = 64)
    {
        code.ThrowIfDisposed();
        if (!code.Info.HasLoss)
            throw new InvalidOperationException($"{code.Info.Name} declares no loss, so there is nothing to evaluate.");
        return Trainer.Evaluate(Training, data, batchSize);
    }

    /// <summary>Writes the weights and running statistics as safetensors; the old file stays until the new one is whole.</summary>
    /// <exception cref="IOException">The file cannot be written.</exception>
    public void Save(string path)
    {
        code.ThrowIfDisposed();
        Safetensors.Write(path, Parameters);
    }

    /// <summary>Writes the weights and running statistics as safetensors; the stream stays open.</summary>
    public void Save(Stream stream)
    {
        code.ThrowIfDisposed();
        Safetensors.Write(stream, Parameters);
    }

    /// <summary>Reads weights whose names differ: only names that begin with the prefix count, and it is cut off; the map makes our name of what is left.</summary>
    /// <param name="path">A safetensors file.</param>
    /// <param name="prefix">Null: all names.</param>
    /// <param name="map">Null: names as they are; a null result passes the tensor over.</param>
    /// <exception cref="SafetensorsException">The file is damaged, or a tensor is missing, misshapen or too many; the message names it.</exception>
    /// <exception cref="FileNotFoundException">There is no such file.</exception>
    /// <exception cref="InvalidOperationException">The network is in the midst of a <c>Fit</c>.</exception>
    public void LoadWeights(string path, string? prefix = null, Func<string, string?>? map = null)
    {
        code.ThrowIfDisposed();
        code.Fits.ThrowIfRunning(nameof(LoadWeights));
        Safetensors.Read(path, Parameters, prefix, map);
    }

    /// <summary>
    /// Writes weights, optimizer state, step and seed, so that training can go on elsewhere with the same bits. Each parameter's state stands under
    /// its name and PyTorch's: <c>optimizer/Linear1.weight/exp_avg</c>.
    /// </summary>
    /// <exception cref="IOException">The file cannot be written.</exception>
    public void SaveCheckpoint(string path)
    {
        code.ThrowIfDisposed();
        Checkpoint.Save(path, Training);
    }

    /// <summary>Reads what <see cref="SaveCheckpoint"/> wrote; an error leaves the network as it was.</summary>
    /// <exception cref="SafetensorsException">The file is damaged, no checkpoint, of another network or of another optimizer.</exception>
    /// <exception cref="FileNotFoundException">There is no such file.</exception>
    /// <exception cref="InvalidOperationException">The network is in the midst of a <c>Fit</c>.</exception>
    public void LoadCheckpoint(string path)
    {
        code.ThrowIfDisposed();
        code.Fits.ThrowIfRunning(nameof(LoadCheckpoint));
        Checkpoint.Load(path, Training);
    }

    /// <summary>Used by the generated <c>Load</c>, which has a new network to fill.</summary>
    [EditorBrowsable(EditorBrowsableState.Never)]
    protected static TNetwork Loaded<TNetwork>(TNetwork network, string path)
        where TNetwork : Network
    {
        ArgumentNullException.ThrowIfNull(network);
        try
        {
            network.LoadWeights(path);
        }
        catch
        {
            // Nobody gets it, so nobody else can dispose it.
            network.Dispose();
            throw;
        }

        return network;
    }

    /// <summary>Used by the generated <c>Load</c>, which has a new network to fill.</summary>
    [EditorBrowsable(EditorBrowsableState.Never)]
    protected static TNetwork Loaded<TNetwork>(TNetwork network, ReadOnlySpan<byte> file)
        where TNetwork : Network
    {
        ArgumentNullException.ThrowIfNull(network);
        try
        {
            Safetensors.Read(file, network.Parameters);
        }
        catch
        {
            network.Dispose();
            throw;
        }

        return network;
    }
}
