using System;
using Dsl.Conformance;
using Xunit;

namespace Dsl.Runtime.Tests.Conformance;

/// <summary>The reference against numbers that PyTorch 1.13 printed (in double), and the published test vector of Philox.</summary>
public sealed class KnownValueTests
{
    private static readonly float[] Arguments = [-4, -1.5f, -0.25f, 0, 0.75f, 2, 5, 25];

    public static TheoryData<UnaryFunction, float, double[], double[]> Functions { get; } = new()
    {
        { UnaryFunction.ReLU, 0, [0, 0, 0, 0, 0.75, 2, 5, 25], [0, 0, 0, 0, 1, 1, 1, 1] },
        { UnaryFunction.ReLU6, 0, [0, 0, 0, 0, 0.75, 2, 5, 6], [0, 0, 0, 0, 1, 1, 1, 0] },
        { UnaryFunction.LeakyReLU, 0.1f, [-0.4, -0.15, -0.025, 0, 0.75, 2, 5, 25], [0.1, 0.1, 0.1, 0.1, 1, 1, 1, 1] },
        {
            UnaryFunction.ELU, 0.7f,
            [-0.687179052777886, -0.5438088878960992, -0.15483945185001657, 0, 0.75, 2, 5, 25],
            [0.012820947222113924, 0.15619111210390085, 0.5451605481499834, 0.7, 1, 1, 1, 1]
        },
        {
            UnaryFunction.GELU, 0,
            [-0.00012668496733247991, -0.10021080190328704, -0.10032341857926907, 0, 0.5800294857173489, 1.9544997361036416, 4.999998566742141, 25],
            [-0.0005036496612264215, -0.1274691922299796, 0.304626645116364, 0.5, 0.9992257217392352, 1.085231801078197, 1.000007146946002, 1]
        },
        {
            UnaryFunction.SiLU, 0,
            [-0.07194483984836623, -0.2736382857095345, -0.10945587477855048, 0, 0.5093840243815447, 1.7615941559557646, 4.966535745378576, 25],
            [-0.05266461489107291, -0.041294154299142946, 0.37628997842980233, 0.5, 0.8425999444967536, 1.0907842487848955, 1.0265474324296655, 1]
        },
        {
            UnaryFunction.Sigmoid, 0,
            [0.01798620996209156, 0.18242552380635635, 0.43782349911420193, 0.5, 0.679178699175393, 0.8807970779778823, 0.9933071490757153, 1],
            [0.017662706213291118, 0.14914645207033286, 0.24613408273759835, 0.25, 0.21789499376181404, 0.10499358540350662, 0.006648056670790033, 0]
        },
        {
            UnaryFunction.Tanh, 0,
            [-0.999329299739067, -0.9051482536448664, -0.24491866240370913, 0, 0.6351489523872873, 0.9640275800758169, 0.9999092042625951, 1],
            [0.0013409506830259165, 0.1807066389236486, 0.940014848806378, 1, 0.5965858082813315, 0.07065082485316443, 0.00018158323094385266, 0]
        },
        {
            UnaryFunction.Softplus, 0,
            [0.018149927917809738, 0.2014132779827524, 0.5759394198788436, 0.6931471805599453, 1.1368710061148999, 2.1269280110429727, 5.006715348489118, 25],
            [0.017986209962091555, 0.18242552380635632, 0.4378234991142019, 0.5, 0.679178699175393, 0.8807970779778824, 0.9933071490757152, 1]
        },
        {
            UnaryFunction.HardSwish, 0,
            [0, -0.375, -0.11458333333333333, 0, 0.46875, 1.6666666666666667, 5, 25],
            [0, 0, 0.4166666666666667, 0.5, 0.75, 1.1666666666666665, 1, 1]
        },
        {
            UnaryFunction.HardSigmoid, 0,
            [0, 0.25, 0.4583333333333333, 0.5, 0.625, 0.8333333333333334, 1, 1],
            [0, 1 / 6.0, 1 / 6.0, 1 / 6.0, 1 / 6.0, 1 / 6.0, 0, 0]
        },
    };

    [Theory]
    [MemberData(nameof(Functions))]
    public void FunctionsAreThoseOfPyTorch(UnaryFunction function, float parameter, double[] values, double[] derivatives)
    {
        for (int i = 0; i < Arguments.Length; i++)
        {
            var epilogue = new Epilogue(function, parameter);
            Close(values[i], ReferenceBackend.Apply(epilogue, Arguments[i]));
            Close(derivatives[i], ReferenceBackend.DerivativeFromInput(epilogue, Arguments[i]));
        }
    }

    [Fact]
    public void CrossEntropyIsThatOfPyTorch()
    {
        using var stage = new Stage<ReferenceBackend>(0);
        var logits = stage.Input("x", [0.5f, -1, 2, 1, 1, 1, -3, 0.25f, 0]);
        var dx = stage.Result("dx", 9);
        var loss = stage.Result("loss", 1);
        ReferenceBackend.CrossEntropy(logits, stage.Labels([2, -100, 0]), dx, loss, 3, 3, 0.1f, -100);
        Holds(loss, 2.0152405766837833);
        Holds(dx, 0.07097852940335168, 0.0028896199686770582, -0.07386814937202874, 0, 0, 0, -0.45600019952616766, 0.25842514660237337, 0.19757505292379438);
    }

    [Theory]
    [InlineData(ElementLoss.MeanSquaredError, 2.2425, new[] { 0.2, -1, 1, -0.45 })]
    [InlineData(ElementLoss.MeanAbsoluteError, 1.325, new[] { 0.25, -0.25, 0.25, -0.25 })]
    [InlineData(ElementLoss.Huber, 0.76, new[] { 0.1, -0.2, 0.2, -0.2 })]
    [InlineData(ElementLoss.BinaryCrossEntropy, 1.2746554818024574, new[] { 0.13061483280046365, -0.18276464465750122, 0.22019926949447058, -0.04361062920291474 })]
    public void ElementLossesAreThoseOfPyTorch(ElementLoss kind, double value, double[] gradient)
    {
        using var stage = new Stage<ReferenceBackend>(0);
        var dx = stage.Result("dx", 4);
        var loss = stage.Result("loss", 1);
        ReferenceBackend.ElementLoss(kind, 0.8f, stage.Input("x", [0.5f, -1, 2, -0.3f]), stage.Input("target", [0.1f, 1, 0, 0.6f]), dx, loss, 4);
        Holds(loss, value);
        Holds(dx, gradient);
    }

    [Fact]
    public void KLDivergenceIsThatOfPyTorch()
    {
        using var stage = new Stage<ReferenceBackend>(0);
        var x = stage.Input("x", [0.5f, -1, 2, -0.3f, -0.3f, 2, -1, 0.5f]);
        var target = stage.Input("target", [0.1f, 1, 0, 0.6f, 0.2f, 0.3f, 0.4f, 0.1f]);
        var dx = stage.Result("dx", 8);
        var loss = stage.Result("loss", 1);
        ReferenceBackend.KLDivergence(x, target, dx, loss, 2, 4);
        Holds(loss, -0.4383040546963332);
        Holds(dx, -0.05, -0.5, 0, -0.3, -0.1, -0.15, -0.2, -0.05);
    }

    [Theory]
    [InlineData("SGD", new[] { 0.6272763983749999, -0.99247239025, -0.4145465786875001 })]
    [InlineData("SGD, clipped", new[] { 0.9234915443365709, -1.8369358936490936, 0.3668225985511227 })]
    [InlineData("Adam", new[] { 0.9746560440747112, -1.9733567787972468, 0.47513877353838546 })]
    [InlineData("AdamW", new[] { 0.9737930520361762, -1.9707814516791122, 0.4847607516828217 })]
    [InlineData("RMSprop", new[] { 0.5635662593736434, -1.641309828718421, -0.05995807823440841 })]
    [InlineData("Adagrad", new[] { 0.981865736848528, -1.9853646730435048, 0.47009540749238193 })]
    public void OptimizersAreThoseOfPyTorch(string optimizer, double[] weights)
    {
        using var stage = new Stage<ReferenceBackend>(0);
        var w = stage.Input("parameters", [1, -2, 0.5f], Role.Updated);
        var g = stage.Input("gradients", new float[3], Role.Updated);
        var first = stage.Input("first", new float[3], Role.Updated);
        var second = stage.Input("second", new float[3], Role.Updated);
        var norm = stage.Result("norm", 1);
        var loss = stage.Input("loss", [1f]);
        var verdict = stage.Input("verdict", new float[StepOutcome.VerdictFloats], Role.Overwritable);
        var decay = new Regularization(0, 0.05f, 0);
        float[][] gradients = [[0.3f, -2, 0], [1, -1, 0.5f], [-0.2f, 0.1f, 4]];
        for (int step = 1; step <= 3; step++)
        {
            ReferenceBackend.Write(gradients[step - 1], g);
            ReferenceBackend.CheckGradients(g, 3, loss, verdict, step);
            ReferenceBackend.GradientNorm(g, 3, norm);
            switch (optimizer)
            {
                case "SGD":
                    ReferenceBackend.Sgd(w, g, first, 3, 0.1f, 0.9f, true, decay, FloatBuffer.None, verdict, step);
                    break;
                case "SGD, clipped":
                    ReferenceBackend.Sgd(w, g, FloatBuffer.None, 3, 0.1f, 0, false, new Regularization(1, 0, 0), norm, verdict, step);
                    break;
                case "RMSprop":
                    ReferenceBackend.RmsProp(w, g, first, second, 3, 0.01f, 0.99f, 1e-8f, 0.9f, decay, FloatBuffer.None, verdict, step);
                    break;
                case "Adagrad":
                    ReferenceBackend.Adagrad(w, g, first, 3, 0.01f, 1e-10f, decay, FloatBuffer.None, verdict, step);
                    break;
                default:
                    ReferenceBackend.Adam(w, g, first, second, 3, 0.01f, 0.9f, 0.999f, 1e-8f, optimizer == "AdamW", decay, FloatBuffer.None, verdict, step);
                    break;
            }
        }

        Holds(w, weights);
    }

    [Fact]
    public void PoolsAreThoseOfPyTorch()
    {
        using var stage = new Stage<ReferenceBackend>(0);
        var row = stage.Input("row", new TensorLayout(1, 1, 7), 1, [0, 1, 2, 3, 4, 5, 6]);
        var means = stage.Result("means", new TensorLayout(1, 1, 3), 1);
        ReferenceBackend.AdaptiveAvgPool2d(row, means, 1);
        Holds(means.Start, 1, 3, 5);

        var square = stage.Input("square", new TensorLayout(1, 3, 3), 1, [1, 2, 3, 4, 5, 6, 7, 8, 9]);
        var y = stage.Result("y", new TensorLayout(1, 2, 2), 1);
        ReferenceBackend.AvgPool2d(new PoolShape(2, 2, 2, 2, 1, 1), square, y, 1);
        Holds(y.Start, 0.25, 1.25, 2.75, 7);
        var negative = stage.Input("negative", new TensorLayout(1, 3, 3), 1, [-1, -2, -3, -4, -5, -6, -7, -8, -9]);
        ReferenceBackend.MaxPool2d(new PoolShape(2, 2, 2, 2, 1, 1), negative, y, FloatBuffer.None, 1);
        Holds(y.Start, -1, -2, -4, -5);
    }

    [Fact]
    public void RunningStatisticsAreThoseOfPyTorch()
    {
        using var stage = new Stage<ReferenceBackend>(0);
        var layout = new TensorLayout(1);
        var one = stage.Input("one", [1f]);
        var zero = stage.Input("zero", [0f]);
        var mean = stage.Result("mean", 1);
        var variance = stage.Result("variance", 1);
        var runningMean = stage.Input("runningMean", [0f], Role.Updated);
        var runningVariance = stage.Input("runningVariance", [1f], Role.Updated);
        ReferenceBackend.BatchNorm(stage.Input("x", layout, 4, [1, 2, 4, 9]), one, zero, 1e-5f, default, mean, variance, stage.Result("y", layout, 4), 4);
        ReferenceBackend.UpdateRunningStatistics(mean, variance, 4, 0.1f, runningMean, runningVariance, 1, stage.Input("verdict", [1f, .. new float[StepOutcome.VerdictFloats - 1]]));
        Holds(runningMean, 0.4);
        Holds(runningVariance, 2.1666666667);
    }

    /// <summary>Random123's first vector (kat_vectors: philox4x32, 10 rounds, counter and key 0), seen through masks.</summary>
    [Fact]
    public void DropoutDrawsFromPhilox()
    {
        uint[] words = [0x6627e8d5, 0xe169c58d, 0xbc57ac4c, 0x9b00dbd8];
        foreach (float probability in new[] { 0.39f, 0.41f, 0.6f, 0.61f, 0.73f, 0.74f, 0.87f, 0.89f })
            Assert.Equal(Array.ConvertAll(words, word => word < probability * 4294967296.0), Dropped(new DropoutKey(0, 0, 0), probability, 4));

        // The other words of key and counter, by the runtime's own implementation.
        const ulong Seed = 0x0123456789abcdef;
        Philox.Block(Seed, (77ul << 32) | 5, 3, out uint w0, out uint w1, out uint w2, out uint w3);
        bool[] expected = Array.ConvertAll(new[] { w0, w1, w2, w3 }, word => word < 0.5 * 4294967296.0);
        Assert.Equal(expected, Dropped(new DropoutKey(Seed, 5, 77), 0.5f, 16)[12..]);
    }

    private static bool[] Dropped(DropoutKey key, float probability, int count)
    {
        using var stage = new Stage<ReferenceBackend>(0);
        var layout = new TensorLayout(count);
        float[] ones = new float[count];
        Array.Fill(ones, 1);
        var y = stage.Result("y", layout, 1);
        ReferenceBackend.Dropout(key, probability, stage.Input("x", layout, 1, ones), y, 1);
        ReferenceBackend.Read(y.Start, ones);
        return Array.ConvertAll(ones, value => value == 0);
    }

    private static void Holds(FloatBuffer buffer, params double[] expected)
    {
        float[] values = new float[expected.Length];
        ReferenceBackend.Read(buffer, values);
        for (int i = 0; i < expected.Length; i++)
            Close(expected[i], values[i]);
    }

    // Rates and betas are floats here, doubles there: 1 - 0.99f is off by a millionth.
    private static void Close(double expected, double actual) => Assert.InRange(actual - expected, -1e-6, 1e-6);
}
