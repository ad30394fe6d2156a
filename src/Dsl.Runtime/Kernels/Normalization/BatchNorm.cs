using System;
using System.Runtime.CompilerServices;

namespace Dsl.Runtime.Kernels;

/// <summary>
/// Batch normalisation over channels-last views: one pass for the sums and one to apply them, each way. Sums are taken about a pivot (the channel's
/// first value), which makes E[d²] - E[d]² as exact as two passes; per run of pixels in float, over the runs with the rounding errors carried along, over
/// the parts in double. Bound by memory from L2 on.
/// </summary>
internal static unsafe class BatchNorm
{
    /// <summary>Mean and biased variance of each channel over the batch and all pixels.</summary>
    public static void Statistics(in TensorView x, int batch, float* mean, float* variance)
    {
        int channels = x.Layout.Channels;
        PixelRuns runs = new(x.Layout, batch, x.Layout.IsContiguous);
        int parts = Parts.Count(runs.Count, runs.Elements);
        using Workspace.Scope scope = Workspace.Open();
        float* sums = scope.Take((long)parts * ChannelSums.Accumulators * channels);
        float* pivot = x.Row(0, 0);
        Reduce(parts, channels, sums, new MomentWork(runs, x, pivot), runs.Count);
        double count = (double)batch * x.Layout.Height * x.Layout.Width;
        for (int c = 0; c < channels; c++)
        {
            double m = ChannelSums.Total(sums, parts, channels, c, 0) / count;
            mean[c] = (float)(pivot[c] + m);

            // Rounding may leave a constant channel a hair below zero; not a number must stay.
            double v = ChannelSums.Total(sums, parts, channels, c, 1) / count - m * m;
            variance[c] = v < 0 ? 0 : (float)v;
        }
    }

    /// <summary>y = epilogue((x - mean) / √(variance + epsilon)·gamma + beta + addend); there may be no addend.</summary>
    public static void Apply(in TensorView x, in TensorView addend, float* gamma, float* beta, float epsilon, Epilogue epilogue, float* mean, float* variance, in TensorView y, int batch)
    {
        int channels = x.Layout.Channels;
        using Workspace.Scope scope = Workspace.Open();
        float* scale = scope.Take(channels);
        Scales(gamma, variance, epsilon, scale, channels);
        PixelRuns runs = new(x.Layout, batch, x.Layout.IsContiguous && y.Layout.IsContiguous && (addend.IsNone || addend.Layout.IsContiguous));
        Activation.Dispatch(epilogue, new ApplyUse(runs, x, addend, y, mean, scale, beta));
    }

    /// <summary>y = epilogue(x·scale + shift)</summary>
    public static void ScaleShift(in TensorView x, float* scale, float* shift, Epilogue epilogue, in TensorView y, int batch)
    {
        PixelRuns runs = new(x.Layout, batch, x.Layout.IsContiguous && y.Layout.IsContiguous);
        Activation.Dispatch(epilogue, new ApplyUse(runs, x, default, y, null, scale, shift));
    }

    /// <summary>dx = dy·epilogue'(y)·scale</summary>
    public static void ScaleShiftBackward(float* scale, Epilogue epilogue, in TensorView y, in TensorView dy, in TensorView dx, int batch)
    {
        TensorView saved = epilogue.Function == UnaryFunction.Identity ? dy : y;
        PixelRuns runs = new(dx.Layout, batch, saved.Layout.IsContiguous && dy.Layout.IsContiguous && dx.Layout.IsContiguous);
        Activation.Dispatch(epilogue, new ScaleBackwardUse(runs, saved, dy, dx, scale));
    }

    /// <summary>
    /// Gradients. With g = dy·epilogue'(y), S₁ = Σ g, S₂ = Σ g·(x - mean), r = 1/√(variance + epsilon) and n values a channel:
    /// dBeta = S₁, dGamma = S₂·r, dx = gamma·r·(g - S₁/n - (x - mean)·r²·S₂/n). dx, dGamma and dBeta may be missing. With beta given, an epilogue that is quickly formed is formed
    /// again from x, which both passes read anyway: y would come from memory, and g go there. Otherwise (beta null: y holds an addend too) dy is overwritten by g.
    /// </summary>
    public static void Backward(in TensorView x, float* gamma, float* beta, float epsilon, Epilogue epilogue, float* mean, float* variance, in TensorView y, in TensorView dy, in TensorView dx, float* dGamma, float* dBeta, int batch)
    {
        int channels = x.Layout.Channels;
        TensorView saved = epilogue.IsNone ? dy : y;
        bool formsAgain = beta != null && epilogue.Function is UnaryFunction.ReLU or UnaryFunction.ReLU6 or UnaryFunction.LeakyReLU;

        // The same runs whether y is read or not: the order of the sums follows from them.
        PixelRuns runs = new(x.Layout, batch, x.Layout.IsContiguous && saved.Layout.IsContiguous && dy.Layout.IsContiguous);
        int parts = Parts.Count(runs.Count, runs.Elements);
        using Workspace.Scope scope = Workspace.Open();
        float* sums = scope.Take((long)parts * ChannelSums.Accumulators * channels);
        float* scale = formsAgain ? scope.Take(channels) : null;
        if (formsAgain)
        {
            Scales(gamma, variance, epsilon, scale, channels);
            Activation.Dispatch(epilogue, new LineGradientSumUse(runs, x, dy, mean, scale, beta, sums, parts));
        }
        else
        {
            Activation.Dispatch(epilogue, new GradientSumUse(runs, x, saved, dy, mean, sums, parts));
        }

        float* ofGradient = scope.Take(channels);
        float* ofInput = scope.Take(channels);
        float* constant = scope.Take(channels);
        double count = (double)batch * x.Layout.Height * x.Layout.Width;
        for (int c = 0; c < channels; c++)
        {
            double s1 = ChannelSums.Total(sums, parts, channels, c, 0);
            double s2 = ChannelSums.Total(sums, parts, channels, c, 1);
            double r = 1 / Math.Sqrt((double)variance[c] + epsilon);
            if (dBeta != null)
                dBeta[c] = (float)s1;

            if (dGamma != null)
                dGamma[c] = (float)(s2 * r);

            ofGradient[c] = (float)(gamma[c] * r);
            ofInput[c] = (float)(-gamma[c] * r * r * r * s2 / count);
            constant[c] = (float)(-gamma[c] * r * s1 / count);
        }

        if (!dx.IsNone)
        {
            runs = new(x.Layout, batch, x.Layout.IsContiguous && dy.Layout.IsContiguous && dx.Layout.IsContiguous);
            Activation.Dispatch(formsAgain ? epilogue : default, new InputGradientUse(runs, x, dy, dx, mean, scale, beta, ofGradient, ofInput, constant));
        }
    }

    // In one place: what the backward pass forms again has to be the forward pass's to the bit.
    private static void Scales(float* gamma, float* variance, float epsilon, float* scale, int channels)
    {
        for (int c = 0; c < channels; c++)
            scale[c] = gamma[c] / MathF.Sqrt(variance[c] + epsilon);
    }

    /// <summary>running = (1 - momentum)·running + momentum·batch, the variance made unbiased.</summary>
    public static void UpdateRunning(float* mean, float* variance, long count, float momentum, float* runningMean, float* runningVariance, int channels)
    {
        float unbiased = Unbiased(count);
        for (int c = 0; c < channels; c++)
        {
            runningMean[c] = (1 - momentum) * runningMean[c] + momentum * mean[c];
            runningVariance[c] = (1 - momentum) * runningVariance[c] + momentum * unbiased * variance[c];
        }
    }

    /// <summary>False where <see cref="UpdateRunning"/> would leave a value that is not finite.</summary>
    public static bool StaysFinite(float* mean, float* variance, long count, float momentum, float* runningMean, float* runningVariance, int channels)
    {
        float unbiased = Unbiased(count);
        bool isFinite = true;
        for (int c = 0; c < channels; c++)
        {
            isFinite &= float.IsFinite((1 - momentum) * runningMean[c] + momentum * mean[c]);
            isFinite &= float.IsFinite((1 - momentum) * runningVariance[c] + momentum * unbiased * variance[c]);
        }

        return isFinite;
    }

    private static float Unbiased(long count) => (float)((double)count / (count - 1));

    /// <summary>scale = gamma/√(variance + epsilon), shift = beta + (bias - mean)·scale; bias may be null.</summary>
    public static void Fold(float* gamma, float* beta, float* mean, float* variance, float epsilon, float* bias, float* scale, float* shift, int channels)
    {
        for (int c = 0; c < channels; c++)
        {
            double factor = gamma[c] / Math.Sqrt((double)variance[c] + epsilon);
            scale[c] = (float)factor;
            shift[c] = (float)(beta[c] + ((bias == null ? 0 : (double)bias[c]) - mean[c]) * factor);
        }
    }

    // Sum work gets its part's accumulators; the split into parts is the one that ChannelSums.Total expects.
    private interface ISumWork
    {
        void Run(int first, int end, float* sums);
    }

    private static void Reduce<TWork>(int parts, int channels, float* sums, TWork work, int runs)
        where TWork : struct, ISumWork
    {
        new Span<float>(sums, parts * ChannelSums.Accumulators * channels).Clear();
        if (parts == 1)
        {
            work.Run(0, runs, sums);
            return;
        }

        Reduction<TWork> reduction = new() { Work = work, Sums = sums, Stride = (long)ChannelSums.Accumulators * channels, Parts = parts, Runs = runs };
        WorkerPool.Run(parts, &ReducePart<TWork>, Unsafe.AsPointer(ref reduction));
    }

    private static void ReducePart<TWork>(void* context, int part)
        where TWork : struct, ISumWork
    {
        ref Reduction<TWork> r = ref Unsafe.AsRef<Reduction<TWork>>(context);
        r.Work.Run(Parts.First(part, r.Parts, r.Runs), Parts.First(part + 1, r.Parts, r.Runs), r.Sums + part * r.Stride);
    }

    private struct Reduction<TWork>
    {
        public TWork Work;
        public float* Sums;
        public long Stride;
        public int Parts;
        public int Runs;
    }

    private readonly struct MomentWork(PixelRuns runs, TensorView x, float* pivot) : ISumWork
    {
        public void Run(int first, int end, float* sums)
        {
            for (int run = first; run < end; run++)
                ChannelSums.Moments(runs.Start(in x, run), pivot, sums, runs.Length(run), x.Layout.Channels);
        }
    }

    private readonly struct GradientSumWork<F>(PixelRuns runs, TensorView x, TensorView saved, TensorView dy, float* mean, float parameter) : ISumWork
        where F : struct, IActivation
    {
        public void Run(int first, int end, float* sums)
        {
            for (int run = first; run < end; run++)
                ChannelSums.Gradients<F>(runs.Start(in x, run), mean, runs.Start(in saved, run), runs.Start(in dy, run), sums, runs.Length(run), x.Layout.Channels, parameter);
        }
    }

    private readonly struct GradientSumUse(PixelRuns runs, TensorView x, TensorView saved, TensorView dy, float* mean, float* sums, int parts) : IActivationUse
    {
        public void Run<F>(float parameter)
            where F : struct, IActivation
            => Reduce(parts, x.Layout.Channels, sums, new GradientSumWork<F>(runs, x, saved, dy, mean, parameter), runs.Count);
    }

    private readonly struct LineGradientSumWork<F>(PixelRuns runs, TensorView x, TensorView dy, float* mean, float* scale, float* shift, float parameter) : ISumWork
        where F : struct, IActivation
    {
        public void Run(int first, int end, float* sums)
        {
            for (int run = first; run < end; run++)
                ChannelSums.LineGradients<F>(runs.Start(in x, run), mean, scale, shift, runs.Start(in dy, run), sums, runs.Length(run), x.Layout.Channels, parameter);
        }
    }

    private readonly struct LineGradientSumUse(PixelRuns runs, TensorView x, TensorView dy, float* mean, float* scale, float* shift, float* sums, int parts) : IActivationUse
    {
        public void Run<F>(float parameter)
            where F : struct, IActivation
            => Reduce(parts, x.Layout.Channels, sums, new LineGradientSumWork<F>(runs, x, dy, mean, scale, shift, parameter), runs.Count);
    }

    private readonly struct ApplyWork<F>(PixelRuns runs, TensorView x, TensorView addend, TensorView y, float* mean, float* scale, float* shift, float parameter) : IRowWork
        where F : struct, IActivation
    {
        public void Run(int first, int end)
        {
            for (int run = first; run < end; run++)
            {
                if (addend.IsNone)
                    ChannelMaps.Line<F>(runs.Start(in x, run), runs.Start(in y, run), mean, scale, shift, runs.Length(run), x.Layout.Channels, parameter);
                else
                    ChannelMaps.LineAdd<F>(runs.Start(in x, run), runs.Start(in addend, run), runs.Start(in y, run), mean, scale, shift, runs.Length(run), x.Layout.Channels, parameter);
                runs.ClearHaloAfter(in y, run);
            }
        }
    }

    private readonly struct ApplyUse(PixelRuns runs, TensorView x, TensorView addend, TensorView y, float* mean, float* scale, float* shift) : IActivationUse
    {
        public void Run<F>(float parameter)
            where F : struct, IActivation
            => Parts.Run(runs.Count, runs.Elements, new ApplyWork<F>(runs, x, addend, y, mean, scale, shift, parameter));
    }

    private readonly struct ScaleBackwardWork<F>(PixelRuns runs, TensorView saved, TensorView dy, TensorView dx, float* scale, float parameter) : IRowWork
        where F : struct, IActivation
    {
        public void Run(int first, int end)
        {
            for (int run = first; run < end; run++)
            {
                ChannelMaps.ScaledGradient<F>(runs.Start(in saved, run), runs.Start(in dy, run), runs.Start(in dx, run), scale, runs.Length(run), dx.Layout.Channels, parameter);
                runs.ClearHaloAfter(in dx, run);
            }
        }
    }

    private readonly struct ScaleBackwardUse(PixelRuns runs, TensorView saved, TensorView dy, TensorView dx, float* scale) : IActivationUse
    {
        public void Run<F>(float parameter)
            where F : struct, IActivation
            => Parts.Run(runs.Count, runs.Elements, new ScaleBackwardWork<F>(runs, saved, dy, dx, scale, parameter));
    }

    private readonly struct InputGradientWork<F>(
        PixelRuns runs, TensorView x, TensorView dy, TensorView dx, float* mean, float* scale, float* shift, float* ofGradient, float* ofInput, float* constant, float parameter) : IRowWork
        where F : struct, IActivation
    {
        public void Run(int first, int end)
        {
            for (int run = first; run < end; run++)
            {
                ChannelMaps.InputGradient<F>(
                    runs.Start(in x, run), runs.Start(in dy, run), runs.Start(in dx, run), mean, scale, shift, ofGradient, ofInput, constant, runs.Length(run), x.Layout.Channels, parameter);
                runs.ClearHaloAfter(in dx, run);
            }
        }
    }

    private readonly struct InputGradientUse(
        PixelRuns runs, TensorView x, TensorView dy, TensorView dx, float* mean, float* scale, float* shift, float* ofGradient, float* ofInput, float* constant) : IActivationUse
    {
        public void Run<F>(float parameter)
            where F : struct, IActivation
            => Parts.Run(runs.Count, runs.Elements, new InputGradientWork<F>(runs, x, dy, dx, mean, scale, shift, ofGradient, ofInput, constant, parameter));
    }
}
