using System;

namespace Dsl.Runtime.Kernels;

/// <content>The norm of all gradients.</content>
internal static unsafe partial class Optimizers
{
    /// <summary>A sum of squares below which those that underflowed may be missed.</summary>
    private const double LeastSquares = 1e-26;

    private const float TwoTo70 = 1180591620717411303424f;
    private const float TwoToMinus96 = 1.2621774483536189e-29f;

    /// <summary>√Σ g², sums of fixed chunks in float, over the chunks in double; scaled where squares leave float's range.</summary>
    public static float Norm(float* g, long count)
    {
        double total = Squares(g, count, 1);
        if (total is < LeastSquares or double.PositiveInfinity)
        {
            float scale = total < 1 ? TwoTo70 : TwoToMinus96;
            total = Squares(g, count, scale) / ((double)scale * scale);
        }

        return (float)Math.Sqrt(total);
    }

    private static double Squares(float* g, long count, float scale)
    {
        int chunks = (int)((count + SquaresWork.Chunk - 1) / SquaresWork.Chunk);
        if (chunks == 1)
            return SquaresWork.Sum(g, (int)count, scale);

        using Workspace.Scope scope = Workspace.Open();
        float* sums = scope.Take(chunks);
        Parts.Run(chunks, SquaresWork.Chunk, new SquaresWork(g, count, scale, sums));
        double total = 0;
        for (int chunk = 0; chunk < chunks; chunk++)
            total += sums[chunk];

        return total;
    }
}
