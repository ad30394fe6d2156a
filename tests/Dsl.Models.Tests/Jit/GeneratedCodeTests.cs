using System.Collections.Generic;
using Dsl.Conformance;
using Xunit;

namespace ModelTests.Jit;

/// <summary>No method of a generated network is so large that the JIT compiles it without optimisation.</summary>
public class GeneratedCodeTests
{
    [Fact]
    public void No_generated_method_falls_back_to_unoptimised_code()
    {
        string[] lines = JitSummary.Of(typeof(GeneratedCodeTests).Assembly, "FullyQualifiedName~PyTorchTests", new Dictionary<string, string>());
        Assert.NotEmpty(JitSummary.Methods(lines, "ModelTests.PyTorch.Residual"));
        Assert.Empty(JitSummary.GaveUp(lines, "ModelTests."));
        Assert.Empty(JitSummary.GaveUp(lines, "Dsl."));
    }
}
