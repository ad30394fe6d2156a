using System.Runtime.CompilerServices;

namespace Dsl.Runtime.Kernels;

/// <summary>
/// Softmax and its logarithm over rows, in passes over a row that stays in L1 (largest, exponentials and their sum, scaling): twice as fast as
/// the online form. Rows are shared out among threads. Results may lie over operands.
/// </summary>
internal static unsafe class Softmax
{
    // An exponential is some times the work of the sums and products that parts are measured in.
    private const int ExponentialCost = 4;

    private interface IRows
    {
        /// <summary>Work on an element, in elements of a sum.</summary>
        static abstract int Cost { get; }

        /// <summary>Does rows that lie one behind the other.</summary>
        static abstract void Run<V>(float* a, float* b, float* result, int rows, int length)
            where V : unmanaged, ISimd<V>;
    }

    /// <summary>y = eˣ / Σ eˣ, each row.</summary>
    public static void Forward(float* x, float* y, long rows, int length)
        => Run<ForwardRows>(x, x, y, rows, length);

    /// <summary>dx = y·(dy - Σ y·dy), each row.</summary>
    public static void Backward(float* y, float* dy, float* dx, long rows, int length)
        => Run<BackwardRows>(y, dy, dx, rows, length);

    /// <summary>y = x - ln Σ eˣ, each row.</summary>
    public static void LogForward(float* x, float* y, long rows, int length)
        => Run<LogForwardRows>(x, x, y, rows, length);

    /// <summary>dx = dy - e^y·Σ dy, each row.</summary>
    public static void LogBackward(float* y, float* dy, float* dx, long rows, int length)
        => Run<LogBackwardRows>(y, dy, dx, rows, length);

    /// <summary>Largest value of a row; of one with NaN in it some value.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static float Largest<V>(float* x, int length)
        where V : unmanaged, ISimd<V>
    {
        V largest = V.Create(float.NegativeInfinity);
        int i = 0;
        for (; i <= length - V.Count; i += V.Count)
            largest = V.Max(V.Load(x + i), largest);

        if (i < length)
        {
            int rest = length - i;
            largest = V.Max(V.Select(V.FirstLanes(rest), V.LoadFirst(x + i, rest), largest), largest);
        }

        return V.MaxAcross(largest);
    }

    /// <summary>y = e^(x - largest); returns the sum. y null: only the sum.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static float Exponentials<V>(float* x, float* y, int length, float largest)
        where V : unmanaged, ISimd<V>
    {
        V shift = V.Create(largest);
        V sum = V.Zero;
        int i = 0;
        for (; i <= length - V.Count; i += V.Count)
        {
            V e = VectorMath.Exp(V.Load(x + i) - shift);
            sum += e;
            if (y != null)
                e.Store(y + i);
        }

        if (i < length)
        {
            int rest = length - i;
            V e = V.FirstLanes(rest) & VectorMath.Exp(V.LoadFirst(x + i, rest) - shift);
            sum += e;
            if (y != null)
                e.StoreFirst(y + i, rest);
        }

        return V.Sum(sum);
    }

    /// <summary>y = x·factor + shift</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Line<V>(float* x, float* y, int length, float factor, float shift)
        where V : unmanaged, ISimd<V>
    {
        V f = V.Create(factor);
        V s = V.Create(shift);
        int i = 0;
        for (; i <= length - V.Count; i += V.Count)
            V.MultiplyAdd(V.Load(x + i), f, s).Store(y + i);

        if (i < length)
        {
            int rest = length - i;
            V.MultiplyAdd(V.LoadFirst(x + i, rest), f, s).StoreFirst(y + i, rest);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization | MethodImplOptions.NoInlining)]
    private static void Forward<V>(float* x, float* y, int rows, int length)
        where V : unmanaged, ISimd<V>
    {
        for (; rows > 0; rows--, x += length, y += length)
        {
            float sum = Exponentials<V>(x, y, length, Largest<V>(x, length));
            Line<V>(y, y, length, 1 / sum, 0);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization | MethodImplOptions.NoInlining)]
    private static void LogForward<V>(float* x, float* y, int rows, int length)
        where V : unmanaged, ISimd<V>
    {
        V one = V.Create(1f);
        for (; rows > 0; rows--, x += length, y += length)
        {
            float largest = Largest<V>(x, length);
            float sum = Exponentials<V>(x, null, length, largest);

            // Two subtractions: largest + ln sum would round to the last bits of a large largest.
            V l = V.Create(largest);
            V s = V.Create(System.MathF.Log(sum));
            int i = 0;
            for (; i <= length - V.Count; i += V.Count)
                (V.Load(x + i) - l - s).Store(y + i);

            if (i < length)
            {
                int rest = length - i;
                (V.LoadFirst(x + i, rest) - l - s).StoreFirst(y + i, rest);
            }
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization | MethodImplOptions.NoInlining)]
    private static void Backward<V>(float* y, float* dy, float* dx, int rows, int length)
        where V : unmanaged, ISimd<V>
    {
        for (; rows > 0; rows--, y += length, dy += length, dx += length)
        {
            V sum = V.Zero;
            int i = 0;
            for (; i <= length - V.Count; i += V.Count)
                sum = V.MultiplyAdd(V.Load(y + i), V.Load(dy + i), sum);

            int rest = length - i;
            if (rest > 0)
                sum = V.MultiplyAdd(V.LoadFirst(y + i, rest), V.LoadFirst(dy + i, rest), sum);

            V dot = V.Create(V.Sum(sum));
            for (i = 0; i <= length - V.Count; i += V.Count)
                (V.Load(y + i) * (V.Load(dy + i) - dot)).Store(dx + i);

            if (rest > 0)
                (V.LoadFirst(y + i, rest) * (V.LoadFirst(dy + i, rest) - dot)).StoreFirst(dx + i, rest);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization | MethodImplOptions.NoInlining)]
    private static void LogBackward<V>(float* y, float* dy, float* dx, int rows, int length)
        where V : unmanaged, ISimd<V>
    {
        for (; rows > 0; rows--, y += length, dy += length, dx += length)
        {
            V sum = V.Zero;
            int i = 0;
            for (; i <= length - V.Count; i += V.Count)
                sum += V.Load(dy + i);

            int rest = length - i;
            if (rest > 0)
                sum += V.LoadFirst(dy + i, rest);

            V total = V.Create(V.Sum(sum));
            for (i = 0; i <= length - V.Count; i += V.Count)
                (V.Load(dy + i) - VectorMath.Exp(V.Load(y + i)) * total).Store(dx + i);

            if (rest > 0)
                (V.LoadFirst(dy + i, rest) - VectorMath.Exp(V.LoadFirst(y + i, rest)) * total).StoreFirst(dx + i, rest);
        }
    }

    private static void Run<TRows>(float* a, float* b, float* result, long rows, int length)
        where TRows : struct, IRows
        => Parts.Run(checked((int)rows), (long)TRows.Cost * length, new Work<TRows>(a, b, result, length));

    private readonly struct ForwardRows : IRows
    {
        public static int Cost => ExponentialCost;

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public static void Run<V>(float* a, float* b, float* result, int rows, int length)
            where V : unmanaged, ISimd<V>
            => Forward<V>(a, result, rows, length);
    }

    private readonly struct BackwardRows : IRows
    {
        public static int Cost => 1;

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public static void Run<V>(float* a, float* b, float* result, int rows, int length)
            where V : unmanaged, ISimd<V>
            => Backward<V>(a, b, result, rows, length);
    }

    private readonly struct LogForwardRows : IRows
    {
        public static int Cost => ExponentialCost;

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public static void Run<V>(float* a, float* b, float* result, int rows, int length)
            where V : unmanaged, ISimd<V>
            => LogForward<V>(a, result, rows, length);
    }

    private readonly struct LogBackwardRows : IRows
    {
        public static int Cost => ExponentialCost;

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public static void Run<V>(float* a, float* b, float* result, int rows, int length)
            where V : unmanaged, ISimd<V>
            => LogBackward<V>(a, b, result, rows, length);
    }

    private readonly struct Work<TRows>(float* a, float* b, float* result, int length) : IRowWork
        where TRows : struct, IRows
    {
        public void Run(int first, int end)
        {
            long start = (long)first * length;
            VectorWidth.Run(new Kernel<TRows>(a + start, b + start, result + start, end - first, length));
        }
    }

    private readonly struct Kernel<TRows>(float* a, float* b, float* result, int rows, int length) : IWidthKernel
        where TRows : struct, IRows
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public void Run<V>()
            where V : unmanaged, ISimd<V>
            => TRows.Run<V>(a, b, result, rows, length);
    }
}
