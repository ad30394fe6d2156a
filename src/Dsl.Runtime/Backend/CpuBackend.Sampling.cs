using Dsl.Runtime.Kernels;

namespace Dsl.Runtime;

public readonly unsafe partial struct CpuBackend
{
    /// <inheritdoc cref="IBackend.GaussianSample"/>
    public static void GaussianSample(in DropoutKey key, FloatBuffer x, FloatBuffer y, int features, int batch)
        => Gaussian.Sample(in key, x.Pointer, y.Pointer, features, batch);

    /// <inheritdoc cref="IBackend.GaussianSampleBackward"/>
    public static void GaussianSampleBackward(in DropoutKey key, FloatBuffer x, FloatBuffer dy, float weight, FloatBuffer dx, int features, int batch)
        => Gaussian.Backward(in key, x.Pointer, dy.Pointer, weight / batch, dx.Pointer, features, batch);

    /// <inheritdoc cref="IBackend.AddGaussianDivergence"/>
    public static void AddGaussianDivergence(FloatBuffer x, float weight, FloatBuffer loss, int features, int batch)
        => loss.Pointer[0] += (float)(weight * (Gaussian.Divergence(x.Pointer, features, batch) / batch));
}
