using System;

namespace Dsl;

/// <summary>
/// Marks a partial struct as a layer of your own, which `Custom` puts into a network. It works on one row, the last dimension, at a time:
/// `static void Forward(ReadOnlySpan&lt;float&gt; x, Span&lt;float&gt; y)` sets y, `static void Backward(ReadOnlySpan&lt;float&gt; x, ReadOnlySpan&lt;float&gt; y, ReadOnlySpan&lt;float&gt; dy,
/// Span&lt;float&gt; dx)` sets dx. With a `const int ParameterCount` above 0 both take `ReadOnlySpan&lt;float&gt; parameters` behind their inputs, `Backward` a last
/// `Span&lt;float&gt; parameterGradients` to add to, and `static void Initialize(Span&lt;float&gt; parameters, Random random)` may give first values in place of zeros.
/// Rows run on several threads. `GradientCheck.Run` compares Backward with central differences.
/// </summary>
[AttributeUsage(AttributeTargets.Struct, Inherited = false)]
public sealed class LayerAttribute : Attribute
{
    /// <summary>Length of an output row; 0: that of the input row.</summary>
    public int Features { get; set; }
}
