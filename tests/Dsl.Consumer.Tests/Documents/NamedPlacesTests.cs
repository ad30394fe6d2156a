using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Reflection;
using System.Text.RegularExpressions;
using Dsl.Generator;
using Dsl.Runtime;
using Xunit;

namespace Dsl.Consumer.Tests.Documents;

/// <summary>What the pages for contributors name is there: files and folders, types and members.</summary>
public sealed partial class NamedPlacesTests
{
    private const BindingFlags Declared = BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.Static | BindingFlags.Instance | BindingFlags.DeclaredOnly;

    private static readonly HashSet<string> Names = CollectNames();

    [Theory]
    [InlineData("CONTRIBUTING.md")]
    [InlineData("docs/architecture.md")]
    public void Every_path_in_backticks_is_there(string page)
    {
        string[] paths = [.. Quoted(page).Where(text => PathLike().IsMatch(text)).Distinct()];
        Assert.True(paths.Length > 15, $"only {paths.Length} paths found in {page}");
        None($"{page} names paths that are not there", paths.Where(path => !IsThere(path)));
    }

    [Theory]
    [InlineData("CONTRIBUTING.md")]
    [InlineData("docs/architecture.md")]
    public void Every_name_in_backticks_is_that_of_a_type_or_member(string page) =>
        None($"{page} names no type or member of the house", Quoted(page).Where(text => NameLike().IsMatch(text)).SelectMany(text => text.Split('.')).Distinct().Where(name => !Names.Contains(name)));

    [Theory]
    [InlineData("CONTRIBUTING.md")]
    [InlineData("docs/architecture.md")]
    [InlineData("docs/performance.md")]
    [InlineData("CHANGELOG.md")]
    public void Every_link_leads_to_a_file(string page)
    {
        string folder = Path.GetDirectoryName(Path.Combine(Verified.Repository, page))!;
        None($"{page} points to what is not there", Link().Matches(Text(page)).Select(link => link.Groups[1].Value)
            .Where(target => !target.StartsWith("http", StringComparison.Ordinal) && !target.StartsWith('#') && !Path.Exists(Path.Combine(folder, target))));
    }

    private static void None(string flaw, IEnumerable<string> found) => Assert.True(!found.Any(), $"{flaw}: {string.Join(", ", found)}");

    private static string Text(string page) => File.ReadAllText(Path.Combine(Verified.Repository, page));

    private static IEnumerable<string> Quoted(string page) => Code().Matches(Fence().Replace(Text(page), "")).Select(match => match.Groups[1].Value);

    /// <summary>A path of the repository; <c>&lt;Name&gt;</c> stands for a name of which there is at least one.</summary>
    private static bool IsThere(string path)
    {
        int placeholder = path.IndexOf('<', StringComparison.Ordinal);
        if (placeholder < 0)
            return Path.Exists(Path.Combine(Verified.Repository, path));
        string folder = Path.Combine(Verified.Repository, Path.GetDirectoryName(path)!);
        return Directory.Exists(folder) && Directory.EnumerateFiles(folder, Placeholder().Replace(Path.GetFileName(path), "*")).Any();
    }

    private static HashSet<string> CollectNames()
    {
        HashSet<string> names = [];
        foreach (Type type in new[] { typeof(ModelGenerator).Assembly, typeof(IBackend).Assembly, typeof(PipelineException).Assembly }.SelectMany(assembly => assembly.GetTypes()))
        {
            string name = type.Name.Split('`')[0];
            names.Add(name);
            if (name.EndsWith("Attribute", StringComparison.Ordinal))
                names.Add(name[..^"Attribute".Length]);
            names.UnionWith(type.GetMembers(Declared).Select(member => member.Name));
            if (type.ContainsGenericParameters)
                names.UnionWith(type.GetGenericArguments().Select(parameter => parameter.Name));
        }

        // Tests are other assemblies: a file is named after its type.
        foreach (string file in Directory.EnumerateFiles(Path.Combine(Verified.Repository, "tests"), "*.cs", SearchOption.AllDirectories))
            names.Add(Path.GetFileNameWithoutExtension(file));
        return names;
    }

    [GeneratedRegex("```.*?```", RegexOptions.Singleline)]
    private static partial Regex Fence();

    [GeneratedRegex("`([^`\n]+)`")]
    private static partial Regex Code();

    [GeneratedRegex(@"^\.?[\w.<>-]+/[\w.<>/-]+$|^[\w-]+\.(md|props|sln)$")]
    private static partial Regex PathLike();

    [GeneratedRegex(@"^[A-Z][a-z0-9]\w+(\.[A-Z]\w+)*$|^I[A-Z][a-z]\w+(\.[A-Z]\w+)*$")]
    private static partial Regex NameLike();

    [GeneratedRegex("<[A-Za-z]+>")]
    private static partial Regex Placeholder();

    [GeneratedRegex(@"\]\(([^)\s#]+)[^)]*\)")]
    private static partial Regex Link();
}
