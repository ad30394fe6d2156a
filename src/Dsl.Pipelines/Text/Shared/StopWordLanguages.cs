using System.Collections.Generic;

namespace Dsl.Pipelines.Text;

/// <summary>The languages that MLlib has stop words of, in the order of their names; the compiler links this file, to know the others.</summary>
internal static class StopWordLanguages
{
    /// <summary>Their names, as <c>StopWordsRemover</c> takes them.</summary>
    public static IReadOnlyList<string> All { get; } =
    [
        "danish", "dutch", "english", "finnish", "french", "german", "hungarian", "italian", "norwegian", "portuguese", "russian", "spanish", "swedish", "turkish",
    ];
}
