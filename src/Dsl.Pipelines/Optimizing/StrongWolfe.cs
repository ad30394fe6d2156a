using System;

namespace Dsl.Pipelines.Optimizing;

/// <summary>A function at a step along a direction.</summary>
/// <param name="Step">How many directions from where the search stands.</param>
/// <param name="Value">The function there.</param>
/// <param name="Slope">Its derivative by the step.</param>
internal readonly record struct Trial(double Step, double Value, double Slope);

/// <summary>A function along a direction.</summary>
internal interface IAlongDirection
{
    /// <summary>Where the search stands.</summary>
    Trial Here { get; }

    /// <summary>So many directions further.</summary>
    Trial Try(double step);
}

/// <summary>The search of Nocedal and Wright, Numerical Optimization, 3.5 and 3.6, with Breeze's bounds and tries.</summary>
internal static class StrongWolfe
{
    private const double Decrease = 1e-4;
    private const double Curvature = 0.9;
    private const double Growth = 1.5;

    /// <summary>A step that decreases the function enough and meets a slope that is small enough; NaN where none was found.</summary>
    /// <param name="search">The function.</param>
    /// <param name="first">The step to try first.</param>
    /// <param name="most">The longest step; it is taken where the function still falls there.</param>
    /// <param name="tries">The most tries to get beyond the least, and the most between two then.</param>
    public static double Step(IAlongDirection search, double first, double most, int tries)
    {
        Trial start = search.Here;
        Trial low = start;
        double step = first;

        // Not a descent, NaN included.
        if (!(start.Slope <= 0))
            return double.NaN;
        for (int i = 0; i < tries; i++)
        {
            Trial trial = search.Try(step);
            if (!double.IsFinite(trial.Value))
            {
                step /= 2;
                continue;
            }

            if (trial.Value > start.Value + (Decrease * step * start.Slope) || (trial.Value >= low.Value && i > 0))
                return Zoom(search, start, low, trial, tries);
            if (Math.Abs(trial.Slope) <= Curvature * Math.Abs(start.Slope))
                return step;
            if (trial.Slope >= 0)
                return Zoom(search, start, trial, low, tries);
            if (step == most)
                return step;
            low = trial;
            step = Math.Min(step * Growth, most);
        }

        return double.NaN;
    }

    private static double Zoom(IAlongDirection search, Trial start, Trial low, Trial high, int tries)
    {
        for (int i = 0; i < tries; i++)
        {
            Trial trial = search.Try(low.Step > high.Step ? Between(high, low) : Between(low, high));
            if (trial.Value > start.Value + (Decrease * trial.Step * start.Slope) || trial.Value >= low.Value)
            {
                high = trial;
                continue;
            }

            if (Math.Abs(trial.Slope) <= Curvature * Math.Abs(start.Slope))
                return trial.Step;
            if (trial.Slope * (high.Step - low.Step) >= 0)
                high = low;
            low = trial;
        }

        return double.NaN;
    }

    /// <summary>The least of the cubic through both, kept off the ends.</summary>
    private static double Between(Trial left, Trial right)
    {
        double d1 = left.Slope + right.Slope - (3 * (left.Value - right.Value) / (left.Step - right.Step));
        double d2 = Math.Sqrt((d1 * d1) - (left.Slope * right.Slope));
        double width = right.Step - left.Step;
        double step = right.Step - (width * (right.Slope + d2 - d1) / (right.Slope - left.Slope + (2 * d2)));
        double least = left.Step + (0.1 * width);
        double most = left.Step + (0.9 * width);
        return step < least ? least : step > most ? most : step;
    }
}
