using System;
using System.Runtime.CompilerServices;
using System.Threading;

namespace Dsl.Runtime;

/// <content>Parameters, arenas and staging buffers: who has them, and when they are freed.</content>
public abstract partial class NetworkProgram<TBackend>
{
    private readonly Lock preparing = new();
    private readonly Lock training = new();
    // Activations of samples that are predicted together, 16 MiB: half of what two cores of a server have as their last cache.
    private const long CachedFloats = 1L << 22;

    private readonly int inputSize;
    private readonly int outputSize;
    private readonly int samplesAtOnce;
    private readonly SharedFloats<TBackend>? parameters;
    private readonly SharedFloats<TBackend>[]? states;
    private readonly NetworkMemory<TBackend>? prepared;
    private SharedFloats<TBackend>? gradients;

    // Every context for inference there is; a larger network of threads makes a new, longer array. Free ones are found by their flag, so that
    // a run costs one interlocked operation.
    private StepContext[] contexts = [];
    private StepContext? trainer;
    private long version = 1;

    // Room for the loss of a run without training: what lies behind starts on a cache line.
    private const int LossFloats = 16;

    // The host was given parameters or state to write: what the backend knows of their size no longer holds.
    private volatile bool hasForeignValues;

    // Likewise gradients: those that no backward pass reaches have to be 0 again.
    private volatile bool hasForeignGradients;
    private long preparedVersion;

    /// <summary>Allocates the parameters; the network class fills them.</summary>
    protected NetworkProgram(ProgramInfo info)
        : base(info)
    {
        inputSize = info.Inputs[0].Size;
        outputSize = info.Outputs[0].Size;
        samplesAtOnce = SamplesAtOnce(info);
        states = new SharedFloats<TBackend>[info.OptimizerBuffers];
        parameters = new SharedFloats<TBackend>(info.Name, "the parameters", info.ParameterFloats);
        Parameters = parameters.Buffer;
        try
        {
            prepared = NetworkMemory<TBackend>.OfFloats(info.Name, "the prepared weights", info.PreparedFloats);
        }
        catch
        {
            // Whoever asks for a network and gets none has nothing to dispose.
            Dispose();
            throw;
        }

        Prepared = prepared.Floats;
    }

    /// <summary>Frees native memory that a caller forgot to dispose.</summary>
    ~NetworkProgram() => Dispose(false);

    internal sealed override StepContext Rent(bool training)
    {
        ThrowIfDisposed();
        if (!training)
            return RentForInference();
        StepContext context = Volatile.Read(ref trainer)
            ?? Interlocked.CompareExchange(ref trainer, new StepContext(this), null)
            ?? trainer;
        this.training.Enter();
        if (IsDisposed)
        {
            this.training.Exit();
            ThrowIfDisposed();
        }

        context.CountsCorrect = false;
        context.WantsInputGradients = false;

        // Whatever comes now may change what gradients rest on: a call that fails leaves none behind to be applied by mistake.
        (applicableEntry, freshEntry) = (freshEntry, -1);
        return context;
    }

    internal sealed override void Return(StepContext context, bool training)
    {
        if (training)
            this.training.Exit();
        else
            context.Release();
    }

    /// <summary>
    /// How many samples are predicted at once: whose activations stay in the cache from layer to layer, or are as many as the weights, which are read anew for each part. Not by threads, so that
    /// bits do not depend on them: kernels share out one sample too.
    /// </summary>
    private static int SamplesAtOnce(ProgramInfo info)
    {
        int predict = info.EntryOf(EntryKind.Predict);
        long floats = predict < 0 ? 1 : Math.Max(1, info.EntryPoints[predict].SampleFloats);
        return (int)Math.Clamp(Math.Max(CachedFloats, info.PreparedFloats) / floats, 1, int.MaxValue);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private StepContext RentForInference()
    {
        StepContext[] all = contexts;
        return all.Length == 1 && TryRent(all[0]) ? all[0] : RentOfSeveral();
    }

    /// <summary>False when somebody else has it. Looks after taking it whether the network was disposed meanwhile: Dispose waits for what is taken.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private bool TryRent(StepContext context)
    {
        if (!context.TryTake())
            return false;
        if (IsDisposed)
            RefuseTaken(context);
        return true;
    }

    private void RefuseTaken(StepContext context)
    {
        context.Release();
        ThrowIfDisposed();
    }

    private StepContext RentOfSeveral()
    {
        ThrowIfDisposed();
        StepContext[] all = Volatile.Read(ref contexts);

        // A thread looks where it most likely was before: that arena is in its cache, and nobody else looks there first.
        int first = all.Length > 1 ? Environment.CurrentManagedThreadId % all.Length : 0;
        for (int i = 0; i < all.Length; i++)
        {
            StepContext found = all[first + i < all.Length ? first + i : first + i - all.Length];
            if (TryRent(found))
                return found;
        }

        lock (preparing)
        {
            ThrowIfDisposed();
            var context = new StepContext(this);
            context.TryTake();
            Volatile.Write(ref contexts, [.. contexts, context]);
            return context;
        }
    }

    // Each of the three keeps the program until it is done: a backend with memory of its own reads from there.
    internal sealed override Span<float> ParameterSpan(long offset, int count, HostAccess access)
    {
        ThrowIfDisposed();
        BeforeHostAccess?.Invoke();
        if (access != HostAccess.Replace)
            KeepPlain();
        else if (held is not null)
            RestorePlain(keep: false);
        if (access != HostAccess.Read)
        {
            WeightsChanged();
            hasForeignValues = true;
        }

        Span<float> values = parameters!.Values(offset, count, access);
        GC.KeepAlive(this);
        return values;
    }

    internal sealed override Span<float> GradientSpan(long offset, int count)
    {
        ThrowIfDisposed();
        BeforeHostAccess?.Invoke();
        EnsureTrainingMemory();
        hasForeignGradients = true;
        Span<float> values = gradients!.Values(offset, count, HostAccess.Update);
        GC.KeepAlive(this);
        return values;
    }

    internal sealed override Span<float> StateSpan(int index, long offset, int count, HostAccess access)
    {
        ThrowIfDisposed();
        BeforeHostAccess?.Invoke();
        EnsureTrainingMemory();
        if (access != HostAccess.Read)
            hasForeignValues = true;
        Span<float> values = states![index].Values(offset, count, access);
        GC.KeepAlive(this);
        return values;
    }

    /// <inheritdoc/>
    protected sealed override FloatBuffer State(int index) => states![index].Buffer;

    private protected sealed override void Dispose(bool disposing)
    {
        if (!SetDisposed())
            return;
        if (!disposing)
        {
            // Nobody runs what nobody reaches, and what has a finalizer itself (a lock may) is not to be touched here.
            FreeAll();
            return;
        }

        FreeGenerator();

        // Runs under way end first: whoever starts one from here on sees that the network is disposed. They may want the lock, so it is not kept.
        StepContext[] all;
        lock (preparing)
            all = contexts;
        foreach (StepContext context in all)
        {
            SpinWait spinner = default;
            while (!context.TryTake())
                spinner.SpinOnce();
        }

        lock (training)
        {
            lock (preparing)
                FreeAll();
        }
    }

    private void FreeAll()
    {
        parameters?.Free();
        gradients?.Free();
        foreach (SharedFloats<TBackend>? state in states ?? [])
            state?.Free();
        prepared?.Free();
        Parameters = default;
        Gradients = default;
        Prepared = default;
        trainer?.Free();
        foreach (StepContext context in contexts ?? [])
            context.Free();
        trainer = null;
        contexts = [];
    }

    private void Stage(StepContext context, int index, ReadOnlySpan<float> values)
    {
        FloatBuffer staging = Grown(ref context.InputStaging[index], values.Length, "the inputs", context.Batch);
        if (values.Length > 0)
            TBackend.Write(values, staging);
        context.Inputs[index] = staging;
    }

    private void Stage(StepContext context, int index, ReadOnlySpan<int> ids)
    {
        NetworkMemory staging = GrownInts(ref context.IntStaging[index], ids.Length, "the inputs", context.Batch);
        if (ids.Length > 0)
            TBackend.Write(ids, staging.Ints);
        context.IntInputs[index] = staging.Ints;
    }

    private void StageOutput(StepContext context, int index, int size) =>
        context.Outputs[index] = Grown(ref context.OutputStaging[index], (long)context.Batch * size, "the outputs", context.Batch);

    private void StageTargets(StepContext context, ReadOnlySpan<float> targets)
    {
        NetworkMemory? staging = context.TargetStaging;
        FloatBuffer buffer = Grown(ref staging, targets.Length, "the targets", context.Batch);
        context.TargetStaging = staging;
        if (targets.Length > 0)
            TBackend.Write(targets, buffer);
        context.Targets = buffer;
    }

    private void StageLabels(StepContext context, ReadOnlySpan<int> labels)
    {
        NetworkMemory? staging = context.LabelStaging;
        NetworkMemory grown = GrownInts(ref staging, labels.Length, "the labels", context.Batch);
        context.LabelStaging = grown;
        if (labels.Length > 0)
            TBackend.Write(labels, grown.Ints);
        context.Labels = grown.Ints;
    }

    /// <summary>Like <see cref="Grown"/>, for int32.</summary>
    private NetworkMemory GrownInts(ref NetworkMemory? memory, int count, string purpose, int batch)
    {
        if (memory is null || memory.Count < count)
        {
            NetworkMemory grown = NetworkMemory<TBackend>.OfInts(Info.Name, OfBatch(purpose, batch), count);
            memory?.Free();
            memory = grown;
        }

        return memory;
    }

    /// <summary>The memory's buffer, or a larger one in its place. The new one comes first: if there is no room for it, the old one still stands.</summary>
    private FloatBuffer Grown(ref NetworkMemory? memory, long count, string purpose, int batch)
    {
        if (count > (memory?.Count ?? 0))
        {
            NetworkMemory grown = NetworkMemory<TBackend>.OfFloats(Info.Name, OfBatch(purpose, batch), count);
            memory?.Free();
            memory = grown;
        }

        return memory?.Floats ?? default;
    }

    private static string OfBatch(string purpose, int batch) => $"{purpose} of a batch of {batch} samples";

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private void SetBatch(StepContext context, int batch, bool isTraining)
    {
        context.Batch = batch;
        if (context.ArenaBatch < batch || (context.WantsInputGradients && !context.HasRoomForInputGradients))
            GrowArena(context, isTraining);
    }

    private void GrowArena(StepContext context, bool isTraining)
    {
        // What was asked for once will be again.
        bool withInputs = context.WantsInputGradients || context.HasRoomForInputGradients;
        int batch = Math.Max(context.Batch, context.ArenaBatch);
        (long fixedFloats, long sampleFloats, long fixedInts, long sampleInts) = Info.ArenaOf(isTraining, withInputs);
        int outcomes = isTraining ? StepOutcome.Floats : LossFloats;
        NetworkMemory grown = NetworkMemory<TBackend>.OfFloats(
            Info.Name, OfBatch(isTraining ? "a training step" : "a run", batch), outcomes + fixedFloats + ((Int128)sampleFloats * batch));
        if (fixedInts + sampleInts > 0)
        {
            NetworkMemory ints;
            try
            {
                ints = NetworkMemory<TBackend>.OfInts(Info.Name, OfBatch(isTraining ? "a training step" : "a run", batch), fixedInts + ((Int128)sampleInts * batch));
            }
            catch
            {
                grown.Free();
                throw;
            }

            context.IntArena?.Free();
            context.IntArena = ints;
            context.FixedInts = ints.Ints;
            context.SampleInts = ints.Ints + fixedInts;
        }

        FloatBuffer arena = grown.Floats;
        if (context is { Unread: > 0, Arena: { } outgrown })
        {
            // What was not read yet outlives the arena, and so does the verdict, which is on these steps too.
            TBackend.Read(outgrown.Floats, context.Outcomes);
            TBackend.Write(context.Outcomes, arena);
        }

        context.Arena?.Free();
        context.Arena = grown;
        context.ArenaBatch = batch;
        context.HasRoomForInputGradients = withInputs;
        context.Loss = arena;
        context.Fixed = arena + outcomes;
        context.Samples = arena + (outcomes + fixedFloats);
    }

    private void EnsureTrainingMemory()
    {
        if (Volatile.Read(ref gradients) is null)
            MakeTrainingMemory();
    }

    // Gradients may be asked for beside the first step or a disposal. What there was room for when an error came waits for the next attempt.
    private void MakeTrainingMemory()
    {
        lock (preparing)
        {
            ThrowIfDisposed();
            if (gradients is not null)
                return;
            for (int i = 0; i < states!.Length; i++)
                states[i] ??= new SharedFloats<TBackend>(Info.Name, "the state of the optimizer", Info.TrainableFloats);
            var made = new SharedFloats<TBackend>(Info.Name, "the gradients", Info.TrainableFloats);
            Gradients = made.Buffer;
            Volatile.Write(ref gradients, made);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private void EnsurePrepared()
    {
        if (Volatile.Read(ref preparedVersion) != Volatile.Read(ref version))
            PrepareAnew();
    }

    private void PrepareAnew()
    {
        lock (preparing)
        {
            long current = Volatile.Read(ref version);
            if (preparedVersion == current)
                return;
            SyncToBackend();
            held?.Restore();
            held = null;
            Prepare();
            Volatile.Write(ref preparedVersion, current);
        }
    }

    private void WeightsChanged() => Interlocked.Increment(ref version);

    private void SyncToBackend()
    {
        parameters!.ToBackend();
        for (int i = 0; gradients is not null && i < states!.Length; i++)
            states[i].ToBackend();
    }
}
