using System;
using System.Linq;
using Xunit;

namespace Dsl.Runtime.Tests.Conformance;

/// <summary>What every backend must do: each operation against the reference backend over drawn shapes.</summary>
public abstract class ConformanceSuite<TBackend>
    where TBackend : struct, IBackend
{
    /// <summary>Which part of the cases runs.</summary>
    protected virtual double Share => 1;

    [Theory]
    [MemberData(nameof(Families.Names), MemberType = typeof(Families))]
    public void AgreesWithTheReference(string family) => FamilyCheck.Run(family, Share, false, Comparison<TBackend>.WithReference);

    /// <summary>Enough work to be split over threads. Convolutions of that size have their place among the others.</summary>
    [Theory]
    [MemberData(nameof(Families.Names), MemberType = typeof(Families))]
    public void AgreesWithTheReferenceOnMuchWork(string family)
    {
        if (!family.Contains("Conv2d", StringComparison.Ordinal))
            FamilyCheck.Run(family, 0.04 * Share, true, Comparison<TBackend>.WithReference);
    }

    [Theory]
    [MemberData(nameof(Families.Names), MemberType = typeof(Families))]
    public void HidesNoNotANumber(string family) => FamilyCheck.Run(family, 0.3 * Share, false, Comparison<TBackend>.WithNotANumber);

    [Fact]
    public void AllFiniteLooksAtTheInteriorOnly()
    {
        var layout = new TensorLayout(3, 5, 7, 1, 2, 1, 2);
        foreach (float value in new[] { float.NaN, float.PositiveInfinity, float.NegativeInfinity })
        {
            for (int place = 0; place < 2 * layout.SampleStride; place++)
            {
                using var stage = new Stage<TBackend>(place);
                var view = stage.Input("x", layout, 2);
                Assert.True(TBackend.AllFinite(view, 2));
                TBackend.Write([value], view.Start + place);
                Assert.Equal(!stage.Operands[0].Interior().Contains(place), TBackend.AllFinite(view, 2));
            }
        }
    }

    [Fact]
    public void NewMemoryIsZeroAndKeepsWhatIsWritten()
    {
        var buffer = TBackend.Allocate(1000);
        float[] values = new float[1000];
        TBackend.Read(buffer, values);
        Assert.All(values, value => Assert.Equal(0, value));
        TBackend.Write([1, 2, 3], buffer + 997);
        TBackend.Read(buffer + 996, values.AsSpan(0, 4));
        Assert.Equal([0, 1, 2, 3], values[..4]);
        TBackend.Free(buffer);
    }

    [Theory]
    [MemberData(nameof(RefusedStepCheck.Optimizers), MemberType = typeof(RefusedStepCheck))]
    public void AnOptimizerRefusesAStepThatWouldNotStayFinite(string optimizer) => RefusedStepCheck.Run<TBackend>(optimizer);

    [Theory]
    [InlineData(1e-25f)]
    [InlineData(1e-19f)]
    public void AdamKeepsNoDenormalMoments(float gradient)
    {
        const int Count = 37;
        float[] gradients = new float[Count];
        using var stage = new Stage<TBackend>(1);
        Array.Fill(gradients, gradient);
        var parameters = stage.Input("parameters", Count, Role.Updated);
        var g = stage.Input("gradients", gradients, Role.Updated);
        var mean = stage.Input("mean", new float[Count], Role.Updated);
        var variance = stage.Input("variance", new float[Count], Role.Updated);
        var loss = stage.Input("loss", [1f]);
        var verdict = stage.Input("verdict", new float[StepOutcome.VerdictFloats], Role.Overwritable);
        float[] state = new float[2 * Count];
        for (int step = 1; step <= 600; step++)
        {
            TBackend.CheckGradients(g, Count, loss, verdict, step);
            TBackend.Adam(parameters, g, mean, variance, Count, 1e-3f, 0.5f, 0.5f, 1e-8f, false, default, FloatBuffer.None, verdict, step);
            TBackend.Read(mean, state.AsSpan(0, Count));
            TBackend.Read(variance, state.AsSpan(Count));
            Assert.DoesNotContain(state, float.IsSubnormal);
            if (step == 20)
                TBackend.Write(new float[Count], g);
        }
    }
}
