namespace Dsl;

/// <summary>The logarithm of the softmax along the last dimension; any shape, the same comes out. <c>CrossEntropy</c> applies it itself (DSL302).</summary>
public sealed class LogSoftmaxAttribute : NodeAttribute;
