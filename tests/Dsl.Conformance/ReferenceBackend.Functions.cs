using System;
using Dsl.Runtime;

namespace Dsl.Conformance;

/// <content>Scalar functions and their derivatives, as PyTorch defines them at the kinks.</content>
public readonly partial struct ReferenceBackend
{
    internal static double Apply(Epilogue epilogue, double x) => epilogue.Function switch
    {
        UnaryFunction.Identity => x,
        UnaryFunction.ReLU => Math.Max(x, 0),
        UnaryFunction.ReLU6 => Math.Min(Math.Max(x, 0), 6),
        UnaryFunction.LeakyReLU => x < 0 ? epilogue.Parameter * x : x,
        UnaryFunction.ELU => x < 0 ? epilogue.Parameter * ExpMinusOne(x) : x,
        UnaryFunction.GELU => x * NormalCdf(x),
        UnaryFunction.SiLU => x * Sigmoid(x),
        UnaryFunction.Sigmoid => Sigmoid(x),
        UnaryFunction.Tanh => Math.Tanh(x),
        UnaryFunction.Softplus => x > 20 ? x : LogOnePlus(Math.Exp(x)),
        UnaryFunction.HardSwish => x * Math.Min(Math.Max(x + 3, 0), 6) / 6,
        UnaryFunction.HardSigmoid => Math.Min(Math.Max(x + 3, 0), 6) / 6,
        _ => throw new ArgumentOutOfRangeException(nameof(epilogue)),
    };

    /// <summary>The derivative, from the function's value where it follows from that.</summary>
    internal static double DerivativeFromOutput(Epilogue epilogue, double y) => epilogue.Function switch
    {
        UnaryFunction.Identity => 1,
        UnaryFunction.ReLU => y <= 0 ? 0 : 1,
        UnaryFunction.ReLU6 => y is <= 0 or >= 6 ? 0 : 1,
        UnaryFunction.LeakyReLU => y > 0 ? 1 : epilogue.Parameter,
        UnaryFunction.ELU => y <= 0 ? y + epilogue.Parameter : 1,
        UnaryFunction.Sigmoid => y * (1 - y),
        UnaryFunction.Tanh => 1 - (y * y),
        _ => throw new ArgumentOutOfRangeException(nameof(epilogue), $"The derivative of {epilogue.Function} does not follow from its value."),
    };

    /// <summary>The derivative, from the function's argument.</summary>
    internal static double DerivativeFromInput(Epilogue epilogue, double x) => epilogue.Function switch
    {
        UnaryFunction.LeakyReLU => x > 0 ? 1 : epilogue.Parameter,
        UnaryFunction.ELU => x > 0 ? 1 : epilogue.Parameter * Math.Exp(x),
        UnaryFunction.GELU => NormalCdf(x) + (x * Math.Exp(-x * x / 2) / Math.Sqrt(2 * Math.PI)),
        UnaryFunction.SiLU => Sigmoid(x) * (1 + (x * (1 - Sigmoid(x)))),
        UnaryFunction.Softplus => x > 20 ? 1 : Sigmoid(x),
        UnaryFunction.HardSwish => x < -3 ? 0 : x <= 3 ? (x / 3) + 0.5 : 1,
        UnaryFunction.HardSigmoid => x is <= -3 or >= 3 ? 0 : 1.0 / 6,
        _ => DerivativeFromOutput(epilogue, Apply(epilogue, x)),
    };

    /// <summary>dy · derivative; 0 where the derivative is 0 whatever dy is, as PyTorch's masks have it.</summary>
    private static double Chain(double dy, double derivative) => derivative == 0 ? 0 : dy * derivative;

    private static double Sigmoid(double x) => 1 / (1 + Math.Exp(-x));

    private static double ExpMinusOne(double x) => Math.Abs(x) < 1e-5 ? x + (x * x / 2) : Math.Exp(x) - 1;

    private static double LogOnePlus(double x) => x < 1e-5 ? x - (x * x / 2) : Math.Log(1 + x);

    /// <summary>
    /// Φ(x) = ½·erfc(-x/√2). erf by its Taylor series below 2, erfc by its continued fraction above (Abramowitz and Stegun 7.1.6, 7.1.14).
    /// </summary>
    private static double NormalCdf(double x)
    {
        double z = Math.Abs(x) / Math.Sqrt(2);
        double upperTail;
        if (z < 2)
        {
            double term = z;
            double sum = z;
            for (int n = 1; n < 80; n++)
            {
                term *= 2 * z * z / ((2 * n) + 1);
                sum += term;
            }

            upperTail = 0.5 - (sum * Math.Exp(-z * z) / Math.Sqrt(Math.PI));
        }
        else
        {
            double fraction = z;
            for (int n = 120; n > 0; n--)
                fraction = z + (n / 2.0 / fraction);
            upperTail = Math.Exp(-z * z) / Math.Sqrt(Math.PI) / fraction / 2;
        }

        if (double.IsNaN(x))
            return x;
        return x < 0 ? upperTail : 1 - upperTail;
    }
}
