using System;
using System.Runtime.CompilerServices;

namespace Dsl.Runtime.Kernels;

/// <summary>
/// An activation function. <see cref="Backward{V}"/> gets y where <see cref="Epilogue.FollowsFromOutput"/> says so, else x. Comparisons are written so
/// that a NaN in x stays in y.
/// </summary>
internal interface IActivation
{
    /// <summary>y = f(x)</summary>
    static abstract V Apply<V>(V x, V parameter)
        where V : unmanaged, ISimd<V>;

    /// <summary>dx = dy·f', by x or y.</summary>
    static abstract V Backward<V>(V saved, V dy, V parameter)
        where V : unmanaged, ISimd<V>;
}

/// <summary>Something to be done with an activation that is known only by its enum value.</summary>
internal interface IActivationUse
{
    void Run<F>(float parameter)
        where F : struct, IActivation;
}

/// <summary>The activation functions of <see cref="UnaryFunction"/>.</summary>
internal static class Activation
{
    private const MethodImplOptions Inline = MethodImplOptions.AggressiveInlining;

    /// <summary>Runs <paramref name="use"/> with the type of the function.</summary>
    public static void Dispatch<TUse>(Epilogue function, TUse use)
        where TUse : IActivationUse, allows ref struct
    {
        switch (function.Function)
        {
            case UnaryFunction.Identity:
                use.Run<Identity>(0);
                break;
            case UnaryFunction.ReLU:
                use.Run<ReLU>(0);
                break;
            case UnaryFunction.ReLU6:
                use.Run<ReLU6>(0);
                break;
            case UnaryFunction.LeakyReLU:
                use.Run<LeakyReLU>(function.Parameter);
                break;
            case UnaryFunction.ELU when function.FollowsFromOutput:
                use.Run<ELU>(function.Parameter);
                break;
            case UnaryFunction.ELU:
                use.Run<ELUFromInput>(function.Parameter);
                break;
            case UnaryFunction.GELU:
                use.Run<GELU>(0);
                break;
            case UnaryFunction.SiLU:
                use.Run<SiLU>(0);
                break;
            case UnaryFunction.Sigmoid:
                use.Run<Sigmoid>(0);
                break;
            case UnaryFunction.Tanh:
                use.Run<Tanh>(0);
                break;
            case UnaryFunction.Softplus:
                use.Run<Softplus>(0);
                break;
            case UnaryFunction.HardSwish:
                use.Run<HardSwish>(0);
                break;
            case UnaryFunction.HardSigmoid:
                use.Run<HardSigmoid>(0);
                break;
            default:
                throw new ArgumentOutOfRangeException(nameof(function), function.Function, "No such function.");
        }
    }

    internal readonly struct Identity : IActivation
    {
        [MethodImpl(Inline)]
        public static V Apply<V>(V x, V parameter)
            where V : unmanaged, ISimd<V>
            => x;

        [MethodImpl(Inline)]
        public static V Backward<V>(V saved, V dy, V parameter)
            where V : unmanaged, ISimd<V>
            => dy;
    }

    internal readonly struct ReLU : IActivation
    {
        [MethodImpl(Inline)]
        public static V Apply<V>(V x, V parameter)
            where V : unmanaged, ISimd<V>
            => V.Max(V.Zero, x);

        [MethodImpl(Inline)]
        public static V Backward<V>(V saved, V dy, V parameter)
            where V : unmanaged, ISimd<V>
            => V.ZeroWhere(V.LessThanOrEqual(saved, V.Zero), dy);
    }

    internal readonly struct ReLU6 : IActivation
    {
        [MethodImpl(Inline)]
        public static V Apply<V>(V x, V parameter)
            where V : unmanaged, ISimd<V>
            => V.Min(V.Create(6f), V.Max(V.Zero, x));

        [MethodImpl(Inline)]
        public static V Backward<V>(V saved, V dy, V parameter)
            where V : unmanaged, ISimd<V>
            => V.ZeroWhere(V.LessThanOrEqual(saved, V.Zero) | V.LessThanOrEqual(V.Create(6f), saved), dy);
    }

    // The sign of y is that of x where the slope is not negative, so one formula serves both.
    internal readonly struct LeakyReLU : IActivation
    {
        [MethodImpl(Inline)]
        public static V Apply<V>(V x, V parameter)
            where V : unmanaged, ISimd<V>
            => V.Select(V.LessThan(x, V.Zero), x * parameter, x);

        [MethodImpl(Inline)]
        public static V Backward<V>(V saved, V dy, V parameter)
            where V : unmanaged, ISimd<V>
            => V.Select(V.LessThanOrEqual(saved, V.Zero), dy * parameter, dy);
    }

    internal readonly struct ELU : IActivation
    {
        [MethodImpl(Inline)]
        public static V Apply<V>(V x, V parameter)
            where V : unmanaged, ISimd<V>
            => V.Select(V.LessThan(x, V.Zero), parameter * VectorMath.ExpMinusOneOfNegative(x), x);

        [MethodImpl(Inline)]
        public static V Backward<V>(V saved, V dy, V parameter)
            where V : unmanaged, ISimd<V>
            => V.Select(V.GreaterThan(saved, V.Zero), dy, dy * (saved + parameter));
    }

    internal readonly struct ELUFromInput : IActivation
    {
        [MethodImpl(Inline)]
        public static V Apply<V>(V x, V parameter)
            where V : unmanaged, ISimd<V>
            => ELU.Apply(x, parameter);

        [MethodImpl(Inline)]
        public static V Backward<V>(V saved, V dy, V parameter)
            where V : unmanaged, ISimd<V>
            => V.Select(V.GreaterThan(saved, V.Zero), dy, dy * parameter * VectorMath.Exp(saved));
    }

    internal readonly struct GELU : IActivation
    {
        [MethodImpl(Inline)]
        public static V Apply<V>(V x, V parameter)
            where V : unmanaged, ISimd<V>
            => x * VectorMath.NormalDistribution(x, out _);

        // Φ(x) + x·φ(x), φ the density e^(-x²/2)/√(2π).
        [MethodImpl(Inline)]
        public static V Backward<V>(V saved, V dy, V parameter)
            where V : unmanaged, ISimd<V>
        {
            V phi = VectorMath.NormalDistribution(saved, out V bell);
            return dy * V.MultiplyAdd(saved * V.Create(0.3989422804f), bell, phi);
        }
    }

    internal readonly struct SiLU : IActivation
    {
        [MethodImpl(Inline)]
        public static V Apply<V>(V x, V parameter)
            where V : unmanaged, ISimd<V>
            => x * VectorMath.Sigmoid(x);

        // s + x·s·(1 - s)
        [MethodImpl(Inline)]
        public static V Backward<V>(V saved, V dy, V parameter)
            where V : unmanaged, ISimd<V>
        {
            V s = VectorMath.Sigmoid(saved);
            return dy * V.MultiplyAdd(saved * s, V.Create(1f) - s, s);
        }
    }

    internal readonly struct Sigmoid : IActivation
    {
        [MethodImpl(Inline)]
        public static V Apply<V>(V x, V parameter)
            where V : unmanaged, ISimd<V>
            => VectorMath.Sigmoid(x);

        [MethodImpl(Inline)]
        public static V Backward<V>(V saved, V dy, V parameter)
            where V : unmanaged, ISimd<V>
            => dy * (saved * (V.Create(1f) - saved));
    }

    internal readonly struct Tanh : IActivation
    {
        [MethodImpl(Inline)]
        public static V Apply<V>(V x, V parameter)
            where V : unmanaged, ISimd<V>
            => VectorMath.Tanh(x);

        [MethodImpl(Inline)]
        public static V Backward<V>(V saved, V dy, V parameter)
            where V : unmanaged, ISimd<V>
            => dy * (V.Create(1f) - saved * saved);
    }

    internal readonly struct Softplus : IActivation
    {
        [MethodImpl(Inline)]
        public static V Apply<V>(V x, V parameter)
            where V : unmanaged, ISimd<V>
            => VectorMath.Softplus(x);

        [MethodImpl(Inline)]
        public static V Backward<V>(V saved, V dy, V parameter)
            where V : unmanaged, ISimd<V>
            => dy * VectorMath.Sigmoid(saved);
    }

    internal readonly struct HardSwish : IActivation
    {
        [MethodImpl(Inline)]
        public static V Apply<V>(V x, V parameter)
            where V : unmanaged, ISimd<V>
            => x * HardSigmoid.Apply(x, parameter);

        // 0 below -3, 1 above 3, x/3 + ½ between, bounds included as in PyTorch.
        [MethodImpl(Inline)]
        public static V Backward<V>(V saved, V dy, V parameter)
            where V : unmanaged, ISimd<V>
        {
            V inner = dy * V.MultiplyAdd(saved, V.Create(1f / 3), V.Create(0.5f));
            return V.ZeroWhere(V.LessThan(saved, V.Create(-3f)), V.Select(V.GreaterThan(saved, V.Create(3f)), dy, inner));
        }
    }

    internal readonly struct HardSigmoid : IActivation
    {
        [MethodImpl(Inline)]
        public static V Apply<V>(V x, V parameter)
            where V : unmanaged, ISimd<V>
            => V.Min(V.Create(6f), V.Max(V.Zero, x + V.Create(3f))) * V.Create(1f / 6);

        [MethodImpl(Inline)]
        public static V Backward<V>(V saved, V dy, V parameter)
            where V : unmanaged, ISimd<V>
            => V.ZeroWhere(V.LessThanOrEqual(saved, V.Create(-3f)) | V.LessThanOrEqual(V.Create(3f), saved), dy * V.Create(1f / 6));
    }
}
