namespace Dsl;

/// <summary>A layer of your own: each row of the last dimension goes through it. F → F', T×F → T×F', C×H×W → C×H×W'. Its parameters, if it has any, are one tensor `weight`.</summary>
/// <typeparam name="TLayer">A struct marked <c>[Layer]</c>, of this or another assembly.</typeparam>
public sealed class CustomAttribute<TLayer> : TrainableNodeAttribute;
