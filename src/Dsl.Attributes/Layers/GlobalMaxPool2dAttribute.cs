namespace Dsl;

/// <summary>The largest value of every channel: C×H×W → C.</summary>
public sealed class GlobalMaxPool2dAttribute : NodeAttribute;
