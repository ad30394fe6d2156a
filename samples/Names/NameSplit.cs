using System;
using System.Collections.Generic;
using System.Linq;

namespace Names;

/// <summary>Names to train on and names that are held out: every tenth different name, in the order of the file, with each line that it stands on.</summary>
internal sealed record NameSplit(IReadOnlyList<string> Training, IReadOnlyList<string> HeldOut)
{
    private const int OneOf = 10;

    /// <summary>No name is on both sides, though some stand on several lines.</summary>
    public static NameSplit Of(IReadOnlyList<string> names)
    {
        HashSet<string> heldOut = [.. names.Distinct(StringComparer.Ordinal).Where((_, i) => i % OneOf == OneOf - 1)];
        return new([.. names.Where(name => !heldOut.Contains(name))], [.. names.Where(heldOut.Contains)]);
    }
}
