using Dsl.Runtime.Kernels;

namespace Dsl.Runtime;

public readonly unsafe partial struct CpuBackend
{
    /// <inheritdoc cref="IBackend.OwnRows"/>
    public static void OwnRows(RowLayer layer, FloatBuffer parameters, FloatBuffer x, FloatBuffer y, long rows)
        => Kernels.OwnRows.Forward(layer, parameters.Pointer, x.Pointer, y.Pointer, rows);

    /// <inheritdoc cref="IBackend.OwnRowsBackward"/>
    public static void OwnRowsBackward(RowLayer layer, FloatBuffer parameters, FloatBuffer x, FloatBuffer y, FloatBuffer dy, FloatBuffer dx, FloatBuffer dParameters, long rows)
        => Kernels.OwnRows.Backward(layer, parameters.Pointer, x.Pointer, y.Pointer, dy.Pointer, dx.Pointer, dParameters.Pointer, rows);
}
