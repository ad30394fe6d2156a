namespace Dsl;

/// <summary>The mean of every channel: C×H×W → C.</summary>
public sealed class GlobalAvgPool2dAttribute : NodeAttribute;
