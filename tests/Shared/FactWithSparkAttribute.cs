using Xunit;

namespace Dsl.Tests;

/// <summary>A test that needs a real Spark.</summary>
public sealed class FactWithSparkAttribute : FactAttribute
{
    public FactWithSparkAttribute() => Skip = SharedFolder.SparkMissing;
}
