using System.Linq;
using System.Text.RegularExpressions;

namespace Dsl.Generator.Tests.Pipelines.Running.Drawn;

/// <summary>What <c>Fit</c> may say about rows that no drawn pipeline can be kept from.</summary>
internal static class Refusals
{
    private static readonly string[] Known =
    [
        "has nothing to learn from",
        "has no rows to learn from",
        "needs two clusters or more, but all",
        "splits .* by its .* categories, but has only",
    ];

    public static bool IsKnown(string message) => Known.Any(pattern => Regex.IsMatch(message, pattern));
}
