using System;

namespace Dsl.Runtime;

/// <summary>A layer that a user wrote in C#, for rows of one length: an operation's constant as a shape is.</summary>
public abstract class RowLayer
{
    private protected RowLayer(string name, int inputs, int outputs, int parameterCount)
    {
        Name = name;
        Inputs = inputs;
        Outputs = outputs;
        ParameterCount = parameterCount;
    }

    /// <summary>The struct's name.</summary>
    public string Name { get; }

    /// <summary>Length of an input row.</summary>
    public int Inputs { get; }

    /// <summary>Length of an output row.</summary>
    public int Outputs { get; }

    /// <summary>Number of parameters.</summary>
    public int ParameterCount { get; }

    /// <summary>The layer for rows of a length.</summary>
    /// <typeparam name="TLayer">What the user wrote.</typeparam>
    /// <param name="inputs">Length of an input row.</param>
    public static RowLayer Of<TLayer>(int inputs)
        where TLayer : struct, IRowLayer => new RowsOf<TLayer>(inputs);

    /// <summary>Sets the outputs of rows that lie one behind the other.</summary>
    public abstract void Forward(ReadOnlySpan<float> x, ReadOnlySpan<float> parameters, Span<float> y);

    /// <summary>Sets the gradients of the rows' inputs, and adds to that of the parameters.</summary>
    /// <param name="x">Input rows.</param>
    /// <param name="y">Output rows.</param>
    /// <param name="dy">Gradients of the output rows.</param>
    /// <param name="parameters">The parameters.</param>
    /// <param name="dx">Gradients of the input rows; or room for one row, where nobody wants them.</param>
    /// <param name="parameterGradients">Gradients of the parameters.</param>
    public abstract void Backward(ReadOnlySpan<float> x, ReadOnlySpan<float> y, ReadOnlySpan<float> dy, ReadOnlySpan<float> parameters, Span<float> dx, Span<float> parameterGradients);

    /// <summary>Gives parameters, which are zeros, their first values.</summary>
    public abstract void Initialize(Span<float> parameters, Random random);

    private sealed class RowsOf<TLayer>(int inputs) : RowLayer(typeof(TLayer).Name, inputs, TLayer.Features == 0 ? inputs : TLayer.Features, TLayer.ParameterCount)
        where TLayer : struct, IRowLayer
    {
        public override void Forward(ReadOnlySpan<float> x, ReadOnlySpan<float> parameters, Span<float> y)
        {
            for (int from = 0, to = 0; from < x.Length; from += Inputs, to += Outputs)
                TLayer.Forward(x.Slice(from, Inputs), parameters, y.Slice(to, Outputs));
        }

        public override void Backward(ReadOnlySpan<float> x, ReadOnlySpan<float> y, ReadOnlySpan<float> dy, ReadOnlySpan<float> parameters, Span<float> dx, Span<float> parameterGradients)
        {
            bool isWanted = dx.Length == x.Length;
            for (int from = 0, to = 0; from < x.Length; from += Inputs, to += Outputs)
                TLayer.Backward(x.Slice(from, Inputs), y.Slice(to, Outputs), dy.Slice(to, Outputs), parameters, dx.Slice(isWanted ? from : 0, Inputs), parameterGradients);
        }

        public override void Initialize(Span<float> parameters, Random random) => TLayer.Initialize(parameters, random);
    }
}
