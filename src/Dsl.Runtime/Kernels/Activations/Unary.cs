using System.Runtime.CompilerServices;

namespace Dsl.Runtime.Kernels;

/// <summary>Activation functions over views.</summary>
internal static class Unary
{
    /// <summary>y = f(x)</summary>
    public static void Forward(Epilogue function, in TensorView x, in TensorView y, int batch)
        => Activation.Dispatch(function, new ForwardUse(in x, in y, batch));

    /// <summary>dx = dy·f', f' from <paramref name="saved"/>: y or x, see <see cref="Epilogue.FollowsFromOutput"/>.</summary>
    public static void Backward(Epilogue function, in TensorView saved, in TensorView dy, in TensorView dx, int batch)
        => Activation.Dispatch(function, new BackwardUse(in saved, in dy, in dx, batch));

    private readonly struct Apply<F> : IMap1
        where F : struct, IActivation
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        static V IMap1.Apply<V>(V x, V parameter) => F.Apply(x, parameter);
    }

    private readonly struct Gradient<F> : IMap2
        where F : struct, IActivation
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        static V IMap2.Apply<V>(V a, V b, V parameter) => F.Backward(a, b, parameter);
    }

    private readonly ref struct ForwardUse(in TensorView x, in TensorView y, int batch) : IActivationUse
    {
        private readonly ref readonly TensorView x = ref x;
        private readonly ref readonly TensorView y = ref y;
        private readonly int batch = batch;

        public void Run<F>(float parameter)
            where F : struct, IActivation
            => Elementwise.Map<Apply<F>>(in x, in y, batch, parameter);
    }

    private readonly ref struct BackwardUse(in TensorView saved, in TensorView dy, in TensorView dx, int batch) : IActivationUse
    {
        private readonly ref readonly TensorView saved = ref saved;
        private readonly ref readonly TensorView dy = ref dy;
        private readonly ref readonly TensorView dx = ref dx;
        private readonly int batch = batch;

        public void Run<F>(float parameter)
            where F : struct, IActivation
            => Elementwise.Map<Gradient<F>>(in saved, in dy, in dx, batch, parameter);
    }
}
