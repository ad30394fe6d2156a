using Dsl.Conformance;
using Xunit;

namespace Dsl.Runtime.Tests.Conformance;

/// <summary>The reference against itself: that it keeps the conventions..</summary>
public sealed class ReferenceConformanceTests : ConformanceSuite<ReferenceBackend>
{
    protected override double Share => 0.2;
}
