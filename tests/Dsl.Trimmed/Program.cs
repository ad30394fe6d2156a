using System;
using System.IO;
using Dsl;

namespace Trimmed;

/// <summary>Trains, saves, loads and uses a network, without the parts of the framework that nothing asks for.</summary>
internal static class Program
{
    private static int Main()
    {
        float[] inputs = new float[256];
        int[] labels = new int[64];
        Random random = new(1);
        for (int i = 0; i < inputs.Length; i++)
            inputs[i] = random.NextSingle();
        for (int i = 0; i < labels.Length; i++)
            labels[i] = inputs[4 * i] < inputs[(4 * i) + 1] ? 1 : 0;
        using Comparing net = new(seed: 5);
        net.Fit(new Samples(inputs, labels), new FitOptions { Epochs = 60, BatchSize = 16 });
        using MemoryStream file = new();
        net.Save(file);
        using Comparing loaded = Comparing.Load(file.ToArray());
        Evaluation evaluation = loaded.Evaluate(new Samples(inputs, labels));
        Console.WriteLine($"accuracy {evaluation.Accuracy:0.00}");
        return evaluation.Accuracy > 0.9 ? 0 : 1;
    }
}

[Model, Input(4), Linear(16), ReLU, Linear(2), CrossEntropy, Adam(1e-2)]
internal sealed partial class Comparing;
