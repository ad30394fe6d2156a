namespace Dsl.Generator.Pipelines.Facts;

/// <summary>What the values of a column are.</summary>
internal enum ColumnKind
{
    /// <summary>A number of any type.</summary>
    Number,

    /// <summary>A whole number from 0 that stands for a class: made by stages and models alone.</summary>
    ClassNumber,

    /// <summary>True or false.</summary>
    Flag,

    /// <summary>A string.</summary>
    Text,

    /// <summary>An array of strings.</summary>
    Tokens,

    /// <summary>An array of numbers, or a <c>Vector</c>.</summary>
    Vector,

    /// <summary>Ids for a network: made by <c>TokenIds</c> alone.</summary>
    Ids,

    /// <summary>A date, with or without a time.</summary>
    Time,

    /// <summary>What no stage looks at, but the output row has.</summary>
    Carried,
}
