using System;
using System.Collections.Concurrent;
using System.Runtime.CompilerServices;
using System.Threading;
using Dsl.Runtime;

namespace Dsl.Conformance;

/// <summary>
/// The backend of plain loops: the oracle of the conformance suite, and the proof that the seam holds. Sums are formed in double. Handles are
/// numbers in a table, not addresses; every access is checked; what an operation may overwrite it does overwrite with NaN; operands that must not
/// overlap are checked; the halo of what a convolution reads must be zero. It is as strict as <see cref="IBackend"/>'s text allows.
/// Safe to call from several threads.
/// </summary>
public readonly partial struct ReferenceBackend : IBackend
{
    private static readonly ConcurrentDictionary<nint, float[]> Floats = new();
    private static readonly ConcurrentDictionary<nint, int[]> Ints = new();
    private static readonly AsyncLocal<bool> Poisons = new();
    private static readonly AsyncLocal<BackendTraffic?> Metered = new();
    private static long lastHandle;

    /// <inheritdoc/>
    public static bool UsesHostMemory => false;

    /// <summary>
    /// Debugging switch, for the current flow of execution: while true, <see cref="Allocate"/> fills with NaN instead of 0, so that a read before
    /// a write shows. Optimizer state is rightly read before it is written: switch this on only around what needs no zeros.
    /// </summary>
    public static bool PoisonsNewMemory
    {
        get => Poisons.Value;
        set => Poisons.Value = value;
    }

    /// <summary>Counts what goes over the seam in the current flow of execution; null: nothing is counted.</summary>
    public static BackendTraffic? Traffic
    {
        get => Metered.Value;
        set => Metered.Value = value;
    }

    /// <summary>Buffers that were allocated and not freed.</summary>
    public static int LiveBuffers => Floats.Count + Ints.Count;

    /// <inheritdoc/>
    public static FloatBuffer Allocate(long count)
    {
        float[] memory = new float[count];
        if (PoisonsNewMemory)
            Array.Fill(memory, float.NaN);
        nint handle = NextHandle();
        Floats[handle] = memory;
        return new FloatBuffer(handle);
    }

    /// <inheritdoc/>
    public static IntBuffer AllocateInts(long count)
    {
        nint handle = NextHandle();
        Ints[handle] = new int[count];
        return new IntBuffer(handle);
    }

    /// <inheritdoc/>
    public static void Free(FloatBuffer buffer)
    {
        if (buffer.Offset != 0 || !Floats.TryRemove(buffer.Handle, out _))
            throw new InvalidOperationException($"Free of what is not an allocation: handle {buffer.Handle}, offset {buffer.Offset}.");
    }

    /// <inheritdoc/>
    public static void Free(IntBuffer buffer)
    {
        if (buffer.Offset != 0 || !Ints.TryRemove(buffer.Handle, out _))
            throw new InvalidOperationException($"Free of what is not an allocation: handle {buffer.Handle}, offset {buffer.Offset}.");
    }

    /// <summary>Fills the whole allocation that a buffer points into with NaN.</summary>
    public static void Poison(FloatBuffer buffer) => Array.Fill(Memory(buffer, nameof(buffer)), float.NaN);

    /// <inheritdoc/>
    public static void Write(ReadOnlySpan<float> values, FloatBuffer buffer)
    {
        Traffic?.Write(values.Length);
        Put(values, buffer);
    }

    /// <inheritdoc/>
    public static void Write(ReadOnlySpan<int> values, IntBuffer buffer)
        => values.CopyTo(Memory(buffer).AsSpan(checked((int)buffer.Offset), values.Length));

    /// <inheritdoc/>
    public static void Read(FloatBuffer buffer, Span<float> values)
    {
        Traffic?.Read(values.Length);
        Memory(buffer, nameof(buffer)).AsSpan(checked((int)buffer.Offset), values.Length).CopyTo(values);
    }

    /// <inheritdoc/>
    public static bool AllFinite(in TensorView x, int batch)
    {
        bool finite = true;
        var input = At(x, batch);
        input.ForEach((n, h, w, c) => finite &= double.IsFinite(input[n, h, w, c]));
        return finite;
    }

    /// <summary>What the host has no part in.</summary>
    private static void Put(ReadOnlySpan<float> values, FloatBuffer buffer)
        => values.CopyTo(Memory(buffer, nameof(buffer)).AsSpan(checked((int)buffer.Offset), values.Length));

    private static nint NextHandle() => checked((nint)Interlocked.Increment(ref lastHandle));

    private static float[] Memory(FloatBuffer buffer, string? name)
    {
        if (buffer.IsNone)
            throw new ArgumentException($"{name} is needed, but is None.", name);
        return Floats.TryGetValue(buffer.Handle, out float[]? memory)
            ? memory
            : throw new InvalidOperationException($"{name} has handle {buffer.Handle}, which is not allocated (or no longer, or holds ints).");
    }

    private static int[] Memory(IntBuffer buffer)
        => Ints.TryGetValue(buffer.Handle, out int[]? memory)
            ? memory
            : throw new InvalidOperationException($"Handle {buffer.Handle} is not allocated (or no longer, or holds floats).");

    private static Values At(FloatBuffer buffer, long count, [CallerArgumentExpression(nameof(buffer))] string? name = null)
        => new(Memory(buffer, name), buffer.Offset, count);

    private static Tensor At(in TensorView view, int batch, [CallerArgumentExpression(nameof(view))] string? name = null)
        => new(At(view.Start, batch * view.Layout.SampleStride, name), view.Layout, batch);

    private static void Require(bool holds, [CallerArgumentExpression(nameof(holds))] string? condition = null)
    {
        if (!holds)
            throw new ArgumentException($"Does not hold: {condition}.");
    }

    /// <summary>A result may share no element with an operand.</summary>
    private static void RequireDisjoint(in Values result, params ReadOnlySpan<Values> operands)
    {
        foreach (var operand in operands)
        {
            if (result.Overlaps(operand))
                throw new ArgumentException("A result overlaps an operand, in an operation that is not element-wise.");
        }
    }

    /// <summary>The result of an element-wise operation is either the same view as an operand, or disjoint.</summary>
    private static void RequireSameOrDisjoint(in Tensor result, in Tensor operand)
    {
        var a = result.Layout;
        var b = operand.Layout;
        Require(a.Channels == b.Channels && a.Height == b.Height && a.Width == b.Width);
        bool same = result.Values.IsSameAs(operand.Values) && a.SampleStride == b.SampleStride && a.RowStride == b.RowStride && a.Origin == b.Origin;
        if (!same && result.Values.Overlaps(operand.Values))
            throw new ArgumentException("A result overlaps an operand and is not the same view.");
    }

    private static void RequireSameInterior(in Tensor a, in Tensor b)
        => Require(a.Height == b.Height && a.Width == b.Width && a.Channels == b.Channels);
}
