using System.Threading;

namespace Dsl.Runtime;

/// <content>
/// A network that only predicts has its weights once, prepared. Plain ones come back, and stay, when somebody reads or writes them: a caller may keep the span. Filling them (first values, a file) is no
/// reason to keep them.
/// </content>
public abstract partial class NetworkProgram<TBackend>
{
    private HeldWeights? held;
    private volatile bool keepsPlain;

    // Where plain values lie in the process's own memory, and only where kernels can undo what they prepared.
    private static bool CanHold => typeof(TBackend) == typeof(CpuBackend) && Pages.CanGiveBack;

    /// <summary>Used by generated code: inference reads these weights in their prepared form alone.</summary>
    /// <param name="shape">What they were prepared for.</param>
    /// <param name="weight">The plain ones, in <see cref="NetworkProgram.Parameters"/>.</param>
    /// <param name="scale">What each output's were multiplied by, or none.</param>
    /// <param name="prepared">The prepared ones.</param>
    protected void HoldLinear(in LinearShape shape, FloatBuffer weight, FloatBuffer scale, FloatBuffer prepared)
    {
        if (CanHold && !keepsPlain)
            (held ??= new HeldWeights()).Hold(in shape, weight, scale, prepared);
    }

    /// <inheritdoc cref="HoldLinear"/>
    protected void HoldConv2d(in Conv2dShape shape, FloatBuffer weight, FloatBuffer scale, FloatBuffer prepared)
    {
        if (CanHold && !keepsPlain)
            (held ??= new HeldWeights()).Hold(in shape, weight, scale, prepared);
    }

    /// <summary>Plain weights are there after this, and stay.</summary>
    private void KeepPlain()
    {
        if (CanHold && !keepsPlain)
            RestorePlain(keep: true);
    }

    /// <summary>Plain weights are there after this, until the next ones are prepared.</summary>
    private void RestorePlain(bool keep)
    {
        lock (preparing)
        {
            ThrowIfDisposed();
            held?.Restore();
            held = null;
            keepsPlain |= keep;
        }
    }
}
