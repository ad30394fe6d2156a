using System;
using System.Collections.Generic;
using System.Linq;
using Dsl.Generator.Declaring;
using Dsl.Generator.Pipelines.Facts;
using Dsl.Generator.Pipelines.Graph;

namespace Dsl.Generator.Pipelines.Stages;

/// <summary>What <c>Map</c> and <c>Where</c> have in common: a method of the class whose parameters are columns.</summary>
internal abstract class MethodStage<TAttribute> : StageOf<TAttribute>
    where TAttribute : StageAttribute
{
    // C#'s implicit numeric conversions, but those to double, which any number has.
    private static readonly Dictionary<string, string[]> Conversions = new(StringComparer.Ordinal)
    {
        ["sbyte"] = ["short", "int", "long", "float", "decimal"],
        ["byte"] = ["short", "ushort", "int", "uint", "long", "ulong", "float", "decimal"],
        ["short"] = ["int", "long", "float", "decimal"],
        ["ushort"] = ["int", "uint", "long", "ulong", "float", "decimal"],
        ["int"] = ["long", "float", "decimal"],
        ["uint"] = ["long", "ulong", "float", "decimal"],
        ["long"] = ["float", "decimal"],
        ["ulong"] = ["float", "decimal"],
    };

    public override IReadOnlyList<ColumnUse> Reads(Entry entry, PipelineFacts facts) =>
        facts.Method(entry.Text("method") ?? "") is { } method ? [.. method.Parameters.Select((parameter, i) => new ColumnUse(parameter.Name, "method", Parameter: i))] : [];

    /// <summary>Looks at the method and at its parameters.</summary>
    /// <param name="site">The stage.</param>
    /// <param name="result">What it must return, as messages end.</param>
    /// <param name="isResult">Whether it returns that.</param>
    /// <returns>The method; null where something is wrong with it, which is then reported.</returns>
    protected static RowMethod? MethodOf(StageSite site, string result, Func<RowMethod, bool> isResult)
    {
        string name = site.Entry.Text("method") ?? "";
        Place place = Place.Argument(site.Ordinal, "method");
        if (site.Facts.Method(name) is not { } method)
        {
            site.FailColumn(Descriptors.WrongMethod, place, $"calls {(name.Length == 0 ? "a method without a name" : name)}, but the class has no such method");
            return null;
        }

        if (method.Flaw is { } flaw)
        {
            site.FailColumn(Descriptors.WrongMethod, place, $"calls {name}, which {flaw}");
            return null;
        }

        if (method.IsBroken)
        {
            site.KeepSilent();
            return null;
        }

        if (!isResult(method))
        {
            site.FailColumn(Descriptors.WrongMethod, place, $"calls {name}, which returns {method.ResultText}, but {result}");
            return null;
        }

        Column? missing = null;
        for (int i = 0; i < method.Parameters.Count; i++)
            missing ??= CheckParameter(site, method, i);
        if (missing is not null && !site.IsWrong && !site.Scope.MayTrain)
            site.FailNull(missing, place);
        return site.IsWrong ? null : method;
    }

    /// <summary>Whether one of the columns that it reads is sensitive.</summary>
    protected static bool IsSensitive(StageSite site) => site.Inputs.Any(column => column.IsSensitive);

    /// <summary>Looks at a parameter; gives the column that may be null where the parameter may not.</summary>
    private static Column? CheckParameter(StageSite site, RowMethod method, int index)
    {
        MethodParameter parameter = method.Parameters[index];
        Place place = Place.Parameter(method.Name, index);
        if (parameter.Type is null)
        {
            // A pointer or a span.
            site.FailColumn(Descriptors.WrongMethod, place, $"calls {method.Name}, whose parameter {parameter.Name} has a type that no column has");
            return null;
        }

        if (parameter.IsWritten)
        {
            site.FailColumn(Descriptors.WrongMethod, place, $"calls {method.Name}, which takes {parameter.Name} by reference: a column is read by value, or with in");
            return null;
        }

        if ((site.Scope.Find(parameter.Name) ?? site.Scope.Find(ParameterName.OtherCase(parameter.Name))) is not { } column)
        {
            if (site.Scope.HasHoles)
                site.KeepSilent();
            else
                FailUnknown(site, method, parameter, place);
            return null;
        }

        if (column.IsUnknown)
        {
            site.KeepSilent();
            return null;
        }

        if (column.Kind == ColumnKind.Carried || !Takes(parameter.Type, column))
        {
            string advice = column.Kind == ColumnKind.Carried ? "only Select and DropColumns may name it" : $"write {Suggested(column)}";
            site.FailColumn(Descriptors.WrongMethod, place, $"gives {method.Name} the column {column.Name}, {column.Described}, but {parameter.Name} is {parameter.Type.Short}: {advice}");
            return null;
        }

        site.Take(index, column);
        return column.IsNullable && !column.IsTraining && !parameter.Type.IsNullable && !parameter.Type.IsOblivious ? column : null;
    }

    private static void FailUnknown(StageSite site, RowMethod method, MethodParameter parameter, Place place)
    {
        string? meant = Spelling.Closest(parameter.Name, site.Scope.Names);
        site.FailColumn(
            Descriptors.WrongMethod,
            place,
            $"calls {method.Name}, but there is no column {parameter.Name} here: {(meant is null ? $"a parameter is one of {string.Join(", ", site.Scope.Names)}" : $"did you mean {meant}?")}");
    }

    private static string Suggested(Column column) => column.Declared.Replace("global::Dsl.", "").Replace("global::System.", "");

    private static bool Takes(ColumnType parameter, Column column)
    {
        string given = column.CSharp.TrimEnd('?');
        return parameter.CSharp == given
            || (Wanted.IsNumber(column) && (parameter.CSharp == "double" || (Conversions.TryGetValue(given, out string[] wider) && Array.IndexOf(wider, parameter.CSharp) >= 0)));
    }
}
