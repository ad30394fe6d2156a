using System;
using System.Collections.Generic;

namespace Dsl.Generator.Networks.Planning;

/// <summary>
/// Reverse-mode differentiation at compile time: a layer says while it is lowered how a gradient goes on, and the backward pass is those sayings in
/// reverse order. The tape is a list of closures here, and none is left at run time.
/// </summary>
internal sealed class Gradients(Lowering lowering)
{
    private readonly List<Action> adjoints = [];

    /// <summary>Says how the gradient of a value goes on; <paramref name="emit"/> gets it, if there is one.</summary>
    public void OnBackward(Tensor y, Action<Storage> emit) => adjoints.Add(() =>
    {
        if (y.Gradient.Storage is { } gradient)
            emit(gradient);
    });

    /// <summary>Emits the adjoints, last layer first.</summary>
    public void Emit()
    {
        for (int i = adjoints.Count - 1; i >= 0; i--)
            adjoints[i]();
    }

    /// <summary>
    /// Writes a reader's part of a value's gradient: straight into it for the first reader, through a temporary that is added for later ones.
    /// Nothing happens where no gradient is needed.
    /// </summary>
    public void Write(Tensor x, Action<Storage> write)
    {
        if (!x.Gradient.IsNeeded)
            return;
        Storage target = lowering.NewSamples(x.Name + "Gradient", x.Layout.Count);
        write(target);
        Add(x, target);
    }

    /// <summary>Like <see cref="Write"/> where the operation may work in place on the output's gradient, which is not read again.</summary>
    public void WriteInPlace(Tensor x, Storage outputGradient, Action<Storage> write)
    {
        if (!x.Gradient.IsNeeded)
            return;
        write(outputGradient);
        Add(x, outputGradient);
    }

    private void Add(Tensor x, Storage part)
    {
        if (x.Gradient.Storage is not { } sum)
        {
            x.Gradient.Storage = part;
            return;
        }

        Layout flat = Layout.Flat(x.Layout.Count);
        lowering.Call(Operations.Accumulate, Operand.View(part, flat), Operand.View(sum, flat), Operand.Batch);
    }
}
