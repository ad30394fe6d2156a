using System;

namespace Dsl;

/// <summary>An upper bound that the compiler holds the declaration to (DSL304). What is not given is not bounded.</summary>
[AttributeUsage(AttributeTargets.Class, AllowMultiple = true, Inherited = false)]
public sealed class BudgetAttribute : Attribute
{
    /// <summary>The most parameters, frozen ones counted, running statistics not.</summary>
    public long Parameters { get; set; }

    /// <summary>The most operations of one forward pass over one sample, in millions; a multiply-add is two.</summary>
    public double MegaFlops { get; set; }

    /// <summary>The most memory for parameters and the activations of <see cref="Batch"/> samples, in 10⁶ bytes: four bytes for every parameter and for every element of every layer's output.</summary>
    public double Megabytes { get; set; }

    /// <summary>The samples whose activations <see cref="Megabytes"/> counts, at least 1.</summary>
    public int Batch { get; set; } = 1;
}
