namespace Dsl;

/// <summary>
/// The last step: T×F → F, of a sample that is shorter its own last. Behind a bidirectional recurrent layer (activations, norms and dropout may stand between) the last step of
/// the forward half and the first of the backward half.
/// </summary>
public sealed class LastStepAttribute : NodeAttribute;
