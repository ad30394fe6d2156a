using Dsl.Conformance;

namespace Dsl.Runtime.Tests.Conformance;

/// <summary>What <see cref="IComposingBackend{TSelf}"/> makes of other operations, against the operations themselves.</summary>
public sealed class StartingConformanceTests : ConformanceSuite<StartingBackend>
{
    protected override double Share => 0.2;
}
