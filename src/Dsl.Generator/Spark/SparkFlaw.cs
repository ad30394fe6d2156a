using Microsoft.CodeAnalysis;

namespace Dsl.Generator.Spark;

/// <summary>Something that is wrong with a method that executors are to run, and where.</summary>
/// <param name="Descriptor">Which diagnostic.</param>
/// <param name="Location">A type, a name, or the attribute.</param>
/// <param name="Message">What is wrong.</param>
internal sealed record SparkFlaw(DiagnosticDescriptor Descriptor, Location Location, string Message);
