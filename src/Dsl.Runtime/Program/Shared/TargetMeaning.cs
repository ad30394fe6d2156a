using System.ComponentModel;

namespace Dsl.Runtime;

/// <summary>What a target value says of its output: which figures an evaluation can give.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public enum TargetMeaning
{
    /// <summary>Neither of the others: labels, or the parts of a distribution.</summary>
    Other,

    /// <summary>Yes (from one half on) or no; the output is a logit. There is an accuracy.</summary>
    Decision,

    /// <summary>A quantity that the output should equal. There are errors.</summary>
    Number,
}
