using System;

namespace Dsl.Runtime.Tests.Conformance;

/// <summary>Rows through layers that a user wrote: one that keeps a row's length, and one with parameters and an output of its own length.</summary>
internal sealed record OwnRowsScenario(bool HasParameters, int Length, int Rows, bool WantsDx, bool WantsParameters) : Scenario
{
    public override double Tolerance => 3e-5;

    public static OwnRowsScenario From(Draw draw) => new(
        draw.Chance(0.6),
        draw.Size(60),
        draw.Large ? draw.Int(1000, 4000) : draw.Size(40),
        draw.Chance(0.8),
        draw.Chance(0.8));

    public override void Run<TBackend>(Stage<TBackend> stage)
    {
        RowLayer layer = HasParameters ? RowLayer.Of<TwoSums>(Length) : RowLayer.Of<Bend>(Length);
        var x = stage.Input("x", Rows * layer.Inputs);
        var parameters = HasParameters ? stage.Input("parameters", layer.ParameterCount) : FloatBuffer.None;
        var y = stage.Result("y", Rows * layer.Outputs);
        stage.Call(() => TBackend.OwnRows(layer, parameters, x, y, Rows));
        var dy = stage.Input("dy", Rows * layer.Outputs);
        var dx = WantsDx ? stage.Result("dx", Rows * layer.Inputs) : FloatBuffer.None;
        var dParameters = HasParameters && WantsParameters ? stage.Result("dParameters", layer.ParameterCount) : FloatBuffer.None;
        stage.Call(() => TBackend.OwnRowsBackward(layer, parameters, x, y, dy, dx, dParameters, Rows));
    }

    /// <summary>x² where positive.</summary>
    private readonly struct Bend : IRowLayer
    {
        public static int Features => 0;

        public static int ParameterCount => 0;

        public static void Forward(ReadOnlySpan<float> x, ReadOnlySpan<float> parameters, Span<float> y)
        {
            for (int i = 0; i < x.Length; i++)
                y[i] = x[i] * Math.Max(0, x[i]);
        }

        public static void Backward(ReadOnlySpan<float> x, ReadOnlySpan<float> y, ReadOnlySpan<float> dy, ReadOnlySpan<float> parameters, Span<float> dx, Span<float> parameterGradients)
        {
            for (int i = 0; i < x.Length; i++)
                dx[i] = 2 * Math.Max(0, x[i]) * dy[i];
        }

        public static void Initialize(Span<float> parameters, Random random)
        {
        }
    }

    /// <summary>The sum of a row times one parameter, and that of its squares times another.</summary>
    private readonly struct TwoSums : IRowLayer
    {
        public static int Features => 2;

        public static int ParameterCount => 2;

        public static void Forward(ReadOnlySpan<float> x, ReadOnlySpan<float> parameters, Span<float> y)
        {
            double sum = 0;
            double squares = 0;
            foreach (float value in x)
            {
                sum += value;
                squares += (double)value * value;
            }

            y[0] = (float)(parameters[0] * sum);
            y[1] = (float)(parameters[1] * squares);
        }

        public static void Backward(ReadOnlySpan<float> x, ReadOnlySpan<float> y, ReadOnlySpan<float> dy, ReadOnlySpan<float> parameters, Span<float> dx, Span<float> parameterGradients)
        {
            double sum = 0;
            double squares = 0;
            for (int i = 0; i < x.Length; i++)
            {
                sum += x[i];
                squares += (double)x[i] * x[i];
                dx[i] = (parameters[0] * dy[0]) + (2 * x[i] * parameters[1] * dy[1]);
            }

            parameterGradients[0] += (float)(sum * dy[0]);
            parameterGradients[1] += (float)(squares * dy[1]);
        }

        public static void Initialize(Span<float> parameters, Random random) => parameters.Fill(1);
    }
}
