using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Reflection;

namespace Dsl.Conformance;

/// <summary>
/// What the JIT itself says about the methods it compiled, one line each: DOTNET_JitStdOutFile and DOTNET_JitDisasmSummary work in every
/// release build of the runtime.
/// </summary>
public static class JitSummary
{
    /// <summary>The lines of a run of the tests that the filter selects, with everything compiled optimised at once.</summary>
    public static string[] Of(Assembly tests, string filter, IReadOnlyDictionary<string, string> environment)
    {
        string file = Path.Combine(Path.GetTempPath(), Path.GetRandomFileName());
        try
        {
            // With tiers a method that is called seldom stays in tier 0, where the JIT has no occasion to give up.
            var variables = new Dictionary<string, string>(environment)
            {
                ["DOTNET_JitStdOutFile"] = file,
                ["DOTNET_JitDisasmSummary"] = "1",
                ["DOTNET_TieredCompilation"] = "0",
            };
            ChildTestRun.Run(tests, filter, variables);
            return File.ReadAllLines(file);
        }
        finally
        {
            File.Delete(file);
        }
    }

    /// <summary>Lines of methods that were compiled, of a namespace that starts with the prefix.</summary>
    public static IEnumerable<string> Methods(IEnumerable<string> lines, string prefix)
        => lines.Where(line => line.Contains("JIT compiled " + prefix, StringComparison.Ordinal));

    /// <summary>Those among them that are so large (about 20,000 IL instructions or 2,000 basic blocks) that the JIT gave up on optimising them.</summary>
    public static IEnumerable<string> GaveUp(IEnumerable<string> lines, string prefix)
        => Methods(lines, prefix).Where(line => line.Contains("switched MinOpts", StringComparison.Ordinal));
}
