// One file in two assemblies, so that the compiler and the kernels cannot disagree; in the compiler under a namespace of its own, for tools that see both.
#if NETSTANDARD
namespace Dsl.Generator.Planning;
#else
namespace Dsl.Runtime;
#endif

/// <summary>An element-wise function with at most one parameter.</summary>
public enum UnaryFunction
{
    /// <summary>x</summary>
    Identity,

    /// <summary>max(0, x); NaN stays NaN.</summary>
    ReLU,

    /// <summary>min(max(0, x), 6)</summary>
    ReLU6,

    /// <summary>x for x ≥ 0, else parameter·x</summary>
    LeakyReLU,

    /// <summary>x for x ≥ 0, else parameter·(eˣ - 1)</summary>
    ELU,

    /// <summary>x·Φ(x), exact (erf)</summary>
    GELU,

    /// <summary>x·sigmoid(x)</summary>
    SiLU,

    /// <summary>1 / (1 + e⁻ˣ)</summary>
    Sigmoid,

    /// <summary>tanh x</summary>
    Tanh,

    /// <summary>ln(1 + eˣ), x itself above 20 as PyTorch</summary>
    Softplus,

    /// <summary>x·min(max(x + 3, 0), 6) / 6</summary>
    HardSwish,

    /// <summary>min(max(x + 3, 0), 6) / 6</summary>
    HardSigmoid,
}

/// <summary>From which side of a function its derivative is computed.</summary>
internal static class UnaryDerivative
{
    /// <summary>True where from the output, false where from the input.</summary>
    /// <param name="function">The function.</param>
    /// <param name="parameter">Its parameter as kernels get it: a slope or alpha may round to 0 on the way from a double.</param>
    public static bool FollowsFromOutput(UnaryFunction function, float parameter) => function switch
    {
        UnaryFunction.Identity or UnaryFunction.ReLU or UnaryFunction.ReLU6 or UnaryFunction.Sigmoid or UnaryFunction.Tanh => true,
        UnaryFunction.LeakyReLU => parameter >= 0,
        UnaryFunction.ELU => parameter > 0,
        _ => false,
    };
}
