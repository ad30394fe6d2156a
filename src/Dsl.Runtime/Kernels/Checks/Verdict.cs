using System;

namespace Dsl.Runtime.Kernels;

/// <summary>The five floats that decide whether a step changes anything; see <see cref="IBackend.CheckGradients"/>.</summary>
internal static unsafe class Verdict
{
    /// <summary>Where the bounds start that <see cref="UpdateBounds"/> reads and writes.</summary>
    public const int Bounds = 2;

    /// <summary>False where the step is refused.</summary>
    public static bool Permits(float* verdict) => float.IsFinite(verdict[0]);

    /// <summary>Refuses the step because of an element of the flat parameter buffer; -1: of none.</summary>
    public static void Refuse(float* verdict, float cause, long place)
    {
        verdict[0] = cause;
        *(int*)(verdict + 1) = (int)Math.Min(place, int.MaxValue);
    }
}
