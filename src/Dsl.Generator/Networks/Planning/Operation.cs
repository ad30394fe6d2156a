using System;

namespace Dsl.Generator.Networks.Planning;

/// <summary>When an operation of a pass happens.</summary>
internal enum Condition
{
    Always,

    /// <summary>Where the run counts how many labels were met.</summary>
    WhenCounting,

    /// <summary>Where the run looks for the first value that is not finite.</summary>
    WhenTraced,

    /// <summary>Where the caller asks for gradients at the inputs.</summary>
    WhenInputGradients,
}

/// <summary>One call of an operation.</summary>
internal sealed class Operation(Signature signature, Operand[] operands, string? comment, Condition condition = Condition.Always)
{
    private bool hasConditional;

    /// <summary>What is called.</summary>
    public Signature Signature { get; } = signature;

    /// <summary>What it is called with, in the signature's order.</summary>
    public Operand[] Operands { get; } = operands;

    /// <summary>The comment above it: the layer and its shape; null where the operation belongs to the one before.</summary>
    public string? Comment { get; } = comment;

    public Condition Condition { get; private set; } = condition;

    /// <summary>It happens only where the caller asks for gradients at the inputs.</summary>
    public void MakeConditional() => Condition = Condition.WhenInputGradients;

    /// <summary>An operand is given only where the caller asks for gradients at the inputs.</summary>
    /// <param name="index">Its place.</param>
    public void MakeConditional(int index)
    {
        Operands[index] = Operands[index].WhenInputGradients();
        hasConditional = true;
    }

    /// <summary>The operation as it is where nobody asks for gradients at the inputs.</summary>
    public Operation WithoutInputs() => hasConditional
        ? new(Signature, Array.ConvertAll(Operands, operand => operand.IsConditional ? Operand.None : operand), Comment, Condition)
        : this;

    /// <summary>The operand at the place of that name.</summary>
    public Operand Of(string slot) => Operands[Signature.IndexOf(slot)];

    /// <summary>The operation's shape.</summary>
    public T Constant<T>()
        where T : struct
    {
        int index = 0;
        while (Signature.Slots[index].Type != typeof(T))
            index++;
        return (T)Operands[index].Constant!;
    }
}
