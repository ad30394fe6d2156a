using System.Runtime.CompilerServices;

namespace Dsl.Runtime.Kernels;

/// <summary>The cells by PyTorch's formulas.</summary>
internal static unsafe class RecurrentCells
{
    internal readonly struct Tanh : IRecurrentCell
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public static V Forward<V>(float* z, nint slot, V h, float* c, float* cNext)
            where V : unmanaged, ISimd<V>
        {
            V next = VectorMath.Tanh(V.Load(z));
            next.Store(z);
            return next;
        }

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public static V Backward<V>(float* z, nint slot, V h, float* c, float* cNext, V dh, float* dc)
            where V : unmanaged, ISimd<V>
        {
            V next = V.Load(z);
            (dh * (V.Create(1f) - next * next)).Store(z);
            return V.Zero;
        }
    }

    internal readonly struct Lstm : IRecurrentCell
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public static V Forward<V>(float* z, nint slot, V h, float* c, float* cNext)
            where V : unmanaged, ISimd<V>
        {
            V i = VectorMath.Sigmoid(V.Load(z));
            i.Store(z);
            V f = VectorMath.Sigmoid(V.Load(z + slot));
            f.Store(z + slot);
            V g = VectorMath.Tanh(V.Load(z + 2 * slot));
            g.Store(z + 2 * slot);
            V o = VectorMath.Sigmoid(V.Load(z + 3 * slot));
            o.Store(z + 3 * slot);
            V cell = V.MultiplyAdd(f, V.Load(c), i * g);
            cell.Store(cNext);
            return o * VectorMath.Tanh(cell);
        }

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public static V Backward<V>(float* z, nint slot, V h, float* c, float* cNext, V dh, float* dc)
            where V : unmanaged, ISimd<V>
        {
            V one = V.Create(1f);
            V i = V.Load(z);
            V f = V.Load(z + slot);
            V g = V.Load(z + 2 * slot);
            V o = V.Load(z + 3 * slot);
            V squashed = VectorMath.Tanh(V.Load(cNext));
            V cell = V.MultiplyAdd(dh * o, one - squashed * squashed, V.Load(dc));
            (cell * g * i * (one - i)).Store(z);
            (cell * V.Load(c) * f * (one - f)).Store(z + slot);
            (cell * i * (one - g * g)).Store(z + 2 * slot);
            (dh * squashed * o * (one - o)).Store(z + 3 * slot);
            (cell * f).Store(dc);
            return V.Zero;
        }
    }

    /// <summary>Slots: n of the input, r, z, n of the state.</summary>
    internal readonly struct Gru : IRecurrentCell
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public static V Forward<V>(float* z, nint slot, V h, float* c, float* cNext)
            where V : unmanaged, ISimd<V>
        {
            V reset = VectorMath.Sigmoid(V.Load(z + slot));
            reset.Store(z + slot);
            V update = VectorMath.Sigmoid(V.Load(z + 2 * slot));
            update.Store(z + 2 * slot);
            V candidate = VectorMath.Tanh(V.MultiplyAdd(reset, V.Load(z + 3 * slot), V.Load(z)));
            candidate.Store(z);
            return V.MultiplyAdd(update, h - candidate, candidate);
        }

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public static V Backward<V>(float* z, nint slot, V h, float* c, float* cNext, V dh, float* dc)
            where V : unmanaged, ISimd<V>
        {
            V one = V.Create(1f);
            V candidate = V.Load(z);
            V reset = V.Load(z + slot);
            V update = V.Load(z + 2 * slot);
            V ofState = V.Load(z + 3 * slot);
            V d = dh * (one - update) * (one - candidate * candidate);
            d.Store(z);
            (d * ofState * reset * (one - reset)).Store(z + slot);
            (dh * (h - candidate) * update * (one - update)).Store(z + 2 * slot);
            (d * reset).Store(z + 3 * slot);
            return dh * update;
        }
    }
}
