using System;
using Dsl.Runtime;

namespace Dsl.Generator.Networks.Graph;

/// <summary>How a parameter gets its first values, with the numbers worked out.</summary>
/// <param name="Kind">What they are.</param>
/// <param name="Value">The constant, bound or deviation.</param>
/// <param name="ZeroRow">The row of the first dimension that is zero whatever the rest; -1 for none.</param>
internal readonly record struct Initialisation(ParameterStart Kind, double Value = 0, int ZeroRow = -1)
{
    /// <summary>The layer that the user wrote, where it gives the first values itself.</summary>
    public RowLayerOf? Own { get; init; }

    public static Initialisation Zeros => new(ParameterStart.Constant);

    public static Initialisation Ones => new(ParameterStart.Constant, 1);

    /// <summary>Uniform in ±1/√fan_in: PyTorch's default for weights (Kaiming with a = √5) and biases of linear layers and convolutions.</summary>
    public static Initialisation FanIn(long fanIn) => new(ParameterStart.Uniform, 1 / Math.Sqrt(Math.Max(1, fanIn)));

    /// <summary>PyTorch's <c>nn.init</c> functions with their defaults; Kaiming with fan_in and gain √2.</summary>
    /// <param name="init">The attribute's <c>Init</c>.</param>
    /// <param name="fanIn">Inputs per output: second dimension times the kernel's area.</param>
    /// <param name="fanOut">First dimension times the kernel's area.</param>
    public static Initialisation Of(Init init, long fanIn, long fanOut)
    {
        double inputs = Math.Max(1, fanIn);
        double both = Math.Max(1, fanIn + (double)fanOut);
        return init switch
        {
            Init.XavierUniform => new(ParameterStart.Uniform, Math.Sqrt(6 / both)),
            Init.XavierNormal => new(ParameterStart.Normal, Math.Sqrt(2 / both)),
            Init.KaimingUniform => new(ParameterStart.Uniform, Math.Sqrt(6 / inputs)),
            Init.KaimingNormal => new(ParameterStart.Normal, Math.Sqrt(2 / inputs)),
            Init.Orthogonal => new(ParameterStart.Orthogonal, 1),
            Init.Zeros => Zeros,
            _ => FanIn(fanIn),
        };
    }
}
