using Dsl.Runtime.Kernels;

namespace Dsl.Runtime;

public readonly unsafe partial struct CpuBackend
{
    /// <inheritdoc cref="IBackend.Attention"/>
    public static void Attention(in AttentionShape shape, FloatBuffer q, FloatBuffer kv, IntBuffer lengths, in DropoutKey key, FloatBuffer y, FloatBuffer logSums, int batch) =>
        AttentionForward.Run(new AttentionOperands(in shape, q.Pointer, kv.Pointer, lengths.Pointer, in key, y.Pointer, logSums.Pointer), batch);

    /// <inheritdoc cref="IBackend.AttentionBackward"/>
    public static void AttentionBackward(in AttentionShape shape, FloatBuffer q, FloatBuffer kv, IntBuffer lengths, in DropoutKey key, FloatBuffer y, FloatBuffer logSums, FloatBuffer dy, FloatBuffer dq, FloatBuffer dkv, int batch) =>
        AttentionGradient.Run(new AttentionOperands(in shape, q.Pointer, kv.Pointer, lengths.Pointer, in key, y.Pointer, logSums.Pointer), dy.Pointer, dq.Pointer, dkv.Pointer, batch);

    /// <inheritdoc cref="IBackend.AttentionStep"/>
    public static void AttentionStep(in AttentionStepShape shape, FloatBuffer qkv, FloatBuffer cache, int position, FloatBuffer y, int batch) =>
        AttentionNext.Run(in shape, qkv.Pointer, cache.Pointer, position, y.Pointer, batch);
}
