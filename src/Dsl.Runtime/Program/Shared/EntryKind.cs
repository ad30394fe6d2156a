using System.ComponentModel;

namespace Dsl.Runtime;

/// <summary>What an entry point of a program is for.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public enum EntryKind
{
    /// <summary>The forward pass in inference mode, from the inputs to every output.</summary>
    Predict,

    /// <summary>A part of it that the declaration exposes, with ports of its own.</summary>
    Part,

    /// <summary>The loss of the outputs that <see cref="Predict"/> has left, against the target; or forward pass and loss.</summary>
    Loss,

    /// <summary>The main output that <see cref="Predict"/> has left, turned into probabilities in place.</summary>
    Probabilities,

    /// <summary>The forward pass of networks whose layers carry state: it goes on from what the run before has left.</summary>
    Step,

    /// <summary>Of a causal network the layers that keep something of earlier steps, over several steps at once: what they leave, runs of single steps find.</summary>
    Prompt,

    /// <summary>The forward pass of one step of a causal network: it goes on from what the runs of the steps before it have left.</summary>
    Next,

    /// <summary>Forward, loss, backward and optimizer.</summary>
    TrainStep,

    /// <summary>Forward, loss and backward: the first part of <see cref="TrainStep"/>.</summary>
    Gradients,

    /// <summary>Forward and backward, with a gradient that the caller gives at the main output in place of the loss.</summary>
    GradientsFrom,

    /// <summary>The optimizer: the last part of <see cref="TrainStep"/>.</summary>
    Apply,
}
