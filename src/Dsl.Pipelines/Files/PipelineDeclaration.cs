using System;
using System.Collections.Generic;
using System.ComponentModel;
using System.Linq;
using System.Text;
using Dsl.Pipelines.Numerics;

namespace Dsl.Pipelines;

/// <summary>What a pipeline's class declares, as its files name it: files of another declaration are not read.</summary>
/// <param name="Name">The class's name, for readers of the files; it may change.</param>
/// <param name="Columns">The row type's columns, in order.</param>
/// <param name="Stages">Stages and models, in order.</param>
[EditorBrowsable(EditorBrowsableState.Never)]
public sealed record PipelineDeclaration(string Name, IReadOnlyList<DeclaredColumn> Columns, IReadOnlyList<DeclaredStage> Stages)
{
    /// <summary>A hash of columns and stages: 64 hexadecimal digits of SHA-256.</summary>
    public string Schema
    {
        get
        {
            StringBuilder text = new();
            foreach (DeclaredColumn column in Columns)
                Append(text, column.Name, column.Type);
            foreach (DeclaredStage stage in Stages)
            {
                Append(text, stage.Name, stage.Kind);
                foreach ((string option, string value) in stage.Arguments)
                    Append(text, option, value);
            }

            return Convert.ToHexStringLower(Sha256.HashData(Encoding.UTF8.GetBytes(text.ToString())));
        }
    }

    /// <summary>The first thing in which a written declaration differs from this one, as a sentence without its stop; null where none does.</summary>
    internal string? DifferenceFrom(PipelineDeclaration written) =>
        Difference("column", Columns, written.Columns, column => column.Name, (mine, theirs) => mine.Type == theirs.Type
            ? null
            : $"column {mine.Name} is {theirs.Type} in the files and {mine.Type} in the class")
        ?? Difference("stage", Stages, written.Stages, stage => stage.Name, Difference);

    private static string? Difference(DeclaredStage mine, DeclaredStage theirs)
    {
        if (mine.Kind != theirs.Kind)
            return $"stage {mine.Name} is a {theirs.Kind} in the files and a {mine.Kind} in the class";
        return Difference($"stage {mine.Name} and its argument", mine.Arguments, theirs.Arguments, argument => argument.Option, (my, their) => my.Value == their.Value
            ? null
            : $"stage {mine.Name} has {my.Option} = {their.Value} in the files and {my.Value} in the class");
    }

    private static string? Difference<T>(string what, IReadOnlyList<T> mine, IReadOnlyList<T> theirs, Func<T, string> nameOf, Func<T, T, string?> difference)
    {
        for (int i = 0; i < Math.Max(mine.Count, theirs.Count); i++)
        {
            string? my = i < mine.Count ? nameOf(mine[i]) : null;
            string? their = i < theirs.Count ? nameOf(theirs[i]) : null;
            if (my == their && difference(mine[i], theirs[i]) is { } found)
                return found;
            if (my == their)
                continue;
            if (my is not null && !theirs.Any(other => nameOf(other) == my))
                return $"{what} {my} is in the class and not in the files";
            return their is not null && !mine.Any(other => nameOf(other) == their) ? $"{what} {their} is in the files and not in the class" : $"{what} {my ?? their} stands at another place";
        }

        return null;
    }

    // With their lengths, so that no two declarations make one text.
    private static void Append(StringBuilder text, string first, string second) =>
        text.Append(first.Length).Append(' ').Append(first).Append(' ').Append(second.Length).Append(' ').Append(second).Append('\n');
}

/// <summary>A column of the row type.</summary>
/// <param name="Name">Its property's name.</param>
/// <param name="Type">Its type as C# writes it, <c>double?</c>; with its size where one is declared, and where it is sensitive.</param>
[EditorBrowsable(EditorBrowsableState.Never)]
public sealed record DeclaredColumn(string Name, string Type);

/// <summary>A stage or model.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Kind">Its attribute's name.</param>
/// <param name="Arguments">What it was declared with, each argument once.</param>
[EditorBrowsable(EditorBrowsableState.Never)]
public sealed record DeclaredStage(string Name, string Kind, params IReadOnlyList<(string Option, string Value)> Arguments);
