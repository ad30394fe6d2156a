using Dsl.Pipelines.Tests.Linear;
using Xunit;

namespace Dsl.Pipelines.Tests;

/// <summary>A theory over California's districts, which lie beside the repository on the machines that build it.</summary>
public sealed class TheoryWithHousingAttribute : TheoryAttribute
{
    /// <summary>Skips with the reason where they do not.</summary>
    public TheoryWithHousingAttribute() => Skip = Tables.Named("housing") is null ? "There is no ../shared/data/tabular/housing.csv beside the repository" : null;
}
