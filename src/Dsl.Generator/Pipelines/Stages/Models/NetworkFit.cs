using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using Dsl.Generator.Declaring;
using Dsl.Generator.Pipelines.Facts;
using Dsl.Generator.Pipelines.Graph;

namespace Dsl.Generator.Pipelines.Stages.Models;

/// <summary>Whether a network and its columns go together (DSL507-509).</summary>
internal static class NetworkFit
{
    /// <summary>Sizes, lengths, vocabularies and padding against the inputs (DSL507).</summary>
    public static void CheckInputs(StageSite site, NetworkFacts network, IReadOnlyList<Column> features)
    {
        if (!network.IsModel)
            return;
        if (features.Count != network.Inputs.Count)
        {
            string inputs = string.Join(", ", network.Inputs.Select(input => input.Name));
            site.FailColumn(Descriptors.InputDoesNotFit, Place.Argument(site.Ordinal, "features"), $"needs a column for each of the {network.Inputs.Count} inputs of {network.Name} ({inputs}), but has {features.Count}");
            return;
        }

        for (int i = 0; i < features.Count && !site.IsWrong; i++)
        {
            if (Refuses(features[i], network.Inputs[i], network) is { } flaw)
                site.FailColumn(Descriptors.InputDoesNotFit, site.PlaceOf(i), flaw);
        }
    }

    /// <summary>Why the class is no network for this label, in words that follow the stage's name (DSL509); else null.</summary>
    public static string? Refuses(Entry entry, NetworkFacts network, Column? label, bool isTrained)
    {
        if (!network.IsModel)
            return $"needs a class that is marked Model, but {network.Name} is not";
        if (network.Loss == LossForm.None)
            return $"needs a loss, but {network.Name} has none: what its output means follows from it";
        if (!network.HasOptimizer && !isTrained)
            return $"needs an optimizer, but {network.Name} has none: add one, or give Fit a trained network with Trained = true";
        if (isTrained && network.Access < MemberAccess.Internal)
            return $"is given to Fit, but {network.Name} is less accessible than the pipeline's class: not everybody who calls Fit could give one";
        if (network.HasLabelAStep)
            return $"has a label a sample, but {network.LossName} of {network.Name}, whose output is {network.OutputShape}, takes one a step";
        return entry.Has("label") && label is null && entry.Text("label") is not null ? null : LabelFlaw(network, label, isTrained);
    }

    /// <summary>Sizes and classes that are known only after fitting (DSL508).</summary>
    public static void CheckKnown(StageSite site, NetworkFacts network, IReadOnlyList<Column> features, Column? label)
    {
        for (int i = 0; i < features.Count; i++)
        {
            if (features[i].Size != 0 || features[i].Kind != ColumnKind.Vector)
                continue;
            Column open = OpenOf(features[i]);
            site.FailColumn(
                Descriptors.SizeUnknown,
                site.PlaceOf(i),
                $"needs a vector of {network.Inputs[i].Elements}, but the size of {features[i].Name} is known only after fitting{ForWhat(open, features[i])}: Fit checks it",
                SuggestionOf(site, open, features[i], network.Inputs[i].Elements));
            return;
        }

        if (label is { Kind: ColumnKind.Vector, Size: 0 })
        {
            Column open = OpenOf(label);
            site.FailColumn(
                Descriptors.SizeUnknown,
                Place.Argument(site.Ordinal, "label"),
                $"needs a vector of {network.Outputs} as its label, but the size of {label.Name} is known only after fitting{ForWhat(open, label)}: Fit checks it",
                SuggestionOf(site, open, label, network.Outputs));
            return;
        }

        if (label is null || network.Loss is not (LossForm.CrossEntropy or LossForm.BinaryCrossEntropy or LossForm.Hinge))
            return;
        if (label is { Kind: ColumnKind.ClassNumber, Classes: 0, LabelsOf: >= 0, IsPrediction: false })
        {
            CheckedStage indexer = site.Before[label.LabelsOf];
            long classes = network.Loss == LossForm.CrossEntropy ? network.Outputs : 2;
            site.FailColumn(
                Descriptors.SizeUnknown,
                Place.Argument(site.Ordinal, "label"),
                $"needs {classes} classes, but how many {indexer.Name} finds for {label.Name} is known only after fitting: Fit checks it",
                Suggestion(site, indexer, "Classes", classes));
        }
    }

    private static string? Refuses(Column feature, NetworkPort input, NetworkFacts network)
    {
        if (feature.Kind == ColumnKind.Ids)
        {
            if (!input.IsIds)
                return $"gives input {input.Name} of {network.Name} the ids of {feature.Name}, but it takes numbers, {input.Shape}";
            if (feature.Size > 0 && feature.Size != input.Elements)
                return $"gives input {input.Name} of {network.Name} the {feature.Size} ids of {feature.Name}, but it takes {input.Elements}";
            if (feature.Vocabulary > input.Vocabulary)
                return $"gives input {input.Name} of {network.Name} the ids below {feature.Vocabulary} of {feature.Name}, but it takes those below {input.Vocabulary}: VocabSize and Vocabulary belong together";
            return input.Padding == 0 ? null
                : $"gives input {input.Name} of {network.Name} ids whose padding is 0, but {(input.Padding < 0 ? "it has no padding" : $"its padding is {input.Padding}")}: write Padding = 0";
        }

        if (input.IsIds)
            return $"gives input {input.Name} of {network.Name} the vector {feature.Name}, but it takes ids: TokenIds makes them";
        return feature.Size <= 0 || feature.Size == input.Elements ? null
            : $"gives input {input.Name} of {network.Name} a vector of {feature.Size}, but it takes {input.Shape}{(input.Shape.Contains("×") ? $", {input.Elements} elements" : "")}: {Composition(feature)}";
    }

    /// <summary>Which columns make up the size: <c>Features is Raw, of A 1 + B 2 = 3</c>.</summary>
    private static string Composition(Column vector)
    {
        List<Column> way = [vector];
        Column one = vector;
        while (one.Sources.Count == 1 && one.Sources[0].Kind == ColumnKind.Vector && one.Sources[0].Size == one.Size)
            way.Insert(0, one = one.Sources[0]);
        string name = Provenance.Text(way);
        bool isSum = one.Sources.Count > 0 && one.Sources.All(source => source.Elements > 0) && one.Sources.Sum(source => (long)source.Elements) == one.Size;
        return isSum ? $"{name} is {string.Join(" + ", one.Sources.Select(source => $"{source.Name} {source.Elements}"))} = {one.Size}" : $"{name} has {one.Size}";
    }

    private static string ForWhat(Column open, Column vector) => open.Index == vector.Index ? "" : $" for {open.Name}";

    /// <summary>The first column before a vector of open size whose own size is open and that is made of none such.</summary>
    private static Column OpenOf(Column vector)
    {
        Column? source = vector.Sources.FirstOrDefault(one => one is { Kind: ColumnKind.Vector, Size: 0 });
        return source is null ? vector : OpenOf(source);
    }

    /// <summary>Where <c>Size</c> would make it known, and what it must then be: 0 where that does not follow.</summary>
    private static string? SuggestionOf(StageSite site, Column open, Column vector, long wanted)
    {
        if (open.Stage < 0 || site.Before[open.Stage].Rule is not (OneHotEncoderStage or MapStage))
            return null;
        long others = 0;
        for (Column one = vector; one.Index != open.Index;)
        {
            Column next = one.Sources.First(source => source is { Kind: ColumnKind.Vector, Size: 0 });
            if (one.Sources.Count > 1)
            {
                if (one.Sources.Count(source => source is { Kind: ColumnKind.Vector, Size: 0 }) > 1)
                    return null;
                others += one.Sources.Where(source => source.Index != next.Index).Sum(source => (long)source.Elements);
            }

            one = next;
        }

        return wanted - others >= 1 ? Suggestion(site, site.Before[open.Stage], "Size", wanted - others) : null;
    }

    /// <summary>An option that is missing: its name, the attribute's, which of these it is, the number.</summary>
    private static string Suggestion(StageSite site, CheckedStage stage, string option, long number)
    {
        int ordinal = site.Before.Take(stage.Index).Count(one => one.Rule == stage.Rule);
        return string.Format(CultureInfo.InvariantCulture, "{0} {1} {2} {3}", option, stage.Rule.Name, ordinal, number);
    }

    private static string? LabelFlaw(NetworkFacts network, Column? label, bool isTrained)
    {
        string loss = $"{network.LossName} of {network.Name}";
        if (network.Loss == LossForm.Reconstruction)
            return label is null ? null : $"has the label {label.Name}, but {loss} takes none: it learns its own input";
        if (label is null)
            return isTrained ? null : $"needs a label: {loss} learns from one";
        string given = $"but {label.Name} is {label.Described}";
        bool isClasses = Wanted.Classes.Fits(label);
        string toClasses = label.Kind == ColumnKind.Number ? ": a whole type, StringIndexer, Binarizer or Bucketizer makes classes" : "";
        switch (network.Loss)
        {
            case LossForm.CrossEntropy:
                if (!isClasses)
                    return $"needs {network.Outputs} classes for {loss}, {given}{toClasses}";
                return label.Classes is 0 or Column.Wrong || label.Classes == network.Outputs ? null
                    : $"needs {network.Outputs} classes for {loss}, as many as its outputs, but {label.Name} has {label.Classes}";
            case LossForm.Hinge:
            case LossForm.BinaryCrossEntropy when network.Outputs == 1:
                if (!isClasses)
                    return $"needs two classes for {loss}, {given}{toClasses}";
                return label.Classes is 0 or 2 or Column.Wrong ? null : $"needs two classes for {loss}, but {label.Name} has {label.Classes}";
            case LossForm.Regression when network.Outputs == 1:
                return Wanted.Amount.Fits(label) ? null : $"needs a number that no StringIndexer made for {loss}, {given}";
            default:
                string wanted = $"a vector of {network.Outputs}{(network.Loss is LossForm.Regression ? "" : " probabilities")}";
                return label.Kind == ColumnKind.Vector && (label.Size <= 0 || label.Size == network.Outputs) ? null : $"needs {wanted} for {loss}, {given}";
        }
    }
}
