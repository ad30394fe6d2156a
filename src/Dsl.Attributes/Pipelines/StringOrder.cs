namespace Dsl;

/// <summary>How labels are numbered.</summary>
public enum StringOrder
{
    /// <summary>The most frequent first, of equals by ordinal.</summary>
    FrequencyDesc,

    /// <summary>The rarest first, of equals by ordinal.</summary>
    FrequencyAsc,

    /// <summary>By ordinal, backwards.</summary>
    AlphabetDesc,

    /// <summary>By ordinal.</summary>
    AlphabetAsc,
}
