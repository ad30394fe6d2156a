namespace Dsl.Runtime;

/// <summary>What the elements of an input, an output or a buffer are.</summary>
public enum ElementType
{
    /// <summary>Single-precision floating-point values.</summary>
    Float32,

    /// <summary>Whole numbers of 32 bits: ids, labels, lengths.</summary>
    Int32,
}
