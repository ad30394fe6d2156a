using System;
using System.Runtime.CompilerServices;

namespace Dsl.Runtime.Kernels;

/// <summary>The activation functions of <see cref="UnaryFunction"/>, a file each, and the way from the enum value to the type.</summary>
internal static partial class Activation
{
    private const MethodImplOptions Inline = MethodImplOptions.AggressiveInlining;

    /// <summary>Runs <paramref name="use"/> with the type of the function.</summary>
    public static void Dispatch<TUse>(Epilogue function, TUse use)
        where TUse : IActivationUse, allows ref struct
    {
        switch (function.Function)
        {
            case UnaryFunction.Identity:
                use.Run<Identity>(0);
                break;
            case UnaryFunction.ReLU:
                use.Run<ReLU>(0);
                break;
            case UnaryFunction.ReLU6:
                use.Run<ReLU6>(0);
                break;
            case UnaryFunction.LeakyReLU:
                use.Run<LeakyReLU>(function.Parameter);
                break;
            case UnaryFunction.ELU when function.FollowsFromOutput:
                use.Run<ELU>(function.Parameter);
                break;
            case UnaryFunction.ELU:
                use.Run<ELUFromInput>(function.Parameter);
                break;
            case UnaryFunction.GELU:
                use.Run<GELU>(0);
                break;
            case UnaryFunction.SiLU:
                use.Run<SiLU>(0);
                break;
            case UnaryFunction.Sigmoid:
                use.Run<Sigmoid>(0);
                break;
            case UnaryFunction.Tanh:
                use.Run<Tanh>(0);
                break;
            case UnaryFunction.Softplus:
                use.Run<Softplus>(0);
                break;
            case UnaryFunction.HardSwish:
                use.Run<HardSwish>(0);
                break;
            case UnaryFunction.HardSigmoid:
                use.Run<HardSigmoid>(0);
                break;
            default:
                throw new ArgumentOutOfRangeException(nameof(function), function.Function, "No such function.");
        }
    }
}
