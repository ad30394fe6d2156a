namespace Dsl;

/// <summary>What takes the place of missing values.</summary>
public enum Imputation
{
    /// <summary>The mean of the others.</summary>
    Mean,

    /// <summary>The lower middle one of the others.</summary>
    Median,

    /// <summary>The most frequent of the others, of equals the smallest.</summary>
    Mode,
}
