using System;
using System.Collections.Generic;
using System.Linq;
using System.Text.RegularExpressions;
using Dsl.Generator.Networks;
using Xunit;

namespace Dsl.Generator.Tests.Emitting;

/// <summary>No layer, loss, optimizer or schedule is forgotten by the random networks, which are held against central differences and the plain loops.</summary>
public sealed partial class RandomCompletenessTests
{
    private const int Drawn = 4000;

    // They change no number: a part to be called by itself, and a bound. (Blocks, further outputs and several inputs are one step further: they unfold into these layers.)
    private static readonly string[] Passive = ["Expose", "Output", "Budget", "Use"];

    [Fact]
    public void Every_construct_is_drawn()
    {
        HashSet<string> drawn = [.. Enumerable.Range(0, Drawn).SelectMany(seed => Name().Matches(new RandomDeclaration(new Random(seed), "Net").ToString()).Select(match => match.Value))];
        string[] left = [.. new ModelKind().Constructs.All.Select(one => one.Name).Where(name => name != "?").Except(Passive).Where(name => !drawn.Contains(name)).Order(StringComparer.Ordinal)];
        Assert.True(left.Length == 0, "constructs that no random network has: " + string.Join(", ", left));
    }

    [GeneratedRegex(@"\b[A-Z]\w+\b")]
    private static partial Regex Name();
}
