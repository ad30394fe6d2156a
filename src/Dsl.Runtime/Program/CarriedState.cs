using System;
using System.Collections.Generic;
using System.ComponentModel;
using System.Linq;

namespace Dsl.Runtime;

/// <summary>
/// What the layers of a network carry from one run to the next, for a batch of samples that belong together from run to run: at each pair of ports a
/// buffer that the coming run reads and one that it writes, which then change places, zeros at first; and buffers that runs change in place, each where no
/// run before it has been. One run at a time.
/// </summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public abstract class CarriedState : IDisposable
{
    private bool isDisposed;

    private protected CarriedState(NetworkProgram program, int entry, int batch)
    {
        Program = program;
        Entry = entry;
        Batch = batch;
        Info = program.Info.EntryPoints[entry];
        Current = new NetworkMemory[Info.Carried.Count];
        Next = new NetworkMemory[Info.Carried.Count];
        Kept = new NetworkMemory[Info.Kept.Count];
    }

    /// <summary>Samples of each run.</summary>
    public int Batch { get; }

    /// <summary>Whose state it is.</summary>
    internal NetworkProgram Program { get; }

    /// <summary>The entry point whose runs these are.</summary>
    internal int Entry { get; }

    /// <summary>Steps since the state was zeros: where a run is one, runs.</summary>
    internal int Position { get; private protected set; }

    /// <summary>Steps of the coming run.</summary>
    internal int RunSteps { get; set; } = 1;

    private protected EntryPointInfo Info { get; }

    private protected NetworkMemory[] Current { get; }

    private protected NetworkMemory[] Next { get; }

    private protected NetworkMemory[] Kept { get; }

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
    /// <exception cref="InvalidOperationException">There were as many runs as the entry point has room for.</exception>
    internal void Bind(StepContext context, IReadOnlyList<CarryInfo> carried)
    {
        ObjectDisposedException.ThrowIf(isDisposed, this);
        if (context.Batch != Batch)
            throw new ArgumentException($"{Program.Info.Name}: the state is that of {Batch} samples, but {context.Batch} were given.");
        if (Info.Context > 0 && Position + RunSteps > Info.Context)
            throw new InvalidOperationException($"{Program.Info.Name} has {Info.Context} steps, and all were made; reset the state.");
        for (int i = 0; i < Current.Length; i++)
        {
            context.Inputs[carried[i].Input] = Current[i].Floats;
            context.Outputs[carried[i].Output] = Next[i].Floats;
        }

        for (int i = 0; i < Kept.Length; i++)
            context.Kept[i] = Kept[i].Floats;
        context.Position = Position;
    }

    /// <summary>What the run has left is what the next one finds.</summary>
    internal void Advance()
    {
        for (int i = 0; i < Current.Length; i++)
            (Current[i], Next[i]) = (Next[i], Current[i]);
        Position += RunSteps;
    }

    private void Free()
    {
        isDisposed = true;
        foreach (NetworkMemory? memory in Current)
            memory?.Free();
        foreach (NetworkMemory? memory in Next)
            memory?.Free();
        foreach (NetworkMemory? memory in Kept)
            memory?.Free();
    }
}

/// <summary>Carried state in a backend's memory.</summary>
/// <typeparam name="TBackend">The backend.</typeparam>
internal sealed class CarriedState<TBackend> : CarriedState
    where TBackend : struct, IBackend
{
    private readonly int[] sizes;
    private readonly float[] zeros;

    /// <summary>Zeros.</summary>
    /// <exception cref="InsufficientMemoryException">There is not as much memory.</exception>
    public CarriedState(NetworkProgram program, int entry, int batch)
        : base(program, entry, batch)
    {
        sizes = new int[Info.Carried.Count];
        string purpose = $"the state of {batch} samples";
        for (int i = 0; i < sizes.Length; i++)
        {
            sizes[i] = Info.Inputs![Info.Carried[i].Input].Size;
            Current[i] = NetworkMemory<TBackend>.OfFloats(program.Info.Name, purpose, (Int128)sizes[i] * batch);
            Next[i] = NetworkMemory<TBackend>.OfFloats(program.Info.Name, purpose, (Int128)sizes[i] * batch);
        }

        zeros = new float[sizes.Length == 0 ? 0 : sizes.Max()];
        for (int i = 0; i < Kept.Length; i++)
            Kept[i] = NetworkMemory<TBackend>.OfFloats(program.Info.Name, purpose, (Int128)Info.Kept[i].Size * batch);
    }

    /// <inheritdoc/>
    public override void Reset()
    {
        Position = 0;
        for (int i = 0; i < sizes.Length; i++)
        {
            for (int sample = 0; sample < Batch; sample++)
                TBackend.Write(zeros.AsSpan(0, sizes[i]), Current[i].Floats + ((long)sample * sizes[i]));
        }
    }
}
