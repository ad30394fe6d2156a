using System;
using System.Linq;
using Dsl;

namespace ModelTests.Behaviour;

/// <summary>A batch of drawn inputs with labels and targets of any kind, and room for the outputs.</summary>
public sealed class Draw
{
    public Draw(INetwork network, Subject subject, int batch, int seed = 1)
    {
        var random = new Random(seed);
        Count = batch;
        Inputs = [.. network.Inputs.Select(port => Numbers(random, batch * port.Size))];
        Outputs = [.. network.Outputs.Select(port => new float[batch * port.Size])];
        Labels = [.. Enumerable.Range(0, batch * subject.Rows).Select(_ => subject.IsSigned ? (2 * random.Next(2)) - 1 : random.Next(Math.Max(1, subject.Classes)))];

        // Between 0 and 1: targets that every loss takes.
        Targets = [.. Enumerable.Range(0, batch * network.Outputs[0].Size).Select(_ => random.NextSingle())];
    }

    public int Count { get; }

    public float[][] Inputs { get; }

    public float[][] Outputs { get; }

    public int[] Labels { get; }

    public float[] Targets { get; }

    public float[] X => Inputs[0];

    public float[] Y => Outputs[0];

    public static float[] Numbers(Random random, int count) => [.. Enumerable.Range(0, count).Select(_ => (random.NextSingle() * 2) - 1)];
}
