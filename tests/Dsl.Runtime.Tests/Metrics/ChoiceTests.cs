using System;
using System.Linq;
using Dsl.Conformance;
using Xunit;

namespace Dsl.Runtime.Tests;

/// <summary>What the host takes for the choice of a network, and what the backends count as right: one rule.</summary>
public class ChoiceTests
{
    private static readonly float[] Values = [float.NaN, float.NegativeInfinity, -1, -0f, 0, 0.5f, 1, 1, float.PositiveInfinity];

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(4)]
    public void Every_backend_counts_the_hosts_label_as_right(int columns)
    {
        int rows = (int)Math.Pow(Values.Length, columns);
        for (int row = 0; row < rows; row++)
        {
            float[] scores = [.. Enumerable.Range(0, columns).Select(column => Values[row / (int)Math.Pow(Values.Length, column) % Values.Length])];
            int label = Choice.Label(scores);
            for (int other = columns == 1 ? -1 : 0; other <= Math.Max(1, columns - 1); other++)
            {
                Assert.Equal(other == label ? 1 : 0, Correct<CpuBackend>(scores, other));
                Assert.Equal(other == label ? 1 : 0, Correct<ReferenceBackend>(scores, other));
            }
        }
    }

    [Fact]
    public void Every_backend_counts_the_hosts_decisions()
    {
        float[] targets = [0, 0.25f, BitConverter.Int32BitsToSingle(BitConverter.SingleToInt32Bits(0.5f) - 1), 0.5f, 0.75f, 1];
        foreach (float logit in Values)
        {
            foreach (float target in targets)
            {
                // Nine of one kind: the vectors' part and what is left of it.
                float[] logits = [.. Enumerable.Repeat(logit, 9)];
                float[] wanted = [.. Enumerable.Repeat(target, 9)];
                int met = Choice.IsMet(logit, target) ? 9 : 0;
                Assert.Equal(met, Met<CpuBackend>(logits, wanted));
                Assert.Equal(met, Met<ReferenceBackend>(logits, wanted));
            }
        }

        Assert.True(Choice.IsMet(0, 0.49f));
        Assert.False(Choice.IsMet(0, 0.5f));
        Assert.True(Choice.IsMet(float.Epsilon, 0.5f));
    }

    private static float Correct<TBackend>(float[] scores, int label)
        where TBackend : struct, IBackend
    {
        FloatBuffer x = TBackend.Allocate(scores.Length);
        IntBuffer labels = TBackend.AllocateInts(1);
        FloatBuffer correct = TBackend.Allocate(1);
        TBackend.Write(scores, x);
        TBackend.Write([label], labels);
        TBackend.CountCorrect(x, labels, correct, 1, scores.Length, int.MinValue);
        float[] count = new float[1];
        TBackend.Read(correct, count);
        TBackend.Free(x);
        TBackend.Free(labels);
        TBackend.Free(correct);
        return count[0];
    }

    private static float Met<TBackend>(float[] logits, float[] targets)
        where TBackend : struct, IBackend
    {
        FloatBuffer x = TBackend.Allocate(logits.Length);
        FloatBuffer t = TBackend.Allocate(targets.Length);
        FloatBuffer correct = TBackend.Allocate(1);
        TBackend.Write(logits, x);
        TBackend.Write(targets, t);
        TBackend.CountTargetsMet(x, t, correct, logits.Length);
        float[] count = new float[1];
        TBackend.Read(correct, count);
        TBackend.Free(x);
        TBackend.Free(t);
        TBackend.Free(correct);
        return count[0];
    }
}
