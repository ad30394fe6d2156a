using System;

namespace Dsl.Runtime.Tests.Conformance;

/// <summary>
/// One drawn case of an operation and, where it has one, of its gradient. Names bind: the gradient of input <c>x</c> is result <c>dx</c>, of
/// <c>weight</c> <c>dWeight</c>; the output is <c>y</c> with gradient <c>dy</c>, or <c>loss</c>.
/// </summary>
internal abstract record Scenario
{
    /// <summary>Largest difference to the reference, in parts of the result's largest value.</summary>
    public virtual double Tolerance => 1e-5;

    /// <summary>The least "largest value" that <see cref="Tolerance"/> refers to: sums of terms of about 1 cancel.</summary>
    public virtual double Floor => 0.3;

    /// <summary>How far a value may be from the reference's, in a result whose largest value is <paramref name="largest"/>.</summary>
    public virtual double Allowed(double reference, double largest) => Tolerance * Math.Max(largest, Floor);

    public abstract void Run<TBackend>(Stage<TBackend> stage)
        where TBackend : struct, IBackend;
}
