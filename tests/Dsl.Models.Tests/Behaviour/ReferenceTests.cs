using System;
using System.Linq;
using Dsl;
using Xunit;

namespace ModelTests.Behaviour;

/// <summary>The same generated code on the backend of plain loops: the seam holds, and the SIMD kernels do what the loops do.</summary>
public class ReferenceTests
{
    [Theory]
    [MemberData(nameof(Subject.Names), MemberType = typeof(Subject))]
    public void Both_backends_train_and_predict_alike(string name)
    {
        Subject subject = Subject.Named(name);
        using Network cpu = subject.OnCpu(4);
        using Network reference = subject.OnReference(4);
        var a = new Draw(cpu, subject, 5);
        var b = new Draw(reference, subject, 5);
        Same.Bits(cpu, reference);
        Compare();

        for (int step = 0; step < 3; step++)
        {
            float expected = subject.TrainStep(reference, b);
            Assert.Equal(expected, subject.TrainStep(cpu, a), 1e-4 * Math.Max(1, Math.Abs(expected)));

            // Adam makes a whole step even of a gradient that is rounding (that of a bias before a batch norm is), so gradients are compared, and
            // weights where there is one; both go on from the same.
            double steepest = reference.Parameters.Max(parameter => Largest(parameter.Gradients));
            foreach (Parameter parameter in reference.Parameters)
            {
                Parameter twin = cpu.Parameters[parameter.Name];
                Same.Close($"{parameter.Name} gradient", parameter.Gradients, twin.Gradients, 1e-4, steepest);
                if (!parameter.IsTrainable || Largest(parameter.Gradients) > 1e-4 * steepest)
                    Same.Close(parameter.Name, parameter.Values, twin.Values, 1e-3);
            }

            CopyValues(reference, cpu);
        }

        Compare();

        void Compare()
        {
            subject.Predict(reference, b);
            subject.Predict(cpu, a);
            for (int i = 0; i < b.Outputs.Length; i++)
                Same.Close($"output {i}", b.Outputs[i], a.Outputs[i], 1e-4);
            Assert.Equal(subject.Loss(reference, b), subject.Loss(cpu, a), 1e-4);
        }
    }

    [Fact]
    public void Weights_written_on_the_host_reach_a_backend_of_its_own_memory()
    {
        Subject subject = Subject.Named(nameof(Mlp));
        using Network network = subject.OnReference(4);
        var draw = new Draw(network, subject, 2);
        subject.TrainStep(network, draw);
        subject.Predict(network, draw);
        network.Parameters["Linear2.weight"].Values.Clear();
        Span<float> bias = network.Parameters["Linear2.bias"].Values;
        for (int i = 0; i < 5; i++)
            bias[i] = i;
        subject.Predict(network, draw);
        Assert.Equal([0, 1, 2, 3, 4, 0, 1, 2, 3, 4], draw.Y);
    }

    [Fact]
    public void A_checkpoint_on_a_backend_of_its_own_memory_keeps_the_optimizers_state()
    {
        Subject subject = Subject.Named(nameof(Mlp));
        using Network network = subject.OnReference(4);
        using Network other = subject.OnReference(5);
        var draw = new Draw(network, subject, 4);
        for (int i = 0; i < 3; i++)
            subject.TrainStep(network, draw);

        // Written from the host just before: the state beside it must still come from the backend.
        network.Parameters["Linear2.bias"].Values[0] = 0.5f;
        string path = System.IO.Path.GetTempFileName();
        try
        {
            network.SaveCheckpoint(path);
            other.LoadCheckpoint(path);
        }
        finally
        {
            System.IO.File.Delete(path);
        }

        for (int i = 0; i < 3; i++)
            Assert.Equal(subject.TrainStep(network, draw), subject.TrainStep(other, draw));
        Same.Bits(network, other);
    }

    private static double Largest(ReadOnlySpan<float> values)
    {
        double largest = 0;
        foreach (float value in values)
            largest = Math.Max(largest, Math.Abs(value));
        return largest;
    }

    private static void CopyValues(Network from, Network to)
    {
        for (int i = 0; i < from.Parameters.Count; i++)
            from.Parameters[i].Values.CopyTo(to.Parameters[i].Values);
    }
}
