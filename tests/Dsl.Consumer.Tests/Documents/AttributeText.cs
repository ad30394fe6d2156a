extern alias attributes;

using System;
using System.Collections.Generic;
using System.Globalization;
using System.IO;
using System.Linq;
using System.Text;
using System.Text.RegularExpressions;
using System.Xml.Linq;
using Microsoft.CodeAnalysis;

namespace Dsl.Consumer.Tests.Documents;

/// <summary>An attribute as the language reference prints it: how it is written, what it means, its arguments. Read from the assembly and its comments.</summary>
internal static partial class AttributeText
{
    private static readonly Dictionary<string, XElement> Comments = XDocument
        .Load(Path.Combine(AppContext.BaseDirectory, "Dsl.Attributes.xml"))
        .Descendants("member")
        .ToDictionary(member => member.Attribute("name")!.Value, StringComparer.Ordinal);

    /// <summary>The parts of the reference and the attributes in each, by name.</summary>
    public static IEnumerable<(string Part, IEnumerable<INamedTypeSymbol> Attributes)> Groups()
    {
        Dictionary<string, string[]> folders = Folders();
        return Types()
            .Where(type => !type.IsAbstract && type.Name.EndsWith("Attribute", StringComparison.Ordinal))
            .GroupBy(type => folders[type.Name].LastOrDefault()?.ToLowerInvariant() ?? "classes", StringComparer.Ordinal)
            .OrderBy(group => group.Key, StringComparer.Ordinal)
            .Select(group => (group.Key, (IEnumerable<INamedTypeSymbol>)group));
    }

    /// <summary>What the members of pipelines' enums mean, as a table.</summary>
    public static string Enums()
    {
        StringBuilder text = new("| option's type | member | what it means |\n|---|---|---|\n");
        Dictionary<string, string[]> folders = Folders();
        foreach (INamedTypeSymbol type in Types().Where(type => type.TypeKind == TypeKind.Enum && folders[type.Name].Contains("Pipelines")))
        {
            string head = $"`{type.Name}`: {Summary(type).TrimEnd('.')}";
            foreach (IFieldSymbol member in type.GetMembers().OfType<IFieldSymbol>())
            {
                text.Append($"| {head} | `{member.Name}` | {Summary(member).Replace("|", "\\|", StringComparison.Ordinal)} |\n");
                head = "";
            }
        }

        return text.ToString();
    }

    public static void Append(StringBuilder text, INamedTypeSymbol attribute)
    {
        IMethodSymbol[] constructors = [.. attribute.InstanceConstructors.GroupBy(one => one.Parameters.Length).OrderByDescending(group => group.Key).First()];
        IMethodSymbol constructor = constructors[0];
        string name = attribute.Name[..^"Attribute".Length] + (attribute.Arity > 0 ? $"<{string.Join(", ", attribute.TypeParameters.Select(one => one.Name))}>" : "");
        text.Append("### ").Append(name).Append('\n').AppendJoin(", ", constructors.Select(Written)).Append("\n\n");
        text.Append(Summary(attribute)).Append("\n\n");
        bool hasArguments = false;
        foreach (IParameterSymbol parameter in constructor.Parameters)
        {
            Comments.TryGetValue(attribute.GetDocumentationCommentId()!, out XElement? type);
            Comments.TryGetValue(constructor.GetDocumentationCommentId()!, out XElement? own);
            XElement? comment = new[] { own, type }.SelectMany(member => member?.Elements("param") ?? []).FirstOrDefault(one => one.Attribute("name")!.Value == parameter.Name);
            Row(parameter.Name, comment is null ? "" : Flat(comment));
        }

        for (INamedTypeSymbol? type = attribute; type is { SpecialType: SpecialType.None } && type.Name != "Attribute"; type = type.BaseType)
        {
            foreach (IPropertySymbol property in type.GetMembers().OfType<IPropertySymbol>())
            {
                // Name and From are every layer's; the text before the list tells of them. A method of Spark's has a name of another meaning.
                if (property.SetMethod is { DeclaredAccessibility: Accessibility.Public } && (property.Name is not ("From" or "Name") || HasOwnMeaning(attribute.Name, property.Name)))
                    Row($"{property.Name} = {Default(attribute, constructor, property)}`, `{property.Type.ToDisplayString(SymbolDisplayFormat.MinimallyQualifiedFormat)}", Summary(property));
            }
        }

        if (hasArguments)
            text.Append('\n');

        string Written(IMethodSymbol one) => $"`{name}{(one.Parameters.Length > 0 ? $"({string.Join(", ", one.Parameters.Select(Parameter))})" : "")}`";

        void Row(string argument, string meaning)
        {
            hasArguments = true;
            text.Append("- `").Append(argument).Append("`: ").Append(meaning).Append('\n');
        }
    }

    private static bool HasOwnMeaning(string attribute, string property) => attribute.StartsWith("Spark", StringComparison.Ordinal)
        || (attribute, property) is ("EvaluateAttribute", "Name") or ("SelectByImportanceAttribute", "From");

    /// <summary>The folders in which the source of a type stands, outermost first.</summary>
    private static Dictionary<string, string[]> Folders()
    {
        string root = Path.Combine(Verified.Repository, "src", "Dsl.Attributes");
        return Directory.GetFiles(root, "*.cs", SearchOption.AllDirectories)
            .Select(path => Path.GetRelativePath(root, path).Split(Path.DirectorySeparatorChar))
            .Where(path => path[0] != "obj")
            .ToDictionary(path => Path.GetFileNameWithoutExtension(path[^1]), path => path[..^1], StringComparer.Ordinal);
    }

    private static IEnumerable<INamedTypeSymbol> Types() => Consumer.Build(new Settings()).Compilation.GlobalNamespace
        .GetNamespaceMembers().Single(one => one.Name == "Dsl")
        .GetTypeMembers()
        .Where(type => type.ContainingAssembly.Name == "Dsl.Attributes")
        .OrderBy(type => type.Name, StringComparer.Ordinal);

    private static string Parameter(IParameterSymbol parameter)
    {
        string text = (parameter.IsParams ? "params " : "") + parameter.Type.ToDisplayString(SymbolDisplayFormat.MinimallyQualifiedFormat) + " " + parameter.Name;
        if (!parameter.HasExplicitDefaultValue)
            return text;
        return text + " = " + (parameter.ExplicitDefaultValue switch
        {
            null => "null",
            string value => $"\"{value}\"",
            IFormattable value => value.ToString(null, CultureInfo.InvariantCulture),
            var value => value.ToString(),
        });
    }

    // What the property of a new attribute says, as C# writes it. A whole 0 that is no value of the option stands for "not written", and then the text tells what holds: 0 is one where the text
    // allows it ("; at least 0", ", from 0 to the window") or tells what it means ("0: never").
    private static string Default(INamedTypeSymbol attribute, IMethodSymbol constructor, IPropertySymbol property)
    {
        Type type = typeof(attributes::Dsl.ModelAttribute).Assembly.GetType("Dsl." + attribute.MetadataName, throwOnError: true)!;
        if (type.IsGenericTypeDefinition)
            type = type.MakeGenericType(typeof(object));
        object?[] arguments = [.. type.GetConstructors().First(one => one.GetParameters().Length == constructor.Parameters.Length).GetParameters()
            .Select(one => one.HasDefaultValue ? one.DefaultValue : one.ParameterType.IsArray ? Array.CreateInstance(one.ParameterType.GetElementType()!, 0) : one.ParameterType.IsValueType ? Activator.CreateInstance(one.ParameterType) : "")];
        return type.GetProperty(property.Name)!.GetValue(Activator.CreateInstance(type, arguments)) switch
        {
            bool flag => flag ? "true" : "false",
            Enum member => member.GetType().Name + "." + member,
            0 or 0L when ZeroAsValue().IsMatch(Summary(property)) => "0",
            null or 0 or 0L or "" => "...",
            Array => "[]",
            string text => text.Contains('\\', StringComparison.Ordinal) ? $"@\"{text}\"" : $"\"{text}\"",
            double.NaN => "double.NaN",
            (double)long.MaxValue => "long.MaxValue",
            IFormattable value => value.ToString(null, CultureInfo.InvariantCulture),
            var value => value.ToString()!,
        };
    }

    private static string Summary(ISymbol symbol) =>
        Comments.TryGetValue(symbol.GetDocumentationCommentId()!, out XElement? member) && member.Element("summary") is { } summary ? Flat(summary) : "";

    // References and code become code; line ends become spaces.
    private static string Flat(XElement element)
    {
        StringBuilder text = new();
        foreach (XNode node in element.Nodes())
        {
            text.Append(node switch
            {
                XElement { Name.LocalName: "see" } see => $"`{(see.Attribute("langword")?.Value ?? see.Attribute("cref")!.Value.Split('.')[^1])}`",
                XElement { Name.LocalName: "paramref" or "typeparamref" } reference => $"`{reference.Attribute("name")!.Value}`",
                XElement code => $"`{code.Value}`",
                _ => node is XText plain ? plain.Value : "",
            });
        }

        return Spaces().Replace(text.ToString(), " ").Trim();
    }

    [GeneratedRegex(@"\s+")]
    private static partial Regex Spaces();

    [GeneratedRegex(@"[,;] (at least|from) 0\b|\b0: ")]
    private static partial Regex ZeroAsValue();
}
