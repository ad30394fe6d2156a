namespace Dsl.Runtime;

/// <summary>What a caller on the host does with values that a backend holds.</summary>
internal enum HostAccess
{
    /// <summary>Reads them: nothing changes.</summary>
    Read,

    /// <summary>Reads and writes them.</summary>
    Update,

    /// <summary>Writes all of them, whatever stood there: nothing is brought from the backend.</summary>
    Replace,
}
