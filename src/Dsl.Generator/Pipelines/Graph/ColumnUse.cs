using Dsl.Generator.Declaring;

namespace Dsl.Generator.Pipelines.Graph;

/// <summary>A column that a stage reads.</summary>
/// <param name="Name">The column's name, right or wrong.</param>
/// <param name="Argument">The argument that names it.</param>
/// <param name="Element">Its place in an array, or -1.</param>
/// <param name="IsForTraining">It is a label, a weight or a stratum: <c>Predict</c> does not need it.</param>
/// <param name="Parameter">The ordinal of the method's parameter that names it instead; -1 of all but <c>Map</c> and <c>Where</c>.</param>
internal sealed record ColumnUse(string Name, string Argument, int Element = -1, bool IsForTraining = false, int Parameter = -1);

/// <summary>A column that a stage makes.</summary>
/// <param name="Name">The column's name, right or wrong.</param>
/// <param name="Argument">The argument that names it; null where the name is a default.</param>
/// <param name="IsInPlace">It takes the place of the column of that name, which the stage reads.</param>
/// <param name="Element">Its place in an array, or -1.</param>
/// <param name="IsPossible">Nobody can tell whether it is made: it is there for whoever reads it, and in nobody's way.</param>
internal sealed record ColumnMade(string Name, string? Argument, bool IsInPlace = false, int Element = -1, bool IsPossible = false)
{
    /// <summary>Where a flaw of its name stands.</summary>
    /// <param name="ordinal">The attribute's.</param>
    public Place PlaceIn(int ordinal) => Argument is null ? Place.Attribute(ordinal) : Place.Argument(ordinal, Argument, Element);
}
