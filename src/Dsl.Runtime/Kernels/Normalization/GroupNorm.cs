using System;

namespace Dsl.Runtime.Kernels;

/// <summary>
/// Normalisation of each sample by groups of neighbouring channels, over all pixels. The passes are batch norm's, a sample at a time: sums of each channel, put together by
/// groups in double, then one map with factors of its own for each channel. Samples are shared out among threads in parts that depend on the sizes only,
/// and the parts' sums for gamma and beta are added in their order.
/// </summary>
internal static unsafe class GroupNorm
{
    /// <summary>y = epilogue((x - mean)·scale·gamma + beta); mean and scale (one a sample and group) null where nobody wants them.</summary>
    public static void Forward(in TensorView x, float* gamma, float* beta, int groups, float epsilon, Epilogue epilogue, float* mean, float* scale, in TensorView y, int batch) =>
        Activation.Dispatch(epilogue, new ForwardUse(in x, gamma, beta, groups, epsilon, mean, scale, in y, batch));

    /// <summary>
    /// Gradients. With g = dy·epilogue'(y), for each channel S₁ = Σ g and S₂ = Σ g·(x - mean), and n values a group:
    /// dBeta = Σ S₁, dGamma = Σ S₂·scale over the batch, dx = scale·(gamma·g - Σ gamma·S₁/n - (x - mean)·scale²·Σ gamma·S₂/n), sums over the group's channels.
    /// dy is overwritten by g; dx, dGamma and dBeta may be missing.
    /// </summary>
    public static void Backward(in TensorView x, float* gamma, int groups, Epilogue epilogue, float* mean, float* scale, in TensorView y, in TensorView dy, in TensorView dx, float* dGamma, float* dBeta, int batch)
    {
        TensorView saved = epilogue.Function == UnaryFunction.Identity ? dy : y;
        int channels = x.Layout.Channels;
        int parts = Parts.Count(batch, x.Layout.Count);
        using Workspace.Scope scope = Workspace.Open();
        float* sums = scope.Take(2L * channels * parts);
        Activation.Dispatch(epilogue, new BackwardUse(in x, gamma, groups, mean, scale, in saved, in dy, in dx, sums, parts, batch));
        GemmColumnSums.OfParts(sums, 2 * (nint)channels, parts, channels, dGamma);
        GemmColumnSums.OfParts(sums + channels, 2 * (nint)channels, parts, channels, dBeta);
    }

    private static void Moments(in TensorView x, int groups, float epsilon, float* mean, float* scale)
    {
        int channels = x.Layout.Channels;
        int width = channels / groups;
        long pixels = (long)x.Layout.Height * x.Layout.Width;
        using Workspace.Scope scope = Workspace.Open();
        float* sums = scope.Take((long)ChannelSums.Accumulators * channels);
        new Span<float>(sums, ChannelSums.Accumulators * channels).Clear();
        float* pivot = x.Interior;
        PixelRuns runs = new(x.Layout, 1, x.Layout.IsContiguous);
        for (int run = 0; run < runs.Count; run++)
            ChannelSums.Moments(runs.Start(in x, run), pivot, sums, runs.Length(run), channels);

        double count = (double)pixels * width;
        for (int group = 0; group < groups; group++)
        {
            double m = 0;
            for (int c = group * width; c < (group + 1) * width; c++)
                m += (pixels * (double)pivot[c] + ChannelSums.Total(sums, 1, channels, c, 0)) / count;

            // About the group's mean: each channel's own sums are about its pivot.
            double v = 0;
            for (int c = group * width; c < (group + 1) * width; c++)
            {
                double far = m - pivot[c];
                v += (ChannelSums.Total(sums, 1, channels, c, 1) - 2 * far * ChannelSums.Total(sums, 1, channels, c, 0) + pixels * far * far) / count;
            }

            // Rounding may leave a constant group a hair below zero; not a number must stay.
            mean[group] = (float)m;
            scale[group] = (float)(1 / Math.Sqrt((v < 0 ? 0 : v) + epsilon));
        }
    }

    private readonly struct ForwardWork<F>(
        in TensorView x, float* gamma, float* beta, int groups, float epsilon, float* mean, float* scale, in TensorView y, float parameter)
        : IRowWork
        where F : struct, IActivation
    {
        private readonly TensorView x = x;
        private readonly TensorView y = y;
        private readonly float* gamma = gamma;
        private readonly float* beta = beta;
        private readonly float* mean = mean;
        private readonly float* scale = scale;
        private readonly int groups = groups;
        private readonly float epsilon = epsilon;
        private readonly float parameter = parameter;

        public void Run(int first, int end)
        {
            int channels = x.Layout.Channels;
            int width = channels / groups;
            PixelRuns runs = new(x.Layout, 1, x.Layout.IsContiguous && y.Layout.IsContiguous);
            using Workspace.Scope scope = Workspace.Open();
            float* means = scope.Take(groups);
            float* scales = scope.Take(groups);
            float* ofChannel = scope.Take(channels);
            float* factors = scope.Take(channels);
            for (int sample = first; sample < end; sample++)
            {
                TensorView from = ConvImage.Sample(x, sample);
                TensorView to = ConvImage.Sample(y, sample);
                Moments(in from, groups, epsilon, means, scales);
                for (int c = 0; c < channels; c++)
                {
                    ofChannel[c] = means[c / width];
                    factors[c] = gamma[c] * scales[c / width];
                }

                for (int run = 0; run < runs.Count; run++)
                {
                    ChannelMaps.Line<F>(runs.Start(in from, run), runs.Start(in to, run), ofChannel, factors, beta, runs.Length(run), channels, parameter);
                    runs.ClearHaloAfter(in to, run);
                }

                for (int group = 0; group < groups && mean != null; group++)
                {
                    mean[(long)sample * groups + group] = means[group];
                    scale[(long)sample * groups + group] = scales[group];
                }
            }
        }
    }

    private readonly ref struct ForwardUse(in TensorView x, float* gamma, float* beta, int groups, float epsilon, float* mean, float* scale, in TensorView y, int batch) : IActivationUse
    {
        private readonly ref readonly TensorView x = ref x;
        private readonly ref readonly TensorView y = ref y;
        private readonly float* gamma = gamma;
        private readonly float* beta = beta;
        private readonly float* mean = mean;
        private readonly float* scale = scale;
        private readonly int groups = groups;
        private readonly float epsilon = epsilon;
        private readonly int batch = batch;

        public void Run<F>(float parameter)
            where F : struct, IActivation
            => Parts.Run(batch, x.Layout.Count, new ForwardWork<F>(in x, gamma, beta, groups, epsilon, mean, scale, in y, parameter));
    }

    // Its rows are the parts: each has sums of its own.
    private readonly struct BackwardWork<F>(
        in TensorView x, float* gamma, int groups, float* mean, float* scale, in TensorView saved, in TensorView dy, in TensorView dx, float* total, int parts, int batch, float parameter)
        : IRowWork
        where F : struct, IActivation
    {
        private readonly TensorView x = x;
        private readonly TensorView saved = saved;
        private readonly TensorView dy = dy;
        private readonly TensorView dx = dx;
        private readonly float* gamma = gamma;
        private readonly float* mean = mean;
        private readonly float* scale = scale;
        private readonly float* total = total;
        private readonly int groups = groups;
        private readonly int parts = parts;
        private readonly int batch = batch;
        private readonly float parameter = parameter;

        public void Run(int first, int end)
        {
            int channels = x.Layout.Channels;
            using Workspace.Scope scope = Workspace.Open();
            float* sums = scope.Take((long)ChannelSums.Accumulators * channels);
            float* means = scope.Take(channels);
            float* ofGradient = scope.Take(channels);
            float* ofInput = scope.Take(channels);
            float* constant = scope.Take(channels);
            for (int part = first; part < end; part++)
            {
                float* own = total + 2L * part * channels;
                new Span<float>(own, 2 * channels).Clear();
                for (int sample = Parts.First(part, parts, batch); sample < Parts.First(part + 1, parts, batch); sample++)
                {
                    TensorView from = ConvImage.Sample(x, sample);
                    TensorView gradient = ConvImage.Sample(dy, sample);
                    SumGradients(in from, ConvImage.Sample(saved, sample), in gradient, sample, means, sums);
                    Factors(sample, sums, own, ofGradient, ofInput, constant);
                    if (dx.IsNone)
                        continue;
                    TensorView to = ConvImage.Sample(dx, sample);
                    PixelRuns runs = new(x.Layout, 1, x.Layout.IsContiguous && dy.Layout.IsContiguous && dx.Layout.IsContiguous);
                    for (int run = 0; run < runs.Count; run++)
                    {
                        ChannelMaps.InputGradient(runs.Start(in from, run), runs.Start(in gradient, run), runs.Start(in to, run), means, ofGradient, ofInput, constant, runs.Length(run), channels);
                        runs.ClearHaloAfter(in to, run);
                    }
                }
            }
        }

        private void SumGradients(in TensorView from, in TensorView output, in TensorView gradient, int sample, float* means, float* sums)
        {
            int channels = x.Layout.Channels;
            int width = channels / groups;
            for (int c = 0; c < channels; c++)
                means[c] = mean[(long)sample * groups + c / width];
            new Span<float>(sums, ChannelSums.Accumulators * channels).Clear();
            PixelRuns runs = new(x.Layout, 1, x.Layout.IsContiguous && saved.Layout.IsContiguous && dy.Layout.IsContiguous);
            for (int run = 0; run < runs.Count; run++)
                ChannelSums.Gradients<F>(runs.Start(in from, run), means, runs.Start(in output, run), runs.Start(in gradient, run), sums, runs.Length(run), channels, parameter);
        }

        private void Factors(int sample, float* sums, float* own, float* ofGradient, float* ofInput, float* constant)
        {
            int channels = x.Layout.Channels;
            int width = channels / groups;
            double count = (double)x.Layout.Height * x.Layout.Width * width;
            for (int group = 0; group < groups; group++)
            {
                double r = scale[(long)sample * groups + group];
                double s1 = 0;
                double s2 = 0;
                for (int c = group * width; c < (group + 1) * width; c++)
                {
                    double ofShift = ChannelSums.Total(sums, 1, channels, c, 0);
                    double ofScale = ChannelSums.Total(sums, 1, channels, c, 1);
                    own[c] += (float)(ofScale * r);
                    own[channels + c] += (float)ofShift;
                    s1 += gamma[c] * ofShift;
                    s2 += gamma[c] * ofScale;
                }

                for (int c = group * width; c < (group + 1) * width; c++)
                {
                    ofGradient[c] = (float)(gamma[c] * r);
                    ofInput[c] = (float)(-r * r * r * s2 / count);
                    constant[c] = (float)(-r * s1 / count);
                }
            }
        }
    }

    private readonly ref struct BackwardUse(
        in TensorView x, float* gamma, int groups, float* mean, float* scale, in TensorView saved, in TensorView dy, in TensorView dx, float* sums, int parts, int batch)
        : IActivationUse
    {
        private readonly ref readonly TensorView x = ref x;
        private readonly ref readonly TensorView saved = ref saved;
        private readonly ref readonly TensorView dy = ref dy;
        private readonly ref readonly TensorView dx = ref dx;
        private readonly float* gamma = gamma;
        private readonly float* mean = mean;
        private readonly float* scale = scale;
        private readonly float* sums = sums;
        private readonly int groups = groups;
        private readonly int parts = parts;
        private readonly int batch = batch;

        public void Run<F>(float parameter)
            where F : struct, IActivation
            => Parts.Run(parts, (batch + parts - 1L) / parts * x.Layout.Count, new BackwardWork<F>(in x, gamma, groups, mean, scale, in saved, in dy, in dx, sums, parts, batch, parameter));
    }
}
