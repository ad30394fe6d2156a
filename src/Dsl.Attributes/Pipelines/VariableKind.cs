namespace Dsl;

/// <summary>What a variable counts as where features are chosen.</summary>
public enum VariableKind
{
    /// <summary>Features are continuous; a label is categorical where it is a class number or a flag.</summary>
    Auto,

    /// <summary>Its values are classes.</summary>
    Categorical,

    /// <summary>Its values are amounts.</summary>
    Continuous,
}
