namespace Dsl.Generator.Networks.Graph;

/// <summary>The compile-time part of the seam's RowLayer: a layer that the user wrote, for rows of one length.</summary>
/// <param name="Type">The struct as C# finds it from anywhere.</param>
/// <param name="Inputs">Length of an input row.</param>
internal readonly record struct RowLayerOf(string Type, int Inputs);
