namespace Dsl.Runtime.Kernels;

/// <summary>Something to be done with an activation that is known only by its enum value.</summary>
internal interface IActivationUse
{
    void Run<F>(float parameter)
        where F : struct, IActivation;
}
