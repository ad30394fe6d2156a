namespace Dsl;

/// <summary>eˣ over its sum along the last dimension; any shape, the same comes out. <c>CrossEntropy</c> applies it itself (DSL302).</summary>
public sealed class SoftmaxAttribute : NodeAttribute;
