using System;
using System.Threading;
using Dsl.Pipelines.Optimizing;
using Dsl.Pipelines.Rows;
using Dsl.Runtime;

namespace Dsl.Pipelines.Linear.Stochastic;

/// <summary>The fit of one class against the rest.</summary>
internal sealed class SgdRun(FeatureBlock[] blocks, int rowsPerBlock, int size, bool isSparse, double[] labels, double[]? weights, int positive, SgdOptions options)
{
    private const double MostSlope = 1e12;
    private const double LeastStep = 1e-6;
    private const double StepShare = 5;

    // Of sparse rows the intercept learns from every row, a coefficient from few.
    private const double SparseInterceptShare = 0.01;

    private readonly ScaledWeights coefficients = new(size);
    private readonly double l1Ratio = options.Penalty switch { SgdPenalty.L2 => 0, SgdPenalty.L1 => 1, _ => options.L1Ratio };
    private double intercept;
    private double eta = options.Eta0;
    private double due;
    private long t = 1;

    /// <summary>Bottou's t₀: the first step is about as large as coefficients are.</summary>
    private double FirstTime => 1 / (options.Alpha * Math.Sqrt(1 / Math.Sqrt(options.Alpha)));

    public LinearFitted Run(IProgress<Iterate>? progress, CancellationToken cancellation)
    {
        int[] order = new int[labels.Length];
        for (int i = 0; i < order.Length; i++)
            order[i] = i;
        double best = double.PositiveInfinity;
        int without = 0;
        for (int epoch = 0; epoch < options.MaxIter; epoch++)
        {
            cancellation.ThrowIfCancellationRequested();
            if (options.Shuffle)
                Shuffle.InPlace(order, options.Seed, Philox.Stream(RandomPurpose.Shuffle, ((ulong)positive << 32) + (ulong)epoch));
            double sum = Pass(order);
            if (!double.IsFinite(intercept) || !coefficients.AreFinite)
                throw new ArithmeticException($"grew beyond all bounds in pass {epoch + 1}: smaller steps (Eta0), or features that StandardScaler has scaled, help");
            progress?.Report(new Iterate(epoch + 1, sum / order.Length));
            without = sum > best - (options.Tol * order.Length) ? without + 1 : 0;
            best = Math.Min(best, sum);
            if (without < options.NIterNoChange)
                continue;
            if (options.LearningRate != SgdLearningRate.Adaptive || eta <= LeastStep)
                break;
            eta /= StepShare;
            without = 0;
        }

        LinearFitted fitted = new(1, new double[size], [intercept]);
        coefficients.CopyTo(fitted.Coefficients);
        return fitted;
    }

    /// <summary>All rows once; the sum of what they cost before they were learnt from.</summary>
    private double Pass(int[] order)
    {
        double sum = 0;
        double firstTime = FirstTime;
        foreach (int row in order)
        {
            RowElements x = RowElements.Of(blocks[row / rowsPerBlock], row % rowsPerBlock);
            double y = labels[row] == positive ? 1 : -1;
            double margin = coefficients.Dot(x) + intercept;
            if (options.LearningRate == SgdLearningRate.Optimal)
                eta = 1 / (options.Alpha * (firstTime + t - 1));
            else if (options.LearningRate == SgdLearningRate.InvScaling)
                eta = options.Eta0 / Math.Pow(t, options.PowerT);
            sum += LossOf(options.Loss, margin, y);
            double update = -eta * Math.Clamp(SlopeOf(options.Loss, margin, y), -MostSlope, MostSlope) * (weights is null ? 1 : weights[row]);
            if (options.Penalty != SgdPenalty.L1)
                coefficients.Scale(Math.Max(0, 1 - ((1 - l1Ratio) * eta * options.Alpha)));
            if (update != 0)
                coefficients.Add(x, update);
            if (options.FitIntercept)
                intercept += isSparse ? update * SparseInterceptShare : update;
            if (options.Penalty != SgdPenalty.L2)
            {
                due += l1Ratio * eta * options.Alpha;
                coefficients.Shrink(x, due);
            }

            t++;
        }

        return sum;
    }

    /// <summary>What a row costs.</summary>
    /// <param name="loss">By which loss.</param>
    /// <param name="margin">Its margin.</param>
    /// <param name="y">-1 or 1.</param>
    private static double LossOf(SgdLoss loss, double margin, double y)
    {
        double z = margin * y;
        return loss switch
        {
            SgdLoss.Hinge => Math.Max(0, 1 - z),
            SgdLoss.Perceptron => Math.Max(0, -z),
            SgdLoss.SquaredHinge => z < 1 ? (1 - z) * (1 - z) : 0,
            SgdLoss.ModifiedHuber => z >= 1 ? 0 : z >= -1 ? (1 - z) * (1 - z) : -4 * z,
            _ => Math.Max(-z, 0) + double.LogP1(Math.Exp(-Math.Abs(z))),
        };
    }

    /// <summary>Its derivative by the margin.</summary>
    private static double SlopeOf(SgdLoss loss, double margin, double y)
    {
        double z = margin * y;
        return loss switch
        {
            SgdLoss.Hinge => z <= 1 ? -y : 0,
            SgdLoss.Perceptron => z <= 0 ? -y : 0,
            SgdLoss.SquaredHinge => z < 1 ? -2 * y * (1 - z) : 0,
            SgdLoss.ModifiedHuber => z >= 1 ? 0 : z >= -1 ? -2 * y * (1 - z) : -4 * y,
            _ => -y / (Math.Exp(z) + 1),
        };
    }
}
