using System;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Threading;

namespace Dsl.Runtime.Kernels;

/// <summary>
/// One optimizer's arithmetic on a vector of parameters: gradient g (clipped, decayed), the parameters w, and up to two vectors of state.
/// Returns the new parameters.
/// </summary>
internal interface IUpdateRule
{
    V Apply<V>(V w, V g, ref V first, ref V second)
        where V : unmanaged, ISimd<V>;

    /// <summary>Takes bounds on parameters and state to bounds after an update, and on everything computed on the way, where no gradient is larger than <paramref name="g"/>.</summary>
    void Bound(double g, ref UpdateBounds bounds);

    /// <summary>State vectors per parameter: 0, 1 or 2.</summary>
    static abstract int States { get; }
}

/// <summary>
/// Optimizers as one pass over flat buffers. Adam's square root and division are exact and set its pace (about 13 cycles a vector of 16 on Zen 5);
/// everything else hides behind them.
/// </summary>
internal static unsafe class Optimizers
{
    /// <summary>Smallest normal float: what is below it is kept out of the state, where each touch of it would cost a microcode assist.</summary>
    private const float Tiny = 1.17549435e-38f;

    /// <summary>Parameters that a part takes at a time.</summary>
    private const int Block = 4096;

    /// <summary>A sum of squares below which those that underflowed may be missed.</summary>
    private const double LeastSquares = 1e-26;

    private const float TwoTo70 = 1180591620717411303424f;
    private const float TwoToMinus96 = 1.2621774483536189e-29f;

    /// <summary>√Σ g², sums of fixed chunks in float, over the chunks in double; scaled where squares leave float's range.</summary>
    public static float Norm(float* g, long count)
    {
        double total = Squares(g, count, 1);
        if (total is < LeastSquares or double.PositiveInfinity)
        {
            float scale = total < 1 ? TwoTo70 : TwoToMinus96;
            total = Squares(g, count, scale) / ((double)scale * scale);
        }

        return (float)Math.Sqrt(total);
    }

    /// <summary>Applies a rule to all parameters; to none where the verdict or a value that would not be finite forbids it.</summary>
    public static void Run<TRule>(TRule rule, float* w, float* g, float* first, float* second, long count, in Regularization regularization, float* norm, float* verdict)
        where TRule : struct, IUpdateRule
    {
        if (!Verdict.Permits(verdict))
        {
            return;
        }

        float scale = regularization.ClipNorm > 0 && norm != null ? ClipScale(regularization.ClipNorm, norm[0]) : 1;
        if (scale == 1 && regularization.WeightDecay == 0 && regularization.L1 == 0)
        {
            Spread(rule, default(Plain), w, g, first, second, count, verdict);
        }
        else
        {
            Spread(rule, new Regularized(scale, regularization.WeightDecay, regularization.L1), w, g, first, second, count, verdict);
        }
    }

    // min(1, clip / (norm + 1e-6)), NaN kept.
    private static float ClipScale(float clip, float norm)
    {
        float scale = clip / (norm + 1e-6f);
        return scale > 1 ? 1 : scale;
    }

    private static void Spread<TRule, TGradient>(TRule rule, TGradient gradient, float* w, float* g, float* first, float* second, long count, float* verdict)
        where TRule : struct, IUpdateRule
        where TGradient : struct, IGradient
    {
        float* known = verdict + Verdict.Bounds;
        if (UpdateBounds.TryRead(known, out UpdateBounds bounds) && IsSafe(rule, gradient, verdict[0], ref bounds))
        {
            bounds.Write(known);
        }
        else if (!MayUpdate(rule, gradient, w, g, first, second, count, verdict))
        {
            return;
        }

        Parts.Run(Blocks(count), Block, new UpdateWork<TRule, TGradient>(rule, gradient, w, g, first, second, count));
    }

    private static int Blocks(long count) => (int)((count + Block - 1) / Block);

    /// <summary>True where the bounds after the step say that nothing can overflow.</summary>
    private static bool IsSafe<TRule, TGradient>(TRule rule, TGradient gradient, float largest, ref UpdateBounds bounds)
        where TRule : struct, IUpdateRule
        where TGradient : struct, IGradient
    {
        double g = gradient.Bound(largest, bounds.Parameters);
        rule.Bound(g, ref bounds);
        return bounds.AreSafe && g < double.MaxValue;
    }

    /// <summary>Looks at parameters and state themselves, and where they are so large that it must, at every value that the step would store.</summary>
    [MethodImpl(MethodImplOptions.NoInlining)]
    private static bool MayUpdate<TRule, TGradient>(TRule rule, TGradient gradient, float* w, float* g, float* first, float* second, long count, float* verdict)
        where TRule : struct, IUpdateRule
        where TGradient : struct, IGradient
    {
        UpdateBounds bounds = new()
        {
            Parameters = Magnitudes.Largest(w, count),
            First = TRule.States > 0 ? Magnitudes.Largest(first, count) : 0,
            Second = TRule.States > 1 ? Magnitudes.Largest(second, count) : 0,
        };
        if (IsSafe(rule, gradient, verdict[0], ref bounds))
        {
            bounds.Write(verdict + Verdict.Bounds);
            return true;
        }

        UpdateBounds.Forget(verdict + Verdict.Bounds);
        long place = FirstOverflow(rule, gradient, w, g, first, second, count);
        if (place < 0)
        {
            return true;
        }

        Verdict.Refuse(verdict, float.NaN, place);
        return false;
    }

    /// <summary>The first parameter whose new value or state would not be finite; -1 where there is none.</summary>
    private static long FirstOverflow<TRule, TGradient>(TRule rule, TGradient gradient, float* w, float* g, float* first, float* second, long count)
        where TRule : struct, IUpdateRule
        where TGradient : struct, IGradient
    {
        int blocks = Blocks(count);
        int failed = blocks;
        Parts.Run(blocks, Block, new OverflowWork<TRule, TGradient>(rule, gradient, w, g, first, second, count, &failed));
        if (failed == blocks)
        {
            return -1;
        }

        long place = (long)failed * Block;
        while (IsFinite(rule, gradient, w + place, g + place, first + place, second + place, 1))
        {
            place++;
        }

        return place;
    }

    private static bool IsFinite<TRule, TGradient>(TRule rule, TGradient gradient, float* w, float* g, float* first, float* second, nint count)
        where TRule : struct, IUpdateRule
        where TGradient : struct, IGradient
        => VectorWidth.Is512 ? IsFinite<TRule, TGradient, Simd512>(rule, gradient, w, g, first, second, count)
            : VectorWidth.Is256 ? IsFinite<TRule, TGradient, Simd256>(rule, gradient, w, g, first, second, count)
            : IsFinite<TRule, TGradient, Simd128>(rule, gradient, w, g, first, second, count);

    // The update without its stores.
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static bool IsFinite<TRule, TGradient, V>(TRule rule, TGradient gradient, float* w, float* g, float* first, float* second, nint count)
        where TRule : struct, IUpdateRule
        where TGradient : struct, IGradient
        where V : unmanaged, ISimd<V>
    {
        V largest = V.CreateBits(0x7F7FFFFF);
        V bad = V.Zero;
        for (nint i = 0; i < count; i += V.Count)
        {
            int lanes = (int)Math.Min(V.Count, count - i);
            V a = TRule.States > 0 ? Lanes.Load<V>(first + i, lanes) : V.Zero;
            V b = TRule.States > 1 ? Lanes.Load<V>(second + i, lanes) : V.Zero;
            V weights = Lanes.Load<V>(w + i, lanes);
            V updated = rule.Apply(weights, gradient.Of(Lanes.Load<V>(g + i, lanes), weights), ref a, ref b);
            V here = V.BitsLessThan(largest, VectorMath.Abs(updated)) | V.BitsLessThan(largest, VectorMath.Abs(a)) | V.BitsLessThan(largest, VectorMath.Abs(b));

            // Lanes behind the last are 0 in everything, and 0 / (√0 + ε) may be no number where ε is 0.
            bad |= lanes == V.Count ? here : here & V.FirstLanes(lanes);
        }

        return !V.Any(bad);
    }

    private static void Run<TRule, TGradient>(TRule rule, TGradient gradient, float* w, float* g, float* first, float* second, nint count)
        where TRule : struct, IUpdateRule
        where TGradient : struct, IGradient
    {
        if (Vector512.IsHardwareAccelerated)
        {
            Run<TRule, TGradient, Simd512>(rule, gradient, w, g, first, second, count);
        }
        else if (Vector256.IsHardwareAccelerated)
        {
            Run<TRule, TGradient, Simd256>(rule, gradient, w, g, first, second, count);
        }
        else
        {
            Run<TRule, TGradient, Simd128>(rule, gradient, w, g, first, second, count);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Run<TRule, TGradient, V>(TRule rule, TGradient gradient, float* w, float* g, float* first, float* second, nint count)
        where TRule : struct, IUpdateRule
        where TGradient : struct, IGradient
        where V : unmanaged, ISimd<V>
    {
        nint i = 0;
        for (; i <= count - V.Count; i += V.Count)
        {
            V a = TRule.States > 0 ? V.Load(first + i) : V.Zero;
            V b = TRule.States > 1 ? V.Load(second + i) : V.Zero;
            V weights = V.Load(w + i);
            rule.Apply(weights, gradient.Of(V.Load(g + i), weights), ref a, ref b).Store(w + i);
            if (TRule.States > 0)
            {
                a.Store(first + i);
            }

            if (TRule.States > 1)
            {
                b.Store(second + i);
            }
        }

        int rest = (int)(count - i);
        if (rest > 0)
        {
            V a = TRule.States > 0 ? V.LoadFirst(first + i, rest) : V.Zero;
            V b = TRule.States > 1 ? V.LoadFirst(second + i, rest) : V.Zero;
            V weights = V.LoadFirst(w + i, rest);
            rule.Apply(weights, gradient.Of(V.LoadFirst(g + i, rest), weights), ref a, ref b).StoreFirst(w + i, rest);
            if (TRule.States > 0)
            {
                a.StoreFirst(first + i, rest);
            }

            if (TRule.States > 1)
            {
                b.StoreFirst(second + i, rest);
            }
        }
    }

    private static double Squares(float* g, long count, float scale)
    {
        int chunks = (int)((count + SquaresWork.Chunk - 1) / SquaresWork.Chunk);
        if (chunks == 1)
        {
            return SquaresWork.Sum(g, (int)count, scale);
        }

        using Workspace.Scope scope = Workspace.Open();
        float* sums = scope.Take(chunks);
        Parts.Run(chunks, SquaresWork.Chunk, new SquaresWork(g, count, scale, sums));
        double total = 0;
        for (int chunk = 0; chunk < chunks; chunk++)
        {
            total += sums[chunk];
        }

        return total;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static V WithoutDenormals<V>(V x)
        where V : unmanaged, ISimd<V>
        => V.ZeroWhere(V.LessThan(VectorMath.Abs(x), V.Create(Tiny)), x);

    /// <summary>What becomes of a raw gradient before the rule sees it.</summary>
    private interface IGradient
    {
        V Of<V>(V g, V w)
            where V : unmanaged, ISimd<V>;

        /// <summary>A bound on what the rule sees, of raw gradients and parameters up to the given magnitudes.</summary>
        double Bound(double g, double w);
    }

    private readonly struct Plain : IGradient
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public V Of<V>(V g, V w)
            where V : unmanaged, ISimd<V>
            => g;

        public double Bound(double g, double w) => g;
    }

    // scale·g + decay·w + l1·sign(w)
    private readonly struct Regularized(float scale, float decay, float l1) : IGradient
    {
        private readonly float scale = scale;
        private readonly float decay = decay;
        private readonly float l1 = l1;

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public V Of<V>(V g, V w)
            where V : unmanaged, ISimd<V>
        {
            V sign = V.Select(V.GreaterThan(w, V.Zero), V.Create(1f), V.Zero) - V.Select(V.LessThan(w, V.Zero), V.Create(1f), V.Zero);
            return V.MultiplyAdd(V.Create(l1), sign, V.MultiplyAdd(V.Create(decay), w, V.Create(scale) * g));
        }

        public double Bound(double g, double w) => scale * g + decay * w + l1;
    }

    /// <summary>w -= rate·g</summary>
    internal readonly struct Sgd(float rate) : IUpdateRule
    {
        private readonly float rate = rate;

        public static int States => 0;

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public V Apply<V>(V w, V g, ref V first, ref V second)
            where V : unmanaged, ISimd<V>
            => V.MultiplyAdd(V.Create(-rate), g, w);

        public void Bound(double g, ref UpdateBounds bounds) => bounds.Parameters += rate * g;
    }

    /// <summary>v = momentum·v + g (v = g at step 1, which is momentum 0); w -= rate·v, or rate·(g + momentum·v) with Nesterov.</summary>
    internal readonly struct Momentum(float rate, float momentum, bool nesterov, bool isFirstStep) : IUpdateRule
    {
        private readonly float rate = rate;
        private readonly float keep = isFirstStep ? 0 : momentum;
        private readonly float fromGradient = nesterov ? 1 : 0;
        private readonly float fromVelocity = nesterov ? momentum : 1;

        public static int States => 1;

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public V Apply<V>(V w, V g, ref V first, ref V second)
            where V : unmanaged, ISimd<V>
        {
            first = WithoutDenormals(V.MultiplyAdd(V.Create(keep), first, g));
            V step = V.MultiplyAdd(V.Create(fromVelocity), first, V.Create(fromGradient) * g);
            return V.MultiplyAdd(V.Create(-rate), step, w);
        }

        public void Bound(double g, ref UpdateBounds bounds)
        {
            bounds.First = keep * bounds.First + g;
            double step = fromVelocity * bounds.First + fromGradient * g;
            bounds.Parameters += Math.Max(rate, 1) * step;
        }
    }

    /// <summary>
    /// m = β₁m + (1 - β₁)g, v = β₂v + (1 - β₂)g², w -= rate/c₁·m / (√v/√c₂ + ε) with cᵢ = 1 - βᵢˢᵗᵉᵖ; computed as rate·√c₂/c₁·m / (√v + ε·√c₂).
    /// Decoupled decay multiplies w by 1 - rate·decay first.
    /// </summary>
    internal readonly struct Adam : IUpdateRule
    {
        private readonly float beta1;
        private readonly float beta2;
        private readonly float oneMinusBeta1;
        private readonly float oneMinusBeta2;
        private readonly float rate;
        private readonly float epsilon;
        private readonly float keep;
        private readonly float leastForMean;
        private readonly float leastForSquare;

        public Adam(float rate, float beta1, float beta2, float epsilon, float decoupledDecay, long step)
        {
            double c1 = 1 - Math.Pow(beta1, step);
            double c2 = Math.Sqrt(1 - Math.Pow(beta2, step));
            this.beta1 = beta1;
            this.beta2 = beta2;
            oneMinusBeta1 = (float)(1 - (double)beta1);
            oneMinusBeta2 = (float)(1 - (double)beta2);
            this.rate = (float)(rate * c2 / c1);
            this.epsilon = (float)(epsilon * c2);
            keep = (float)(1 - (double)rate * decoupledDecay);

            // Gradients whose contribution would be denormal count as zero.
            leastForMean = Tiny / oneMinusBeta1;
            leastForSquare = MathF.Sqrt(Tiny / oneMinusBeta2);
        }

        public static int States => 2;

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public V Apply<V>(V w, V g, ref V first, ref V second)
            where V : unmanaged, ISimd<V>
        {
            V size = VectorMath.Abs(g);
            V forMean = V.ZeroWhere(V.LessThan(size, V.Create(leastForMean)), g);
            V forSquare = V.ZeroWhere(V.LessThan(size, V.Create(leastForSquare)), g);
            first = WithoutDenormals(V.MultiplyAdd(V.Create(beta1), first, V.Create(oneMinusBeta1) * forMean));
            second = V.MultiplyAdd(V.Create(beta2), second, V.Create(oneMinusBeta2) * forSquare * forSquare);
            second = V.ZeroWhere(V.LessThan(second, V.Create(Tiny)), second);
            V update = V.Create(rate) * first / (V.Sqrt(second) + V.Create(epsilon));
            return V.MultiplyAdd(w, V.Create(keep), VectorMath.Negate(update));
        }

        public void Bound(double g, ref UpdateBounds bounds)
        {
            bounds.First = beta1 * bounds.First + oneMinusBeta1 * g;
            bounds.Second = beta2 * bounds.Second + oneMinusBeta2 * g * g;
            bounds.Parameters = Math.Abs(keep) * bounds.Parameters + rate * Quotient(bounds.First, epsilon);
        }
    }

    /// <summary>s = αs + (1 - α)g²; w -= rate·g / (√s + ε).</summary>
    internal readonly struct RmsProp(float rate, float alpha, float epsilon) : IUpdateRule
    {
        private readonly float rate = rate;
        private readonly RunningSquare square = new(alpha);
        private readonly float epsilon = epsilon;

        public static int States => 1;

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public V Apply<V>(V w, V g, ref V first, ref V second)
            where V : unmanaged, ISimd<V>
        {
            first = square.Next(first, g);
            return w - V.Create(rate) * g / (V.Sqrt(first) + V.Create(epsilon));
        }

        public void Bound(double g, ref UpdateBounds bounds)
        {
            bounds.First = square.Bound(bounds.First, g);
            bounds.Parameters += rate * Quotient(g, epsilon);
        }
    }

    /// <summary>s = αs + (1 - α)g²; b = momentum·b + g / (√s + ε); w -= rate·b.</summary>
    internal readonly struct RmsPropMomentum(float rate, float alpha, float epsilon, float momentum) : IUpdateRule
    {
        private readonly float rate = rate;
        private readonly RunningSquare square = new(alpha);
        private readonly float epsilon = epsilon;
        private readonly float momentum = momentum;

        public static int States => 2;

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public V Apply<V>(V w, V g, ref V first, ref V second)
            where V : unmanaged, ISimd<V>
        {
            first = square.Next(first, g);
            second = WithoutDenormals(V.MultiplyAdd(V.Create(momentum), second, g / (V.Sqrt(first) + V.Create(epsilon))));
            return V.MultiplyAdd(V.Create(-rate), second, w);
        }

        public void Bound(double g, ref UpdateBounds bounds)
        {
            bounds.First = square.Bound(bounds.First, g);
            bounds.Second = momentum * bounds.Second + Quotient(g, epsilon);
            bounds.Parameters += rate * bounds.Second;
        }
    }

    /// <summary>s += g²; w -= rate·g / (√s + ε).</summary>
    internal readonly struct Adagrad(float rate, float epsilon) : IUpdateRule
    {
        private readonly float rate = rate;
        private readonly float epsilon = epsilon;

        public static int States => 1;

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public V Apply<V>(V w, V g, ref V first, ref V second)
            where V : unmanaged, ISimd<V>
        {
            first = V.MultiplyAdd(g, g, first);
            first = V.ZeroWhere(V.LessThan(first, V.Create(Tiny)), first);
            return w - V.Create(rate) * g / (V.Sqrt(first) + V.Create(epsilon));
        }

        public void Bound(double g, ref UpdateBounds bounds)
        {
            bounds.First += g * g;
            bounds.Parameters += rate * Quotient(g, epsilon);
        }
    }

    // Of x / (√s + ε), and of the numerator, which comes first.
    private static double Quotient(double x, float epsilon) => x / Math.Min(epsilon, 1);

    private readonly struct RunningSquare(float keep)
    {
        private readonly float keep = keep;
        private readonly float add = (float)(1 - (double)keep);
        private readonly float least = MathF.Sqrt(Tiny / (float)(1 - (double)keep));

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public V Next<V>(V square, V g)
            where V : unmanaged, ISimd<V>
        {
            V large = V.ZeroWhere(V.LessThan(VectorMath.Abs(g), V.Create(least)), g);
            square = V.MultiplyAdd(V.Create(keep), square, V.Create(add) * large * large);
            return V.ZeroWhere(V.LessThan(square, V.Create(Tiny)), square);
        }

        public double Bound(double square, double g) => keep * square + add * g * g;
    }

    /// <summary>Finds the first block that would overflow; of several parts' finds the first is kept, whoever makes it first.</summary>
    private readonly struct OverflowWork<TRule, TGradient>(TRule rule, TGradient gradient, float* w, float* g, float* first, float* second, long count, int* failed) : IRowWork
        where TRule : struct, IUpdateRule
        where TGradient : struct, IGradient
    {
        private readonly TRule rule = rule;
        private readonly TGradient gradient = gradient;
        private readonly float* w = w;
        private readonly float* g = g;
        private readonly float* first = first;
        private readonly float* second = second;
        private readonly long count = count;
        private readonly int* failed = failed;

        public void Run(int firstRow, int end)
        {
            for (int block = firstRow; block < end; block++)
            {
                long start = (long)block * Block;
                if (IsFinite(rule, gradient, w + start, g + start, first + start, second + start, (nint)Math.Min(Block, count - start)))
                {
                    continue;
                }

                int known = Volatile.Read(ref *failed);
                while (block < known && Interlocked.CompareExchange(ref *failed, block, known) != known)
                {
                    known = Volatile.Read(ref *failed);
                }

                return;
            }
        }
    }

    private readonly struct UpdateWork<TRule, TGradient>(TRule rule, TGradient gradient, float* w, float* g, float* first, float* second, long count) : IRowWork
        where TRule : struct, IUpdateRule
        where TGradient : struct, IGradient
    {
        private readonly TRule rule = rule;
        private readonly TGradient gradient = gradient;
        private readonly float* w = w;
        private readonly float* g = g;
        private readonly float* first = first;
        private readonly float* second = second;
        private readonly long count = count;

        public void Run(int firstRow, int end)
        {
            long start = (long)firstRow * Block;
            Optimizers.Run(rule, gradient, w + start, g + start, first + start, second + start, (nint)(Math.Min((long)end * Block, count) - start));
        }
    }
}
