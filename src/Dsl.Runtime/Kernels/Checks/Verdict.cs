using System;

namespace Dsl.Runtime.Kernels;

/// <summary>The floats that decide whether a step changes anything; see <see cref="IBackend.CheckGradients"/>.</summary>
internal static unsafe class Verdict
{
    /// <summary>Where the bounds start that <see cref="UpdateBounds"/> reads and writes.</summary>
    public const int Bounds = StepOutcome.Own;

    /// <summary>False where the step is refused.</summary>
    public static bool Permits(float* verdict) => float.IsFinite(verdict[StepOutcome.Cause]);

    /// <summary>Notes which step it is that may be refused.</summary>
    public static void Begin(float* verdict, long step) => *(int*)(verdict + StepOutcome.Step) = unchecked((int)step);

    /// <summary>Refuses the step because of an element of the flat parameter buffer; -1: of none.</summary>
    public static void Refuse(float* verdict, float cause, long place)
    {
        verdict[StepOutcome.Cause] = cause;
        *(int*)(verdict + StepOutcome.Place) = (int)Math.Min(place, int.MaxValue);
    }
}
