using System;
using System.Threading;
using Dsl.Pipelines.Numerics;
using Dsl.Pipelines.Optimizing;
using Dsl.Pipelines.Rows;

namespace Dsl.Pipelines.Linear.Stochastic;

/// <summary>
/// Linear classifiers by stochastic gradient descent, a row at a time (Bottou, Large-Scale Machine Learning with Stochastic Gradient Descent, 2010), as scikit-learn's: its losses, steps,
/// penalties and stops. Of several classes each is fitted against the rest, several at a time. Only the order of rows is not scikit-learn's: it comes from the project's generator.
/// </summary>
internal static class SgdFit
{
    /// <summary>Fits rows with labels from 0 and weights (null: 1 each).</summary>
    /// <param name="features">The rows.</param>
    /// <param name="labels">0 to classes - 1, one a row.</param>
    /// <param name="weights">How much each row's step counts.</param>
    /// <param name="classes">How many classes, at least 2.</param>
    /// <param name="options">How.</param>
    /// <param name="progress">Told of each pass, of several classes of each class that is done; null for nobody.</param>
    /// <param name="cancellation">Stops between passes.</param>
    /// <exception cref="ArithmeticException">Coefficients grew beyond all bounds.</exception>
    public static LinearFitted Fit(
        FeatureRows features, double[] labels, double[]? weights, int classes, SgdOptions options, IProgress<Iterate>? progress, CancellationToken cancellation)
    {
        FeatureBlock[] blocks = [.. features.Blocks];
        bool isSparse = Array.TrueForAll(blocks, block => block.IsSparse);
        if (classes == 2)
            return One(1, progress);
        LinearFitted all = new(classes, new double[classes * features.Size], new double[classes]);
        object told = new();
        int done = 0;
        ParallelParts.Run(classes, set =>
        {
            LinearFitted one = One(set, null);
            one.Coefficients.CopyTo(all.Coefficients, set * features.Size);
            all.Intercepts[set] = one.Intercepts[0];
            lock (told)
                progress?.Report(new Iterate(++done, double.NaN));
        });
        return all;

        LinearFitted One(int positive, IProgress<Iterate>? listener) =>
            new SgdRun(blocks, features.RowsPerBlock, features.Size, isSparse, labels, weights, positive, options).Run(listener, cancellation);
    }
}
