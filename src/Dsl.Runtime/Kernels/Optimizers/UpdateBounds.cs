using System;

namespace Dsl.Runtime.Kernels;

/// <summary>
/// No parameter and no state is larger than this. Carried from step to step by arithmetic on these three numbers, so that a step need not read
/// parameters and state to know that it cannot overflow.
/// </summary>
internal struct UpdateBounds
{
    /// <summary>Of the parameters.</summary>
    public double Parameters;

    /// <summary>Of the first state vector.</summary>
    public double First;

    /// <summary>Of the second state vector.</summary>
    public double Second;

    // A third of float's range: what rounding adds to the results in float is far less than what is left.
    private const double Limit = 1e38;

    // Stands for 0, which means unknown.
    private const float Least = 1e-30f;

    /// <summary>True where all that is bounded has room in a float. False for NaN.</summary>
    public readonly bool AreSafe => Parameters < Limit && First < Limit && Second < Limit;

    /// <summary>From what <see cref="Write"/> wrote; false where the bounds are unknown.</summary>
    public static unsafe bool TryRead(float* from, out UpdateBounds bounds)
    {
        bounds = new UpdateBounds { Parameters = from[0], First = from[1], Second = from[2] };
        return bounds is { Parameters: > 0, First: > 0, Second: > 0 } && bounds.AreSafe;
    }

    /// <summary>Three floats, rounded up.</summary>
    public readonly unsafe void Write(float* to)
    {
        to[0] = Up(Parameters);
        to[1] = Up(First);
        to[2] = Up(Second);
    }

    /// <summary>Writes that the bounds are unknown.</summary>
    public static unsafe void Forget(float* to) => to[0] = to[1] = to[2] = 0;

    private static float Up(double bound) => MathF.Max(MathF.BitIncrement((float)bound), Least);
}
