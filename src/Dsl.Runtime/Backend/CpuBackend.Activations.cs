using Dsl.Runtime.Kernels;

namespace Dsl.Runtime;

public readonly unsafe partial struct CpuBackend
{
    /// <inheritdoc cref="IBackend.AllFinite"/>
    public static bool AllFinite(in TensorView x, int batch) => Finiteness.All(in x, batch);

    /// <inheritdoc cref="IBackend.Dropout"/>
    public static void Dropout(in DropoutKey key, float probability, in TensorView x, in TensorView y, int batch)
        => Kernels.Dropout.Run(in key, probability, in x, in y, batch);

    /// <inheritdoc cref="IBackend.Unary"/>
    public static void Unary(Epilogue function, in TensorView x, in TensorView y, int batch)
        => Kernels.Unary.Forward(function, in x, in y, batch);

    /// <inheritdoc cref="IBackend.UnaryBackward"/>
    public static void UnaryBackward(Epilogue function, in TensorView x, in TensorView y, in TensorView dy, in TensorView dx, int batch)
    {
        if (function.FollowsFromOutput)
            Kernels.Unary.Backward(function, in y, in dy, in dx, batch);
        else
            Kernels.Unary.Backward(function, in x, in dy, in dx, batch);
    }

    /// <inheritdoc cref="IBackend.Add"/>
    public static void Add(in TensorView a, in TensorView b, in TensorView y, int batch)
        => Elementwise.Map<Elementwise.Sum>(in a, in b, in y, batch);

    /// <inheritdoc cref="IBackend.Multiply"/>
    public static void Multiply(in TensorView a, in TensorView b, in TensorView y, int batch)
        => Elementwise.Map<Elementwise.Product>(in a, in b, in y, batch);

    /// <inheritdoc cref="IBackend.Accumulate"/>
    public static void Accumulate(in TensorView x, in TensorView y, int batch)
        => Elementwise.Map<Elementwise.Sum>(in x, in y, in y, batch);

    /// <inheritdoc cref="IBackend.Softmax"/>
    public static void Softmax(FloatBuffer x, FloatBuffer y, long rows, int length)
        => Kernels.Softmax.Forward(x.Pointer, y.Pointer, rows, length);

    /// <inheritdoc cref="IBackend.SoftmaxBackward"/>
    public static void SoftmaxBackward(FloatBuffer y, FloatBuffer dy, FloatBuffer dx, long rows, int length)
        => Kernels.Softmax.Backward(y.Pointer, dy.Pointer, dx.Pointer, rows, length);

    /// <inheritdoc cref="IBackend.LogSoftmax"/>
    public static void LogSoftmax(FloatBuffer x, FloatBuffer y, long rows, int length)
        => Kernels.Softmax.LogForward(x.Pointer, y.Pointer, rows, length);

    /// <inheritdoc cref="IBackend.LogSoftmaxBackward"/>
    public static void LogSoftmaxBackward(FloatBuffer y, FloatBuffer dy, FloatBuffer dx, long rows, int length)
        => Kernels.Softmax.LogBackward(y.Pointer, dy.Pointer, dx.Pointer, rows, length);
}
