using System;
using Xunit;

namespace Dsl.Runtime.Tests.Conformance;

/// <summary>Steps that an optimizer must refuse whole, and some close to them that it must not.</summary>
internal static class RefusedStepCheck
{
    private const float Huge = 3e38f;

    /// <summary>Every optimizer, with its options.</summary>
    public static TheoryData<string> Optimizers => new("Sgd", "Sgd, momentum", "Sgd, Nesterov", "Adam", "AdamW", "RmsProp", "RmsProp, momentum", "Adagrad");

    public static void Run<TBackend>(string optimizer)
        where TBackend : struct, IBackend
    {
        foreach (int count in new[] { 1, 37, 140_003 })
        {
            foreach (float clip in new[] { 0, 0.5f })
            {
                int place = count / 2;
                Expect(false, new Case { Gradient = float.NaN });
                Expect(false, new Case { Gradient = float.PositiveInfinity });
                Expect(false, new Case { Gradient = float.NegativeInfinity, Weight = Huge });

                // Away from 0 a weight leaves the range, towards 0 it does not.
                Expect(false, new Case { Weight = -Huge, Gradient = 1, Rate = Huge });
                Expect(true, new Case { Weight = Huge, Gradient = 1, Rate = 1e37f });
                Expect(false, new Case { Weight = 1e5f, Decay = 1e38f, Rate = 0.1f });
                Expect(false, new Case { Weight = float.NaN });
                Expect(true, new Case { Weight = 1, Gradient = 1 });
                if (clip > 0)
                {
                    Expect(true, new Case { Gradient = 1e25f });
                    continue;
                }

                if (optimizer is "Sgd, momentum" or "Sgd, Nesterov")
                    Expect(false, new Case { First = Huge, Gradient = Huge, Rate = 1e-3f });
                if (optimizer is not ("Sgd" or "Sgd, momentum" or "Sgd, Nesterov"))
                    Expect(false, new Case { Gradient = 1e25f });

                void Expect(bool applied, Case given) => Check<TBackend>(optimizer, count, clip, place, given, applied);
            }
        }
    }

    private static void Check<TBackend>(string optimizer, int count, float clip, int place, Case given, bool applied)
        where TBackend : struct, IBackend
    {
        OptimizerKind kind = Enum.Parse<OptimizerKind>(optimizer.StartsWith("AdamW", StringComparison.Ordinal) ? "Adam" : optimizer.Split(',')[0]);
        bool hasMomentum = optimizer.Contains("momentum", StringComparison.Ordinal) || optimizer.Contains("Nesterov", StringComparison.Ordinal);
        var scenario = new OptimizerScenario(kind, count, new Regularization(clip, given.Decay, 0), hasMomentum ? 0.9f : 0, optimizer is "AdamW" or "Sgd, Nesterov", 2, 1, 1);
        using var stage = new Stage<TBackend>(1);
        var parameters = stage.Input("parameters", One(given.Weight), Role.Updated);
        var gradients = stage.Input("gradients", One(given.Gradient));
        var first = stage.Input("first", One(given.First), Role.Updated);
        var second = stage.Input("second", new float[count], Role.Updated);
        var verdict = stage.Input("verdict", new float[StepOutcome.VerdictFloats], Role.Overwritable);
        var loss = stage.Input("loss", [1f]);
        var norm = clip > 0 ? stage.Result("norm", 1) : FloatBuffer.None;
        float[][] before = [Read(parameters), Read(first), Read(second)];
        Step(gradients, given.Rate, 2);
        float[] found = Verdict();
        string what = $"{optimizer} of {count}, clip {clip}: {given}";
        Assert.True(applied == float.IsFinite(found[0]), what);
        float[][] after = [Read(parameters), Read(first), Read(second)];
        if (applied)
        {
            Assert.True(before[0][place] != after[0][place] || given.Gradient == 1e25f, what);
            Assert.All(after, values => Assert.DoesNotContain(values, value => !float.IsFinite(value)));
            return;
        }

        Assert.True(place == BitConverter.SingleToInt32Bits(found[1]), $"{what}: at {BitConverter.SingleToInt32Bits(found[1])}, not {place}");
        Unchanged(after);

        // A good step behind it, of which the host did not know better, changes nothing, and hides nothing.
        Step(stage.Input("good", One(1)), 0.01f, 3);
        Unchanged([Read(parameters), Read(first), Read(second)]);
        float[] kept = Verdict();
        Assert.True(!float.IsFinite(kept[0]) && place == BitConverter.SingleToInt32Bits(kept[1]) && BitConverter.SingleToInt32Bits(kept[2]) == 2, what);

        // Once it has seen the refusal, and made good what was wrong, steps are taken again.
        TBackend.Write(new float[StepOutcome.VerdictFloats], verdict);
        TBackend.Write(new float[count], parameters);
        TBackend.Write(new float[count], first);
        Step(stage.Input("good again", One(1)), 0.01f, 2);
        Assert.True(Read(parameters)[place] != 0 && float.IsFinite(Verdict()[0]), what);

        void Step(FloatBuffer gradient, float rate, long step)
        {
            TBackend.CheckGradients(gradient, count, loss, verdict, step);
            if (clip > 0)
                TBackend.GradientNorm(gradient, count, norm);
            scenario.Update<TBackend>(rate, parameters, gradient, first, second, norm, verdict, step);
        }

        float[] Verdict()
        {
            float[] values = new float[StepOutcome.VerdictFloats];
            TBackend.Read(verdict, values);
            return values;
        }

        void Unchanged(float[][] now)
        {
            for (int i = 0; i < before.Length; i++)
                Assert.True(before[i].AsSpan().SequenceEqual(now[i]) || float.IsNaN(given.Weight), what);
        }

        float[] One(float value)
        {
            float[] values = new float[count];
            values[place] = value;
            return values;
        }

        float[] Read(FloatBuffer buffer)
        {
            float[] values = new float[count];
            TBackend.Read(buffer, values);
            return values;
        }
    }

    /// <summary>What one element is given; all others are 0.</summary>
    private sealed record Case
    {
        public float Weight { get; init; }

        public float Gradient { get; init; }

        public float First { get; init; }

        public float Decay { get; init; }

        public float Rate { get; init; } = 0.01f;
    }
}
