using System;
using System.Collections.Generic;
using System.Collections.Immutable;
using System.Globalization;
using System.Linq;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace Dsl.Generator.Declaring;

/// <summary>Reads structs that are marked <c>[Layer]</c>, and says what is wrong with them (DSL117, DSL202).</summary>
internal sealed class OwnLayerReader
{
    /// <summary>The mark as the compiler's tables have it.</summary>
    public const string MarkMetadataName = "Dsl.LayerAttribute";

    // The generated part of a struct carries it: of another assembly private members are not to be seen.
    private const string CompiledMark = "CompiledLayerAttribute";

    private static readonly string[] Inputs = ["x", "y", "dy"];

    private readonly INamedTypeSymbol symbol;
    private readonly List<OwnLayerFlaw> flaws = [];

    private OwnLayerReader(INamedTypeSymbol symbol) => this.symbol = symbol;

    /// <summary>Whether a type is marked.</summary>
    public static bool IsMarked(ITypeSymbol type) => MarkOf(type) is not null;

    /// <summary>A struct of this compilation, with all that is wrong.</summary>
    public static OwnLayerReading Read(INamedTypeSymbol symbol, Compilation compilation) => new OwnLayerReader(symbol).Read(compilation);

    /// <summary>What a network takes from the type argument of its <c>Custom</c>.</summary>
    public static OwnLayer Take(ITypeSymbol type, Compilation compilation)
    {
        string name = type.Name.Length == 0 ? type.ToDisplayString() : type.Name;
        string full = type.ToDisplayString(SymbolDisplayFormat.FullyQualifiedFormat);
        if (type is not INamedTypeSymbol { TypeKind: TypeKind.Struct } symbol || MarkOf(type) is not { } mark)
            return new OwnLayer(name, full, 0, 0, "needs a struct that is marked Layer");
        if (CompiledOf(symbol) is { } compiled && !SymbolEqualityComparer.Default.Equals(symbol.ContainingAssembly, compilation.Assembly))
            return new OwnLayer(name, full, FeaturesOf(mark), compiled, null);
        OwnLayerReading read = Read(symbol, compilation);
        return new OwnLayer(name, full, read.Features, read.ParameterCount, read.Flaws.Count == 0 ? null : "cannot be that: " + read.Flaws[0].Message);
    }

    private OwnLayerReading Read(Compilation compilation)
    {
        CheckForm(compilation);
        AttributeData mark = MarkOf(symbol)!;
        int features = FeaturesOf(mark);
        if (features < 0)
            Fail(Descriptors.OutOfRange, ArgumentOf(mark, "Features"), $"{symbol.Name} needs Features of at least 0, but has {Text(features)}");
        int parameterCount = ParameterCountOf();
        bool hasParameters = parameterCount > 0;
        string[] parameters = hasParameters ? ["parameters"] : [];
        CheckMethod("Forward", ["x", .. parameters], ["y"]);
        CheckMethod("Backward", [.. Inputs, .. parameters], hasParameters ? ["dx", "parameterGradients"] : ["dx"]);
        bool hasInitialize = symbol.GetMembers("Initialize").Any(member => !member.IsImplicitlyDeclared);
        if (hasInitialize && !hasParameters)
            Fail(Descriptors.WrongOwnLayer, NameOf(symbol.GetMembers("Initialize")[0]), $"{symbol.Name} has an Initialize, but no const int ParameterCount above 0");
        else if (hasInitialize)
            CheckInitialize();
        return new OwnLayerReading(symbol, Math.Max(0, features), Math.Max(0, parameterCount), hasInitialize, flaws);
    }

    /// <summary>Whether C# takes a generated part of the struct.</summary>
    private void CheckForm(Compilation compilation)
    {
        Location? place = symbol.Locations.Length > 0 ? symbol.Locations[0] : null;
        string? problem = null;
        if (!ClassShape.IsPartial(symbol, isMerged: true))
            problem = "must be partial, so that a network can call its methods";
        else if (symbol.Arity > 0)
            problem = "must not be generic";
        else if (symbol.IsRecord)
            problem = "must be a struct, not a record";
        else if (symbol.IsRefLikeType)
            problem = "must not be a ref struct";
        else if (symbol.IsFileLocal)
            problem = "must not be file-local";
        else if (compilation is CSharpCompilation { LanguageVersion: < DeclarationReader.Oldest } old)
            problem = $"is compiled as C# {old.LanguageVersion.ToDisplayString()}, but an own layer needs C# {DeclarationReader.Oldest.ToDisplayString()} or later";
        problem ??= ClassShape.ContainerProblemOf(symbol);
        if (problem is not null)
            flaws.Add(new OwnLayerFlaw(Descriptors.WrongOwnLayer, place, $"{symbol.Name} {problem}", IsOfForm: true));
    }

    private int ParameterCountOf()
    {
        foreach (ISymbol member in symbol.GetMembers("ParameterCount"))
        {
            if (member is not IFieldSymbol { IsConst: true, Type.SpecialType: SpecialType.System_Int32, ConstantValue: int count })
                Fail(Descriptors.WrongOwnLayer, NameOf(member), $"{symbol.Name}.ParameterCount must be a const int");
            else if (count < 0)
                Fail(Descriptors.WrongOwnLayer, NameOf(member), $"{symbol.Name}.ParameterCount must be at least 0, but is {Text(count)}");
            else
                return count;
        }

        return 0;
    }

    private void CheckMethod(string name, string[] inputs, string[] results)
    {
        string wanted = $"static void {name}({string.Join(", ", inputs.Select(input => "ReadOnlySpan<float> " + input).Concat(results.Select(result => "Span<float> " + result)))})";
        CheckMethod(name, wanted, inputs.Length + results.Length, i => i < inputs.Length ? "ReadOnlySpan" : "Span");
    }

    private void CheckInitialize() => CheckMethod("Initialize", "static void Initialize(Span<float> parameters, Random random)", 2, i => i == 0 ? "Span" : "Random");

    private void CheckMethod(string name, string wanted, int count, Func<int, string> typeAt)
    {
        ImmutableArray<ISymbol> members = symbol.GetMembers(name);
        if (members.IsEmpty)
        {
            Fail(Descriptors.WrongOwnLayer, NameOf(symbol), $"{symbol.Name} needs a {wanted}");
            return;
        }

        foreach (ISymbol member in members)
        {
            bool fits = member is IMethodSymbol { IsStatic: true, ReturnsVoid: true, Arity: 0, IsAsync: false } method
                && method.Parameters.Length == count
                && method.Parameters.Select((parameter, i) => parameter.RefKind == RefKind.None && Is(parameter.Type, typeAt(i))).All(one => one);
            if (fits && members.Length == 1)
                return;
            string problem = fits ? "stands there more than once" : $"must be {wanted}";
            Fail(Descriptors.WrongOwnLayer, NameOf(member), $"{symbol.Name}.{name} {problem}");
            return;
        }
    }

    private static bool Is(ITypeSymbol type, string name) => type is INamedTypeSymbol named && named.Name == name
        && named.ContainingNamespace is { Name: "System", ContainingNamespace.IsGlobalNamespace: true }
        && (name == "Random" ? named.Arity == 0 : named is { Arity: 1 } && named.TypeArguments[0].SpecialType == SpecialType.System_Single);

    private void Fail(DiagnosticDescriptor descriptor, Location? location, string message) => flaws.Add(new OwnLayerFlaw(descriptor, location, message, IsOfForm: false));

    private static Location? NameOf(ISymbol member) => member.Locations.Length > 0 ? member.Locations[0] : null;

    private static Location? ArgumentOf(AttributeData mark, string name) => mark.ApplicationSyntaxReference?.GetSyntax() is AttributeSyntax { ArgumentList: { } list }
        ? list.Arguments.FirstOrDefault(argument => argument.NameEquals?.Name.Identifier.ValueText == name)?.Expression.GetLocation()
        : null;

    private static AttributeData? MarkOf(ITypeSymbol type) => type.GetAttributes().FirstOrDefault(attribute => attribute.AttributeClass is { Name: "LayerAttribute", Arity: 0 } own && DeclarationKinds.IsOurs(own));

    private static int? CompiledOf(INamedTypeSymbol symbol)
    {
        foreach (AttributeData attribute in symbol.GetAttributes())
        {
            if (attribute.AttributeClass is { Name: CompiledMark, ContainingNamespace: { Name: "Runtime", ContainingNamespace.Name: "Dsl" } }
                && attribute.ConstructorArguments.Length == 1 && attribute.ConstructorArguments[0].Value is int count)
            {
                return count;
            }
        }

        return null;
    }

    private static int FeaturesOf(AttributeData mark)
    {
        foreach (KeyValuePair<string, TypedConstant> argument in mark.NamedArguments)
        {
            if (argument.Key == "Features" && argument.Value.Value is int features)
                return features;
        }

        return 0;
    }

    private static string Text(int number) => number.ToString(CultureInfo.InvariantCulture);
}
