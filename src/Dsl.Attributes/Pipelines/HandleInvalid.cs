namespace Dsl;

/// <summary>What a stage does with a value that it cannot take.</summary>
public enum HandleInvalid
{
    /// <summary>An error that names row, stage and value.</summary>
    Error,

    /// <summary>The row is dropped.</summary>
    Skip,

    /// <summary>The value is kept apart: a class more, or NaN.</summary>
    Keep,
}
