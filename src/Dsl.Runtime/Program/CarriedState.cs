using System;
using System.Collections.Generic;
using System.ComponentModel;

namespace Dsl.Runtime;

/// <summary>
/// What the layers of a network carry from one run to the next, for a batch of samples that belong together from run to run: at each pair of ports a
/// buffer that the coming run reads and one that it writes, which then change places. Zeros at first. One run at a time.
/// </summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public abstract class CarriedState : IDisposable
{
    private bool isDisposed;

    private protected CarriedState(NetworkProgram program, int batch, int pairs)
    {
        Program = program;
        Batch = batch;
        Current = new NetworkMemory[pairs];
        Next = new NetworkMemory[pairs];
    }

    /// <summary>Samples of each run.</summary>
    public int Batch { get; }

    /// <summary>Whose state it is.</summary>
    internal NetworkProgram Program { get; }

    private protected NetworkMemory[] Current { get; }

    private protected NetworkMemory[] Next { get; }

    /// <summary>Back to zeros, as before the first run.</summary>
    public abstract void Reset();

    /// <summary>Frees its memory.</summary>
    public void Dispose()
    {
        Free();
        GC.SuppressFinalize(this);
    }

    /// <summary>Frees memory that a caller forgot to dispose.</summary>
    ~CarriedState() => Free();

    /// <summary>Gives a run the state at its ports.</summary>
    internal void Bind(StepContext context, IReadOnlyList<CarryInfo> carried)
    {
        ObjectDisposedException.ThrowIf(isDisposed, this);
        if (context.Batch != Batch)
            throw new ArgumentException($"{Program.Info.Name}: the state is that of {Batch} samples, but {context.Batch} were given.");
        for (int i = 0; i < carried.Count; i++)
        {
            context.Inputs[carried[i].Input] = Current[i].Floats;
            context.Outputs[carried[i].Output] = Next[i].Floats;
        }
    }

    /// <summary>What the run has left is what the next one finds.</summary>
    internal void Advance()
    {
        for (int i = 0; i < Current.Length; i++)
            (Current[i], Next[i]) = (Next[i], Current[i]);
    }

    private void Free()
    {
        isDisposed = true;
        foreach (NetworkMemory? memory in Current)
            memory?.Free();
        foreach (NetworkMemory? memory in Next)
            memory?.Free();
    }
}

/// <summary>Carried state in a backend's memory.</summary>
/// <typeparam name="TBackend">The backend.</typeparam>
internal sealed class CarriedState<TBackend> : CarriedState
    where TBackend : struct, IBackend
{
    private readonly int[] sizes;

    /// <summary>Zeros.</summary>
    /// <exception cref="InsufficientMemoryException">There is not as much memory.</exception>
    public CarriedState(NetworkProgram program, EntryPointInfo entry, int batch)
        : base(program, batch, entry.Carried.Count)
    {
        sizes = new int[entry.Carried.Count];
        for (int i = 0; i < sizes.Length; i++)
        {
            sizes[i] = entry.Inputs![entry.Carried[i].Input].Size;
            string purpose = $"the state of {batch} samples";
            Current[i] = NetworkMemory<TBackend>.OfFloats(program.Info.Name, purpose, (Int128)sizes[i] * batch);
            Next[i] = NetworkMemory<TBackend>.OfFloats(program.Info.Name, purpose, (Int128)sizes[i] * batch);
        }
    }

    /// <inheritdoc/>
    public override void Reset()
    {
        for (int i = 0; i < sizes.Length; i++)
        {
            float[] zeros = new float[sizes[i]];
            for (int sample = 0; sample < Batch; sample++)
                TBackend.Write(zeros, Current[i].Floats + ((long)sample * zeros.Length));
        }
    }
}
