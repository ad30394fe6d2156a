using System;
using BenchModels;
using MobileNet;

namespace Dsl.Benchmarks.Peers;

/// <summary>Our side of the rows of MobileNetV2 and ResNet-20.</summary>
internal static class PhotoNetworks
{
    private const int HeadBatch = 16;
    private const int ResNetBatch = 64;
    private const int HeadClasses = 5;

    private static readonly Lazy<(float[][] Inputs, int[][] Labels)> HeadData = new(() => OwnNetworks.Data(2, HeadBatch, 3 * 224 * 224, HeadClasses));
    private static readonly Lazy<(float[][] Inputs, int[][] Labels)> ResNetData = new(() => OwnNetworks.Data(8, ResNetBatch, 3 * 32 * 32, 10));

    /// <summary>With weights that keep the size of what flows: by those that a convolution starts with it would fade to denormal numbers within 52 layers.</summary>
    public static MobileNetV2 NewMobileNet()
    {
        MobileNetV2 net = new(seed: 0);
        foreach (Parameter parameter in net.Parameters)
        {
            if (parameter.Shape.Length != 4)
                continue;

            // From U(±1/√fan_in) to a variance of 2 / fan_in.
            foreach (ref float value in parameter.Values)
                value *= MathF.Sqrt(6);
        }

        return net;
    }

    public static OwnWork MobileNetPredict(int batch) => Predict(NewMobileNet(), batch);

    /// <summary>As a user's program does it: weights from a file.</summary>
    public static OwnWork MobileNetPredictOf(string weights) => Predict(MobileNetV2.Load(weights), 1);

    public static OwnWork MobileNetHeadStep()
    {
        FlowerNet net = new(seed: 0);
        using (MobileNetV2 trained = NewMobileNet())
            net.TakeBody(trained);
        return OwnNetworks.Training(HeadData.Value, (x, y) => net.TrainStep(x, y), net.Dispose);
    }

    public static OwnWork ResNetStep()
    {
        ResNet20 net = new(seed: 0);
        return OwnNetworks.Training(ResNetData.Value, (x, y) => net.TrainStep(x, y), net.Dispose);
    }

    private static OwnWork Predict(MobileNetV2 net, int batch)
    {
        float[] x = OwnNetworks.Data(1, batch, 3 * 224 * 224, HeadClasses).Inputs[0];
        float[] y = new float[batch * 1001];
        return new OwnWork(() => net.Predict(x, y), net.Dispose);
    }
}
