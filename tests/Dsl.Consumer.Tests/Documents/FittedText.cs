using System;
using System.Collections.Generic;
using System.ComponentModel;
using System.IO;
using System.Linq;
using System.Reflection;
using System.Text;
using System.Text.RegularExpressions;
using System.Xml.Linq;
using Dsl.Pipelines;

namespace Dsl.Consumer.Tests.Documents;

/// <summary>What fitted stages and models know, as the page of pipelines prints it: a row a public member. Read from the assembly and its comments.</summary>
internal static partial class FittedText
{
    private static readonly Dictionary<string, XElement> Comments = XDocument
        .Load(Path.Combine(AppContext.BaseDirectory, "Dsl.Pipelines.xml"))
        .Descendants("member")
        .ToDictionary(member => member.Attribute("name")!.Value, StringComparer.Ordinal);

    /// <summary>The table.</summary>
    public static string Table()
    {
        StringBuilder text = new("| of | member | what it is |\n|---|---|---|\n");
        IEnumerable<Type> models = typeof(PipelineException).Assembly.GetExportedTypes()
            .Where(type => type.GetInterfaces().Any(one => one.IsGenericType && one.GetGenericTypeDefinition() == typeof(IStageModel<>)))
            .OrderBy(type => type.Name, StringComparer.Ordinal);
        foreach (Type model in models)
        {
            string of = $"`{model.Name[..^"Model".Length]}`";
            foreach (PropertyInfo property in model.GetProperties().Where(IsForUsers).OrderBy(one => one.Name, StringComparer.Ordinal))
                Row($"{Name(property.PropertyType)} {property.Name}", $"P:{property.DeclaringType!.FullName}.{property.Name}");
            if (model.GetMethod("ToDebugString") is { } written)
                Row("string ToDebugString()", $"M:{written.DeclaringType!.FullName}.ToDebugString");

            void Row(string member, string id)
            {
                text.Append("| ").Append(of).Append(" | `").Append(member).Append("` | ").Append(Summary(id)).Append(" |\n");
                of = "";
            }
        }

        return text.ToString();
    }

    private static bool IsForUsers(PropertyInfo property) => property.GetMethod is { IsStatic: false } && property.GetCustomAttribute<EditorBrowsableAttribute>() is null;

    private static string Name(Type type) => type == typeof(double) ? "double" : type == typeof(int) ? "int" : type == typeof(long) ? "long" : type == typeof(bool) ? "bool" : type == typeof(string) ? "string"
        : type.IsArray ? $"{Name(type.GetElementType()!)}[{new string(',', type.GetArrayRank() - 1)}]"
        : Nullable.GetUnderlyingType(type) is { } value ? Name(value) + "?"
        : type.IsGenericType ? $"{type.Name.Split('`')[0]}<{string.Join(", ", type.GetGenericArguments().Select(Name))}>"
        : type.Name;

    private static string Summary(string id)
    {
        XElement comment = Comments[id];
        if (comment.Element("inheritdoc")?.Attribute("cref")?.Value is { } other)
            return Summary(other);
        StringBuilder text = new();
        foreach (XNode node in comment.Element("summary")!.Nodes())
        {
            text.Append(node switch
            {
                XElement { Name.LocalName: "see" } see => $"`{see.Attribute("cref")!.Value.Split('.')[^1]}`",
                XElement code => $"`{code.Value}`",
                _ => node is XText plain ? plain.Value : "",
            });
        }

        return Spaces().Replace(text.ToString(), " ").Trim().Replace("|", "\\|", StringComparison.Ordinal);
    }

    [GeneratedRegex(@"\s+")]
    private static partial Regex Spaces();
}
