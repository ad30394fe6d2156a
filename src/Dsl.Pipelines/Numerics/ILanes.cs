using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using Simd = System.Numerics.Vector;

namespace Dsl.Pipelines.Numerics;

/// <summary>A vector of doubles of one width, so that a kernel is written once; .NET's own vectors stop at 256 bits.</summary>
/// <typeparam name="TSelf">The vector itself.</typeparam>
internal unsafe interface ILanes<TSelf>
    where TSelf : unmanaged, ILanes<TSelf>
{
    /// <summary>How many doubles.</summary>
    static abstract int Count { get; }

    static abstract TSelf Load(double* from);

    static abstract TSelf Create(double value);

    /// <summary>a·b + c, rounded once.</summary>
    static abstract TSelf MultiplyAdd(TSelf a, TSelf b, TSelf c);

    void Store(double* to);
}

/// <summary>512 bits.</summary>
internal readonly unsafe struct Lanes512(Vector512<double> value) : ILanes<Lanes512>
{
    private readonly Vector512<double> value = value;

    public static int Count => Vector512<double>.Count;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes512 Load(double* from) => new(Vector512.Load(from));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes512 Create(double value) => new(Vector512.Create(value));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes512 MultiplyAdd(Lanes512 a, Lanes512 b, Lanes512 c) => new(Vector512.FusedMultiplyAdd(a.value, b.value, c.value));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Store(double* to) => value.Store(to);
}

/// <summary>What the machine has else.</summary>
internal readonly unsafe struct LanesOfMachine(Vector<double> value) : ILanes<LanesOfMachine>
{
    private readonly Vector<double> value = value;

    public static int Count => Vector<double>.Count;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static LanesOfMachine Load(double* from) => new(Simd.Load(from));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static LanesOfMachine Create(double value) => new(new Vector<double>(value));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static LanesOfMachine MultiplyAdd(LanesOfMachine a, LanesOfMachine b, LanesOfMachine c) => new(Simd.FusedMultiplyAdd(a.value, b.value, c.value));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Store(double* to) => value.Store(to);
}
