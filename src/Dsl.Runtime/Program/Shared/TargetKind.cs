using System.ComponentModel;

namespace Dsl.Runtime;

/// <summary>What stands beside a sample's inputs when a network is trained.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public enum TargetKind
{
    /// <summary>Nothing: no loss, or the input itself.</summary>
    None,

    /// <summary>int32 labels.</summary>
    Labels,

    /// <summary>float32 targets.</summary>
    Values,
}
