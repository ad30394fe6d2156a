using System;
using System.ComponentModel;

namespace Dsl.Runtime;

/// <summary>What the compiler makes of a struct marked <c>[Layer]</c>, so that a network can call it: it implements this in the struct's generated part.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public interface IRowLayer
{
    /// <summary>Length of an output row; 0: that of the input row.</summary>
    static abstract int Features { get; }

    /// <summary>Number of parameters.</summary>
    static abstract int ParameterCount { get; }

    /// <summary>Sets a row's output.</summary>
    static abstract void Forward(ReadOnlySpan<float> x, ReadOnlySpan<float> parameters, Span<float> y);

    /// <summary>Sets the gradient of a row's input, and adds to that of the parameters.</summary>
    static abstract void Backward(ReadOnlySpan<float> x, ReadOnlySpan<float> y, ReadOnlySpan<float> dy, ReadOnlySpan<float> parameters, Span<float> dx, Span<float> parameterGradients);

    /// <summary>Gives the parameters, which are zeros, their first values.</summary>
    static abstract void Initialize(Span<float> parameters, Random random);
}
