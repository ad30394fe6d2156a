namespace Dsl.Runtime;

/// <summary>
/// The function that a kernel applies to its result on the way out. In training only those are fused whose derivative follows from their own
/// output: Identity, ReLU, ReLU6, LeakyReLU (parameter ≥ 0), ELU (parameter &gt; 0), Sigmoid, Tanh.
/// </summary>
/// <param name="Function">The function.</param>
/// <param name="Parameter">Slope of LeakyReLU, alpha of ELU, else unused.</param>
public readonly record struct Epilogue(UnaryFunction Function, float Parameter = 0)
{
    /// <summary>True for the identity: there is nothing to apply.</summary>
    public bool IsNone => Function == UnaryFunction.Identity;

    /// <summary>True where the derivative is computed from the function's output, false where from its input.</summary>
    public bool FollowsFromOutput => Function switch
    {
        UnaryFunction.Identity or UnaryFunction.ReLU or UnaryFunction.ReLU6 or UnaryFunction.Sigmoid or UnaryFunction.Tanh => true,
        UnaryFunction.LeakyReLU => Parameter >= 0,
        UnaryFunction.ELU => Parameter > 0,
        _ => false,
    };
}
