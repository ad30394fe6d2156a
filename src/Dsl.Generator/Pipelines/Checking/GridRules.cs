using System;
using System.Collections.Generic;
using System.Linq;
using System.Reflection;
using Dsl.Generator.Declaring;
using Dsl.Generator.Pipelines.Facts;
using Dsl.Generator.Pipelines.Graph;
using Dsl.Generator.Pipelines.Stages;
using Dsl.Generator.Pipelines.Stages.Models;

namespace Dsl.Generator.Pipelines.Checking;

/// <summary>What <c>Tune</c> varies (DSL511, and ranges: DSL515).</summary>
internal static class GridRules
{
    private const string LearningRate = "LearningRate";

    public static CheckedPipeline Check(CheckedPipeline pipeline, List<Finding> findings)
    {
        bool hasValidation = pipeline.Declaration.HasUnknownAttribute || pipeline.Declaration.Entries.Any(entry => entry.Construct is CrossValidateConstruct);
        HashSet<string> paths = new(StringComparer.Ordinal);
        List<CheckedGrid> grid = [];
        for (int i = 0; i < pipeline.Declaration.Entries.Count; i++)
        {
            Entry entry = pipeline.Declaration.Entries[i];
            if (entry.Construct is not GridConstruct || entry.IsBroken)
                continue;
            string path = entry.Text("path") ?? "";
            EquatableArray<AnyValue> values = entry.TryGet("values", out object? written) && written is EquatableArray<AnyValue> all ? all : default;
            if (!hasValidation)
                findings.Add(new(Descriptors.WrongGrid, Place.Attribute(i), $"Grid is for Tune, which {pipeline.Declaration.Name} gets with CrossValidate"));
            else if (values.Count == 0)
                findings.Add(new(Descriptors.WrongGrid, Place.Attribute(i), "Grid needs at least one value"));
            Place place = Place.Argument(i, "path");
            if (!paths.Add(path))
            {
                findings.Add(new(Descriptors.WrongGrid, place, $"Grid varies {path} a second time"));
                continue;
            }

            if (Find(pipeline, path, out CheckedStage? stage, out string option) is { } flaw)
            {
                if (flaw.Length > 0)
                    findings.Add(new(Descriptors.WrongGrid, place, $"Grid cannot vary {(path.Length == 0 ? "nothing" : path)}: {flaw}"));
                continue;
            }

            if (CheckValues(i, stage!, option, values, findings))
                grid.Add(new CheckedGrid(i, path, stage!.Index, option, values));
        }

        return pipeline with { Grid = grid };
    }

    /// <summary>The stage and option of a path; or why there is none, empty where something else is wrong.</summary>
    private static string? Find(CheckedPipeline pipeline, string path, out CheckedStage? stage, out string option)
    {
        int point = path.IndexOf('.');
        string name = point < 0 ? path : path.Substring(0, point);
        option = point < 0 ? "" : path.Substring(point + 1);
        stage = pipeline.Stages.FirstOrDefault(one => one.Name == name);
        if (stage is null)
        {
            if (pipeline.Declaration.HasUnknownAttribute || pipeline.Declaration.Entries.Any(entry => entry.IsBroken))
                return "";
            List<string> names = [.. pipeline.Stages.Select(one => one.Name)];
            return $"there is no stage or model {name}; {Spelling.Advice(Spelling.Closest(name, names), names)}";
        }

        List<string> options = OptionsOf(stage.Rule);
        if (options.Contains(option))
        {
            return pipeline.Split is { } split && stage.Index < split.Index
                ? $"{stage.Name} stands before {split.Name}, and what stands there is fitted once, before there are folds: put Split first"
                : null;
        }

        if (options.Count == 0)
            return $"{stage.Rule.Name} has no option that can vary";
        string wrong = point < 0 ? $"a point and an option of {stage.Name} are missing"
            : stage.Rule.AttributeType.GetProperty(option) is null ? $"{stage.Rule.Name} has no option {option}"
            : $"{option} decides what there is while compiling, or is no number, flag or enum";
        return $"{wrong}; {Spelling.Advice(option.Length > 0 ? Spelling.Closest(option, options) : null, options)}";
    }

    /// <summary>What a grid can vary of a stage.</summary>
    public static List<string> OptionsOf(StageRule stage)
    {
        if (stage is SplitStage)
            return [];
        List<string> options = [.. stage.AttributeType.GetProperties().Where(property => property.CanWrite && CanVary(stage, property)).Select(property => property.Name)];
        if (stage is NetworkStage)
            options.Add(LearningRate);
        return options;
    }

    private static bool CanVary(StageRule stage, PropertyInfo property) => property.Name is not ("Size" or "Classes" or "Trained")
        && !(property.Name == "VocabSize" && stage.Name == "TokenIds")
        && (property.PropertyType.IsEnum || property.PropertyType == typeof(int) || property.PropertyType == typeof(double) || property.PropertyType == typeof(ulong)
            || property.PropertyType == typeof(bool) || property.Name == "FeatureSubsetStrategy");

    private static bool CheckValues(int ordinal, CheckedStage stage, string option, EquatableArray<AnyValue> values, List<Finding> findings)
    {
        Type type = stage.Rule.AttributeType.GetProperty(option)?.PropertyType ?? typeof(double);
        bool isSound = values.Count > 0;
        for (int i = 0; i < values.Count; i++)
        {
            Place place = Place.Argument(ordinal, "values", i);
            AnyValue value = values[i];
            string shown = value.Value is null ? "null" : value.IsEnum ? value.Type : $"{Graph.Range.Text(value.Value)} ({value.Type})";
            if (!IsOf(type, value))
            {
                findings.Add(new(Descriptors.WrongGrid, place, $"Grid varies {stage.Name}.{option}, which is {Wanted(type)}, but has {shown}"));
                isSound = false;
                continue;
            }

            Graph.Range? range = option == LearningRate && stage.Rule is NetworkStage ? Graph.Range.Above(0) : stage.Rule.Ranges.FirstOrDefault(one => one.Argument == option).Range;
            string? flaw = range is not null && Graph.Range.NumberOf(value.Value) is { } number && !range.Holds(number) ? $"{option} {range.Wanted}" : stage.Rule.Flaw(option, value.Value);
            if (flaw is null)
                continue;
            findings.Add(new(Descriptors.WrongOption, place, $"Grid needs {flaw}, but has {shown}"));
            isSound = false;
        }

        return isSound;
    }

    /// <summary>A constant of the option's type: any number for a double, any whole one for an int or ulong.</summary>
    private static bool IsOf(Type type, AnyValue value)
    {
        if (type.IsEnum)
            return value.IsEnum && value.Type == type.FullName;
        if (value.IsEnum)
            return false;
        if (type == typeof(bool))
            return value.Value is bool;
        if (type == typeof(string))
            return value.Value is string;
        if (Graph.Range.NumberOf(value.Value) is not { } number)
            return false;
        bool isWhole = value.Value is not (float or double);
        return type == typeof(double) || (isWhole && (type == typeof(ulong) ? number >= 0 : number is >= int.MinValue and <= int.MaxValue));
    }

    private static string Wanted(Type type) => type.IsEnum ? $"a member of {type.Name}" : type == typeof(bool) ? "true or false" : type == typeof(string) ? "text" : type == typeof(double) ? "a number" : "a whole number";
}
