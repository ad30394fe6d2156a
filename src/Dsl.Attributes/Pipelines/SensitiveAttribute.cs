using System;

namespace Dsl;

/// <summary>
/// A column that no output row has. Only <c>Mask</c>, <c>Imputer</c>, <c>DropNulls</c>, <c>Where</c> and <c>Map</c> may read it; what <c>Map</c> makes of
/// it is sensitive too. On a parameter of a positional record it counts for its property.
/// </summary>
[AttributeUsage(AttributeTargets.Property | AttributeTargets.Parameter, Inherited = false)]
public sealed class SensitiveAttribute : Attribute;
