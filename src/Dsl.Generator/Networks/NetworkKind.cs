using System.Collections.Generic;
using System.Collections.Immutable;
using System.Threading;
using Dsl.Generator.Declaring;
using Dsl.Generator.Networks.Checking;
using Dsl.Generator.Networks.Layers;
using Microsoft.CodeAnalysis;

namespace Dsl.Generator.Networks;

/// <summary>A network, or a part of one: what models and blocks have in common.</summary>
internal abstract class NetworkKind : DeclarationKind
{
    private static readonly ConstructTable Table = new(typeof(NetworkKind));

    public override string Product => "network";

    public override string Steps => "layers";

    public override ConstructTable Constructs => Table;

    public override Construct Unknown => UnknownLayer.Instance;

    public override ImmutableArray<DiagnosticDescriptor> Diagnostics => Descriptors.All;

    public override GeneratedNames Names => GeneratedMembers.Names;

    public override string BaseClass => "Network";

    /// <summary>The generated constructors take one <c>ulong</c>, or a <c>NetworkProgram</c> and one.</summary>
    public override bool HasConstructor(ImmutableArray<IParameterSymbol> parameters) => parameters.Length is 1 or 2
        && parameters[parameters.Length - 1].Type.SpecialType == SpecialType.System_UInt64
        && (parameters.Length == 1 || parameters[0].Type is INamedTypeSymbol { Name: "NetworkProgram", ContainingNamespace: { Name: "Runtime", ContainingNamespace.Name: "Dsl" } });

    public override IReadOnlyList<Finding> Check(Declaration declaration, CancellationToken cancellation) => NetworkChecker.Check(declaration, cancellation).Findings;
}
