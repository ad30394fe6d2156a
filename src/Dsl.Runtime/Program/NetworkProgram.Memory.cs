using System;
using System.Runtime.CompilerServices;
using System.Threading;

namespace Dsl.Runtime;

/// <content>Parameters, arenas and staging buffers: who has them, and when they are freed.</content>
public abstract partial class NetworkProgram<TBackend>
{
    private readonly Lock preparing = new();
    private readonly Lock training = new();
    private readonly int inputSize;
    private readonly int outputSize;
    private readonly SharedFloats<TBackend>? parameters;
    private readonly SharedFloats<TBackend>[]? states;
    private SharedFloats<TBackend>? gradients;

    // Every context for inference there is; a larger network of threads makes a new, longer array. Free ones are found by their flag, so that
    // a run costs one interlocked operation.
    private StepContext[] contexts = [];
    private StepContext? trainer;
    private long version = 1;

    // The host was given parameters or state to write: what the backend knows of their size no longer holds.
    private volatile bool hasForeignValues;
    private long preparedVersion;

    /// <summary>Allocates the parameters; the network class fills them.</summary>
    protected NetworkProgram(ProgramInfo info)
        : base(info)
    {
        inputSize = info.Inputs[0].Size;
        outputSize = info.Outputs[0].Size;
        parameters = new SharedFloats<TBackend>(info.ParameterFloats);
        Parameters = parameters.Buffer;
        states = new SharedFloats<TBackend>[info.OptimizerBuffers];
        Prepared = TBackend.Allocate(info.PreparedFloats);
    }

    /// <summary>Frees native memory that a caller forgot to dispose.</summary>
    ~NetworkProgram() => Dispose(false);

    internal sealed override StepContext Rent(bool training)
    {
        ThrowIfDisposed();
        if (!training)
            return RentForInference();
        if (!Info.HasOptimizer)
            throw new InvalidOperationException($"{Info.Name} declares no loss and optimizer, so it cannot be trained; add for example [CrossEntropy, Adam].");
        StepContext context = Volatile.Read(ref trainer)
            ?? Interlocked.CompareExchange(ref trainer, new StepContext(Info.Inputs.Length, Info.Outputs.Length), null)
            ?? trainer;
        this.training.Enter();
        if (IsDisposed)
        {
            this.training.Exit();
            ThrowIfDisposed();
        }

        context.CountsCorrect = false;
        return context;
    }

    internal sealed override void Return(StepContext context, bool training)
    {
        if (training)
            this.training.Exit();
        else
            context.Release();
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
            var context = new StepContext(Info.Inputs.Length, Info.Outputs.Length);
            context.TryTake();
            Volatile.Write(ref contexts, [.. contexts, context]);
            return context;
        }
    }

    internal sealed override Span<float> ParameterSpan(long offset, int count, bool willWrite)
    {
        ThrowIfDisposed();
        if (willWrite)
        {
            WeightsChanged();
            hasForeignValues = true;
        }

        return parameters!.Values(offset, count, willWrite);
    }

    internal sealed override ReadOnlySpan<float> GradientSpan(long offset, int count)
    {
        ThrowIfDisposed();
        EnsureTrainingMemory();
        return gradients!.Values(offset, count, willWrite: false);
    }

    internal sealed override Span<float> StateSpan(int index, bool willWrite)
    {
        ThrowIfDisposed();
        EnsureTrainingMemory();
        if (willWrite)
            hasForeignValues = true;
        return states![index].Values(0, (int)Info.TrainableFloats, willWrite);
    }

    private protected sealed override FloatBuffer GetState(int index) => states![index].Buffer;

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
            FreeAll();
    }

    private void FreeAll()
    {
        parameters?.Free();
        gradients?.Free();
        foreach (SharedFloats<TBackend>? state in states ?? [])
            state?.Free();
        FreeIfGiven(Prepared);
        Parameters = default;
        Gradients = default;
        Prepared = default;
        if (trainer is not null)
            Free(trainer);
        foreach (StepContext context in contexts ?? [])
            Free(context);
        trainer = null;
        contexts = [];
    }

    private static void FreeIfGiven(FloatBuffer buffer)
    {
        if (!buffer.IsNone)
            TBackend.Free(buffer);
    }

    private static void Free(StepContext context)
    {
        FreeIfGiven(context.Arena);
        foreach (FloatBuffer buffer in context.InputStaging)
            FreeIfGiven(buffer);
        foreach (FloatBuffer buffer in context.OutputStaging)
            FreeIfGiven(buffer);
        FreeIfGiven(context.TargetStaging);
        if (!context.LabelStaging.IsNone)
            TBackend.Free(context.LabelStaging);
    }

    private static void Stage(StepContext context, int index, ReadOnlySpan<float> values)
    {
        context.InputStaging[index] = Grown(context.InputStaging[index], ref context.InputCapacity[index], values.Length);
        if (values.Length > 0)
            TBackend.Write(values, context.InputStaging[index]);
        context.Inputs[index] = context.InputStaging[index];
    }

    private static void StageOutput(StepContext context, int index, int size)
    {
        context.OutputStaging[index] = Grown(context.OutputStaging[index], ref context.OutputCapacity[index], (long)context.Batch * size);
        context.Outputs[index] = context.OutputStaging[index];
    }

    private static void StageTargets(StepContext context, ReadOnlySpan<float> targets)
    {
        long capacity = context.TargetCapacity;
        context.TargetStaging = Grown(context.TargetStaging, ref capacity, targets.Length);
        context.TargetCapacity = capacity;
        if (targets.Length > 0)
            TBackend.Write(targets, context.TargetStaging);
        context.Targets = context.TargetStaging;
    }

    private static void StageLabels(StepContext context, ReadOnlySpan<int> labels)
    {
        if (context.LabelCapacity < labels.Length)
        {
            IntBuffer grown = TBackend.AllocateInts(labels.Length);
            if (!context.LabelStaging.IsNone)
                TBackend.Free(context.LabelStaging);
            context.LabelStaging = grown;
            context.LabelCapacity = labels.Length;
        }

        if (labels.Length > 0)
            TBackend.Write(labels, context.LabelStaging);
        context.Labels = context.LabelStaging;
    }

    /// <summary>The buffer, or a larger one in its place. The new one comes first: if there is no room for it, the old one still stands.</summary>
    private static FloatBuffer Grown(FloatBuffer buffer, ref long capacity, long count)
    {
        if (capacity >= count)
            return buffer;
        FloatBuffer grown = TBackend.Allocate(count);
        FreeIfGiven(buffer);
        capacity = count;
        return grown;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private void SetBatch(StepContext context, int batch, bool isTraining)
    {
        context.Batch = batch;
        if (context.ArenaBatch < batch)
            GrowArena(context, isTraining);
    }

    private void GrowArena(StepContext context, bool isTraining)
    {
        long fixedFloats = isTraining ? Info.TrainingFixedFloats : Info.InferenceFixedFloats;
        long sampleFloats = isTraining ? Info.TrainingSampleFloats : Info.InferenceSampleFloats;
        FloatBuffer arena = TBackend.Allocate(checked(16 + fixedFloats + (sampleFloats * context.Batch)));
        FreeIfGiven(context.Arena);
        context.Arena = arena;
        context.ArenaBatch = context.Batch;
        context.Loss = arena;
        context.Correct = arena + 1;
        context.Verdict = arena + 4;
        context.Fixed = arena + 16;
        context.Samples = arena + (16 + fixedFloats);
    }

    private void EnsureTrainingMemory()
    {
        if (gradients is not null)
            return;
        for (int i = 0; i < states!.Length; i++)
            states[i] ??= new SharedFloats<TBackend>(Info.TrainableFloats);
        gradients = new SharedFloats<TBackend>(Info.TrainableFloats);
        Gradients = gradients.Buffer;
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
