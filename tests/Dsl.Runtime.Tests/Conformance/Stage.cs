using System;
using System.Collections.Generic;
using System.Linq;

namespace Dsl.Runtime.Tests.Conformance;

/// <summary>A change of one drawn input value, for central differences and to let a NaN in.</summary>
internal readonly record struct Alteration(string Operand, int Element, Func<float, float> Change);

/// <summary>What the tested backend stored on the way and the reference goes on from, so that a tie or a rounding at a kink cannot part them.</summary>
internal sealed class Agreement
{
    public Dictionary<string, float[]> Stored { get; } = [];

    /// <summary>False in the run that stores, true in the run that goes on from it.</summary>
    public bool Replays { get; set; }
}

/// <summary>The operands of one scenario on one backend: the same seed gives the same values on any backend.</summary>
internal sealed class Stage<TBackend>(int seed, Agreement? agreement = null, Alteration? alteration = null) : IDisposable
    where TBackend : struct, IBackend
{
    private readonly Draw draw = new(seed);
    private readonly List<Operand> operands = [];
    private readonly List<IntBuffer> labels = [];
    private readonly List<string> faults = [];
    private readonly Dictionary<string, float[]> snapshots = [];

    public IReadOnlyList<Operand> Operands => operands;

    public Draw Values => draw;

    /// <summary>Managed bytes that the calls allocated on this thread.</summary>
    public long AllocatedBytes { get; private set; }

    public FloatBuffer Input(string name, int count, Role role = Role.Input) => Input(name, draw.Normal(count), role);

    public FloatBuffer Input(string name, float[] values, Role role = Role.Input)
        => Add(name, role, new TensorLayout(values.Length), 1, values);

    public TensorView Input(string name, in TensorLayout layout, int batch, Role role = Role.Input)
        => Input(name, layout, batch, draw.Normal((int)(batch * layout.Count)), role);

    public TensorView Input(string name, in TensorLayout layout, int batch, float[] values, Role role = Role.Input)
        => new(Add(name, role, layout, batch, values), layout);

    public FloatBuffer Result(string name, int count) => Empty(name, Role.Result, count);

    public TensorView Result(string name, in TensorLayout layout, int batch)
        => new(Add(name, Role.Result, layout, batch, null), layout);

    public FloatBuffer Scratch(string name, long count) => Empty(name, Role.Scratch, checked((int)count));

    public IntBuffer Labels(int[] values)
    {
        var buffer = TBackend.AllocateInts(values.Length);
        labels.Add(buffer);
        TBackend.Write(values, buffer);
        return buffer;
    }

    /// <summary>One call of the backend.</summary>
    public void Call(Action call)
    {
        long before = GC.GetAllocatedBytesForCurrentThread();
        call();
        AllocatedBytes += GC.GetAllocatedBytesForCurrentThread() - before;
    }

    /// <summary>A result that a second call reads: from here on both backends go on with the tested one's, and it may not change.</summary>
    public void Agree(FloatBuffer buffer)
    {
        if (buffer.IsNone)
            return;
        var operand = operands.Find(o => o.Allocation.Handle == buffer.Handle)!;
        float[] values = operand.Read<TBackend>();
        snapshots[operand.Name] = values;
        if (agreement is { Replays: true })
        {
            values = agreement.Stored[operand.Name];
            TBackend.Write(values, operand.Buffer);
        }
        else if (agreement is not null)
        {
            agreement.Stored[operand.Name] = values;
        }

        operand.Agreed = values;
    }

    public void Agree(in TensorView view) => Agree(view.Start);

    /// <summary>Pool indices, after y was agreed on: both backends must have chosen the same element, wherever that matters (a saturated tanh rounds neighbours together).</summary>
    public void AgreeOnIndices(FloatBuffer indices, in PoolShape pool, in TensorView y, Epilogue epilogue)
    {
        if (indices.IsNone)
            return;
        Agree(indices);
        if (agreement is not { Replays: true } || alteration is not null)
            return;
        nint handle = y.Start.Handle;
        var output = operands.Find(o => o.Allocation.Handle == handle)!;
        var bytes = Operands.First(o => o.Allocation.Handle == indices.Handle);
        byte[] mine = IndexBytes(snapshots[bytes.Name]);
        byte[] theirs = IndexBytes(bytes.Agreed!);
        long sample = pool.IndexFloats(y.Layout.Count) * sizeof(float);
        int element = 0;
        foreach (int place in output.Interior())
        {
            long at = (element / y.Layout.Count * sample) + (element % y.Layout.Count * pool.IndexBytes);
            bool same = mine.AsSpan((int)at, pool.IndexBytes).SequenceEqual(theirs.AsSpan((int)at, pool.IndexBytes));
            if (!same && Dsl.Conformance.ReferenceBackend.DerivativeFromOutput(epilogue, snapshots[output.Name][place]) > 1e-3)
            {
                faults.Add($"element {element} of the pool was chosen at {theirs[at]}, the reference chose {mine[at]}");
                break;
            }

            element++;
        }
    }

    public IEnumerable<string> Faults() => faults.Concat(operands.Select(o => o.Fault<TBackend>()).OfType<string>());

    /// <summary>The values to compare: those of the moment of agreement, else the last.</summary>
    public float[] Final(Operand operand) => snapshots.TryGetValue(operand.Name, out float[]? snapshot) ? snapshot : operand.Read<TBackend>();

    public void Dispose()
    {
        foreach (var operand in operands)
            TBackend.Free(operand.Allocation);
        foreach (var buffer in labels)
            TBackend.Free(buffer);
    }

    private static byte[] IndexBytes(float[] values)
    {
        byte[] bytes = new byte[values.Length * sizeof(float)];
        System.Buffer.BlockCopy(values, 0, bytes, 0, bytes.Length);
        return bytes;
    }

    private FloatBuffer Empty(string name, Role role, int count)
        => Add(name, role, new TensorLayout(count), 1, null);

    private FloatBuffer Add(string name, Role role, in TensorLayout layout, int batch, float[]? values)
    {
        if (values is not null && alteration is { } altered && altered.Operand == name)
            values[altered.Element % values.Length] = altered.Change(values[altered.Element % values.Length]);

        // Any float may be the first: parameters of a network follow one another without gaps.
        int lead = Operand.Guard + (draw.Chance(0.5) ? draw.Int(0, 15) : 0);
        int count = checked((int)(batch * layout.SampleStride));
        float[] initial = new float[count];
        if (values is null)
            Array.Fill(initial, float.NaN);
        var operand = new Operand
        {
            Name = name,
            Role = role,
            Allocation = TBackend.Allocate(lead + count + Operand.Guard),
            Lead = lead,
            Initial = initial,
            Layout = layout,
            Batch = batch,
        };
        if (values is not null)
        {
            int next = 0;
            foreach (int place in operand.Interior())
                initial[place] = values[next++];
        }

        float[] all = new float[lead + count + Operand.Guard];
        Array.Fill(all, Operand.GuardValue);
        initial.CopyTo(all, lead);
        TBackend.Write(all, operand.Allocation);
        operands.Add(operand);
        return operand.Buffer;
    }
}
