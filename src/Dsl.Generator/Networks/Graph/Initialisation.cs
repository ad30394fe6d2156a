using System;

namespace Dsl.Generator.Networks.Graph;

internal enum InitialisationKind
{
    /// <summary>Every element is <see cref="Initialisation.Value"/>.</summary>
    Constant,

    /// <summary>Uniform in ±<see cref="Initialisation.Value"/>.</summary>
    Uniform,

    /// <summary>Normal with mean 0 and deviation <see cref="Initialisation.Value"/>.</summary>
    Normal,

    /// <summary>Rows (or columns, if there are more rows) of a random orthogonal matrix; the first dimension by the rest.</summary>
    Orthogonal,
}

/// <summary>How a parameter gets its first values, with the numbers worked out.</summary>
internal readonly record struct Initialisation(InitialisationKind Kind, double Value = 0)
{
    public static Initialisation Zeros => new(InitialisationKind.Constant);

    public static Initialisation Ones => new(InitialisationKind.Constant, 1);

    /// <summary>Uniform in ±1/√fan_in: PyTorch's default for weights (Kaiming with a = √5) and biases of linear layers and convolutions.</summary>
    public static Initialisation FanIn(long fanIn) => new(InitialisationKind.Uniform, 1 / Math.Sqrt(Math.Max(1, fanIn)));

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
            Init.XavierUniform => new(InitialisationKind.Uniform, Math.Sqrt(6 / both)),
            Init.XavierNormal => new(InitialisationKind.Normal, Math.Sqrt(2 / both)),
            Init.KaimingUniform => new(InitialisationKind.Uniform, Math.Sqrt(6 / inputs)),
            Init.KaimingNormal => new(InitialisationKind.Normal, Math.Sqrt(2 / inputs)),
            Init.Orthogonal => new(InitialisationKind.Orthogonal, 1),
            Init.Zeros => Zeros,
            _ => FanIn(fanIn),
        };
    }
}
