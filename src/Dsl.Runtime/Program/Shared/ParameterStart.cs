using System.ComponentModel;

namespace Dsl.Runtime;

/// <summary>How a parameter gets its first values.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public enum ParameterStart
{
    /// <summary>Every element is the argument.</summary>
    Constant,

    /// <summary>Uniform within ± the argument.</summary>
    Uniform,

    /// <summary>Normal with mean 0 and the argument as deviation.</summary>
    Normal,

    /// <summary>A random orthogonal matrix: the first dimension by the rest.</summary>
    Orthogonal,

    /// <summary>As the user's own layer says.</summary>
    Own,
}
