using Microsoft.CodeAnalysis;

namespace Dsl.Generator.Declaring;

/// <summary>One diagnostic about a declaration, before it has a location.</summary>
/// <param name="Descriptor">What is wrong.</param>
/// <param name="Place">Where the squiggle goes.</param>
/// <param name="Message">The whole text.</param>
/// <param name="Suggestion">What a code fix would write instead, if anything.</param>
internal sealed record Finding(DiagnosticDescriptor Descriptor, Place Place, string Message, string? Suggestion = null)
{
    public bool IsError => Descriptor.DefaultSeverity == DiagnosticSeverity.Error;
}
