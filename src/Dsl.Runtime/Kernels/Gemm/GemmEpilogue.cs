namespace Dsl.Runtime.Kernels;

/// <summary>Splits an epilogue between the register tile, which knows the simple ones, and a pass over what has just been written.</summary>
internal static class GemmEpilogue
{
    /// <summary>What the tile is to do.</summary>
    public static Epilogue InTile(Epilogue epilogue) => IsInTile(epilogue) ? epilogue : default;

    /// <summary>True where the epilogue is a clamp, and which; else an open one.</summary>
    public static bool IsClamp(Epilogue epilogue, out float low, out float high)
    {
        low = epilogue.Function is UnaryFunction.ReLU or UnaryFunction.ReLU6 ? 0 : float.NegativeInfinity;
        high = epilogue.Function == UnaryFunction.ReLU6 ? 6 : float.PositiveInfinity;
        return epilogue.Function is UnaryFunction.Identity or UnaryFunction.ReLU or UnaryFunction.ReLU6;
    }

    /// <summary>The rest of an epilogue, over contiguous values.</summary>
    public static unsafe void Finish(Epilogue epilogue, float* values, long count)
    {
        if (!IsInTile(epilogue))
            Apply(epilogue, values, count);
    }

    /// <summary>An epilogue over contiguous values.</summary>
    public static unsafe void Apply(Epilogue epilogue, float* values, long count)
    {
        TensorView view = Flat(values, count);
        Unary.Forward(epilogue, in view, in view, 1);
    }

    /// <summary>dy ← dy·f', from y.</summary>
    public static unsafe void Backward(Epilogue epilogue, float* y, float* dy, long count)
    {
        if (epilogue.Function == UnaryFunction.Identity)
            return;

        TensorView saved = Flat(y, count);
        TensorView gradient = Flat(dy, count);
        Unary.Backward(epilogue, in saved, in gradient, in gradient, 1);
    }

    /// <summary>True for what the register tile does itself.</summary>
    public static bool IsInTile(Epilogue epilogue) =>
        epilogue.Function is UnaryFunction.Identity or UnaryFunction.ReLU or UnaryFunction.ReLU6 or UnaryFunction.LeakyReLU;

    private static unsafe TensorView Flat(float* values, long count) => new(new FloatBuffer((nint)values), new TensorLayout(checked((int)count)));
}
