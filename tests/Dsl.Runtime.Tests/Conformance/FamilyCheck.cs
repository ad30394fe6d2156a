using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using Xunit;

namespace Dsl.Runtime.Tests.Conformance;

/// <summary>Runs a check over the drawn cases of a family, and fails with the first few that fail.</summary>
internal static class FamilyCheck
{
    /// <summary>In child processes of a narrower instruction set: the part of all cases that runs.</summary>
    public const string ShareVariable = "DSL_CONFORMANCE_SHARE";

    private static readonly double AllShare
        = double.TryParse(Environment.GetEnvironmentVariable(ShareVariable), CultureInfo.InvariantCulture, out double share) ? share : 1;

    public static void Run(string family, double part, bool large, Func<Scenario, int, string?> check)
    {
        var drawn = Families.All[family];
        int cases = (int)Math.Ceiling(drawn.Cases * part * AllShare);
        int index = Families.All.Keys.ToList().IndexOf(family);
        var failures = new List<string>();
        for (int i = 0; i < cases; i++)
        {
            int seed = (index * 10007) + i;
            var scenario = drawn.Draw(new Draw(seed) { Large = large });
            string? failure;
            try
            {
                failure = check(scenario, seed);
            }
            catch (Exception exception) when (exception is ArgumentException or InvalidOperationException or NotSupportedException)
            {
                failure = exception.ToString();
            }

            if (failure is not null)
                failures.Add($"seed {seed}: {failure}\n    {scenario}");
        }

        Assert.True(failures.Count == 0, $"{failures.Count} of {cases} cases of {family}:\n{string.Join('\n', failures.Take(6))}");
    }
}
