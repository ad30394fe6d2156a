using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace Dsl.CodeFixes;

/// <summary>Names of attributes as they are written.</summary>
internal static class AttributeNames
{
    /// <summary>Whether an attribute is written with that name, qualified or not.</summary>
    public static bool IsCalled(NameSyntax name, string attribute) => name switch
    {
        QualifiedNameSyntax qualified => IsCalled(qualified.Right, attribute),
        AliasQualifiedNameSyntax alias => IsCalled(alias.Name, attribute),
        SimpleNameSyntax simple => simple.Identifier.ValueText == attribute || simple.Identifier.ValueText == attribute + "Attribute",
        _ => false,
    };
}
