using System.ComponentModel;

namespace Dsl.Runtime;

/// <summary>
/// The few floats from which the host learns what training steps did. In a backend's memory they lie side by side, so that one read brings them all: the verdict,
/// which the steps of a network share, and behind it loss and count of each step that was not read yet.
/// </summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public static class StepOutcome
{
    /// <summary>Of the verdict: the largest magnitude of a gradient, or what is not finite where the step was refused.</summary>
    public const int Cause = 0;

    /// <summary>Of the verdict: the bits of an int32, the element of the flat parameter buffer for which the step was refused; -1 for none.</summary>
    public const int Place = 1;

    /// <summary>Of the verdict: the low 32 bits of the step's number, counted from 1.</summary>
    public const int Step = 2;

    /// <summary>Of the verdict: the first of three floats that are the backend's own.</summary>
    public const int Own = 3;

    /// <summary>How many floats are the backend's own.</summary>
    public const int OwnFloats = 3;

    /// <summary>How many floats a verdict has.</summary>
    public const int VerdictFloats = Own + OwnFloats;

    /// <summary>Of a step: its loss.</summary>
    internal const int Loss = 0;

    /// <summary>Of a step: how many labels or decisions were met.</summary>
    internal const int Correct = 1;

    /// <summary>How many floats a step has.</summary>
    internal const int StepFloats = 2;

    /// <summary>How many steps may be unread: enough that waiting for the backend once costs a step next to nothing, few enough that an error is soon seen.</summary>
    internal const int MostUnread = 32;

    /// <summary>
    /// Where a second verdict lies, of steps that have no say: those without a label that counts. Refusing them is not refusing what comes behind them.
    /// </summary>
    internal const int SilentVerdict = 0;

    /// <summary>Where the verdict lies; the steps' floats lie behind it.</summary>
    internal const int Verdict = SilentVerdict + VerdictFloats;

    /// <summary>Where the floats of a step lie.</summary>
    /// <param name="unread">How many steps before it were not read.</param>
    internal static int OfStep(int unread) => Verdict + VerdictFloats + (unread * StepFloats);

    /// <summary>All of them, so many that what lies behind starts on a cache line.</summary>
    internal const int Floats = (((2 * VerdictFloats) + (MostUnread * StepFloats) + 15) / 16) * 16;
}
