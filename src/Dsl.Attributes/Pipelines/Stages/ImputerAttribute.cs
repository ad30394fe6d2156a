namespace Dsl;

/// <summary>Null and <c>MissingValue</c> become a value learnt from the others, in place: numbers, and with <c>Mode</c> text and flags. Whole numbers become <c>double</c>.</summary>
/// <param name="columns">At least one column.</param>
public sealed class ImputerAttribute(params string[] columns) : StageAttribute
{
    /// <summary>At least one column.</summary>
    public string[] Columns { get; } = columns;

    /// <summary>What takes their place.</summary>
    public Imputation Strategy { get; set; }

    /// <summary>A number that counts as missing, beside null.</summary>
    public double MissingValue { get; set; } = double.NaN;
}
