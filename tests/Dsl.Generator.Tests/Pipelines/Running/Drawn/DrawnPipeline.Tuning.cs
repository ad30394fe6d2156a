using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using System.Text;
using System.Text.RegularExpressions;

namespace Dsl.Generator.Tests.Pipelines.Running.Drawn;

/// <content>Now and then a grid, cross-validated, and beside it a pipeline a point that declares what the grid varies.</content>
internal sealed partial class DrawnPipeline
{
    // No option of an attribute, but of the network's optimizer.
    private const string Rate = "LearningRate";

    private static readonly Dictionary<string, (string Option, string[] Values)[]> Variable = new(StringComparer.Ordinal)
    {
        ["LogisticRegression"] = [("RegParam", ["0.02", "0.4"]), ("MaxIter", ["2", "15"]), ("FitIntercept", ["true", "false"])],
        ["LinearRegression"] = [("RegParam", ["0.02", "0.4"]), ("MaxIter", ["2", "15"])],
        ["LinearSVC"] = [("RegParam", ["0.02", "0.4"]), ("Threshold", ["0", "0.3"])],
        ["SGDClassifier"] = [("Alpha", ["0.001", "0.05"]), ("MaxIter", ["3", "12"]), ("Seed", ["1", "2"]), ("Penalty", ["SgdPenalty.L1", "SgdPenalty.L2"])],
        ["DecisionTreeClassifier"] = [("MaxDepth", ["1", "4"]), ("MinInstancesPerNode", ["1", "6"]), ("Impurity", ["TreeImpurity.Gini", "TreeImpurity.Entropy"])],
        ["DecisionTreeRegressor"] = [("MaxDepth", ["1", "4"]), ("MinInfoGain", ["0", "0.1"])],
        ["RandomForestClassifier"] = [("NumTrees", ["1", "3"]), ("FeatureSubsetStrategy", ["\"sqrt\"", "\"all\""])],
        ["RandomForestRegressor"] = [("MaxDepth", ["1", "4"]), ("Bootstrap", ["true", "false"])],
        ["GBTClassifier"] = [("MaxIter", ["1", "3"]), ("StepSize", ["0.1", "0.9"])],
        ["GBTRegressor"] = [("MaxIter", ["0", "3"]), ("LossType", ["BoostingLoss.Squared", "BoostingLoss.Absolute"])],
        ["NaiveBayes"] = [("Smoothing", ["0.1", "1.5"])],
        ["KMeans"] = [("Seed", ["1", "2"]), ("MaxIter", ["0", "5"])],
        ["Network"] = [("Epochs", ["1", "2"]), ("BatchSize", ["5", "20"]), ("Seed", ["1", "2"]), (Rate, ["0.003", "0.03"])],
        ["StandardScaler"] = [("WithMean", ["true", "false"]), ("WithStd", ["true", "false"])],
        ["MinMaxScaler"] = [("Max", ["1.5", "3"])],
        ["RobustScaler"] = [("Lower", ["0.05", "0.2"]), ("WithCentering", ["true", "false"])],
        ["Normalizer"] = [("P", ["1", "3"])],
        ["Imputer"] = [("MissingValue", ["1", "double.NaN"])],
        ["Binarizer"] = [("Threshold", ["0", "0.6"])],
        ["IDF"] = [("MinDocFreq", ["0", "2"])],
        ["NGram"] = [("N", ["1", "2"])],
        ["HashingTF"] = [("Binary", ["true", "false"])],
        ["StringIndexer"] = [("StringOrderType", ["StringOrder.AlphabetAsc", "StringOrder.FrequencyAsc"])],
        ["CountVectorizer"] = [("Binary", ["true", "false"])],
        ["VarianceThresholdSelector"] = [("VarianceThreshold", ["0", "0.05"])],
        ["StopWordsRemover"] = [("CaseSensitive", ["true", "false"])],
    };

    private readonly List<(string Prediction, string Metric)> measures = [];
    private readonly List<string> tuning = [];
    private readonly List<(int Stage, string Option, string[] Values)> axes = [];

    /// <summary>Points of its grid; 0 without one.</summary>
    public int Points => tuning.Count == 0 ? 0 : axes.Aggregate(1, (count, axis) => count * axis.Values.Length);

    private void AddTuning()
    {
        if (measures.Count == 0 || !Chance(12))
            return;
        (string prediction, string metric) = One([.. measures]);
        DrawnColumn[] strata = [.. row.Columns.Where(column => !column.IsSensitive && column.IsFew && (column.Kind is DrawnKind.Text or DrawnKind.Flag || column.IsWhole))];
        string stratify = strata.Length > 0 && Chance(40) ? $", Stratify = {Quoted(One(strata).Name)}" : "";
        tuning.Add($"CrossValidate(Metric.{metric}, Prediction = {Quoted(prediction)}, Folds = {random.Next(2, 4)}{Maybe("Repeats", 2, 20)}{Maybe("Seed", random.Next(20))}{stratify})");
        int split = stages.FindIndex(stage => Head(stage.Attribute) == "Split");
        int[] varied = [.. Enumerable.Range(split + 1, stages.Count - split - 1).Where(i => Variable.ContainsKey(Head(stages[i].Attribute)) && !stages[i].Attribute.Contains("Trained", StringComparison.Ordinal))];
        for (int i = random.Next(1, 3); i > 0 && varied.Length > 0; i--)
        {
            int stage = One(varied);
            (string option, string[] values) = One(Variable[Head(stages[stage].Attribute)]);
            if (axes.Exists(axis => axis.Stage == stage && axis.Option == option) || (option == "MissingValue" && stages[stage].Attribute.Contains("Mode", StringComparison.Ordinal)))
                continue;
            axes.Add((stage, option, values));
            tuning.Add($"Grid(\"{StageName(stage)}.{option}\", {string.Join(", ", values)})");
            if (option == Rate)
                networks.AddRange([.. values.Select((value, i) => WithRate(stages[stage].Attribute, value, i))]);
        }
    }

    /// <summary>The network of a stage with another learning rate.</summary>
    private string WithRate(string attribute, string value, int ordinal)
    {
        string name = TypeName(attribute).Split('.')[^1];
        string declared = networks.Find(one => one.EndsWith($" {name};", StringComparison.Ordinal))!;
        return Regex.Replace(declared, @"(Adam|SGD)\([^()]*\)", $"$1({value})").Replace($" {name};", $" {name}Rate{ordinal};", StringComparison.Ordinal);
    }

    private static string TypeName(string attribute) => attribute[8..attribute.IndexOf('>', StringComparison.Ordinal)];

    private static string Head(string attribute) => attribute[..attribute.AsSpan().IndexOfAny('(', '<')];

    private string StageName(int stage)
    {
        string attribute = stages[stage].Attribute;
        Match named = Regex.Match(attribute, ", Name = \"([^\"]*)\"");
        string head = Head(attribute);
        return named.Success ? named.Groups[1].Value
            : head == "Network" ? TypeName(attribute).Split('.')[^1]
            : head + (1 + stages.Take(stage).Count(one => Head(one.Attribute) == head)).ToString(CultureInfo.InvariantCulture);
    }

    /// <summary>A stage's attribute as it is declared at a point.</summary>
    private string At(int point, int stage)
    {
        string attribute = stages[stage].Attribute;
        for (int i = axes.Count - 1; i >= 0; point /= axes[i].Values.Length, i--)
        {
            if (axes[i].Stage != stage)
                continue;
            int ordinal = point % axes[i].Values.Length;
            if (axes[i].Option == Rate)
            {
                string type = TypeName(attribute);
                string named = attribute.Contains(", Name = ", StringComparison.Ordinal) ? attribute : $"{attribute[..^1]}, Name = \"{type.Split('.')[^1]}\")";
                attribute = named.Replace($"<{type}>", $"<{type}Rate{ordinal}>", StringComparison.Ordinal);
                continue;
            }

            string value = axes[i].Values[ordinal];
            string old = $", {axes[i].Option} = (\"[^\"]*\"|[^,)]*)";
            string given = $", {axes[i].Option} = {value}";
            attribute = Regex.IsMatch(attribute, old) ? Regex.Replace(attribute, old, given) : attribute[..^1] + given + ")";
        }

        return attribute;
    }

    /// <summary>The pipelines of the points: without grid, scores and output of their own.</summary>
    private void WritePoints(StringBuilder text)
    {
        for (int point = 0; point < Points; point++)
        {
            string name = "Q" + point.ToString(CultureInfo.InvariantCulture);
            text.Append("[Pipeline<Row>]\n");
            for (int i = 0; i < stages.Count; i++)
                text.Append('[').Append(At(point, i).Replace("nameof(P.", $"nameof({name}.", StringComparison.Ordinal)).Append("]\n");
            if (output.Length > 0)
                text.Append('[').Append(output).Append("]\n");
            text.Append(places.PipelineAccess).Append(" partial class ").Append(name).Append("\n{\n");
            foreach (string method in methods)
                text.Append("    ").Append(method).Append('\n');
            text.Append("}\n");
        }
    }

    /// <summary>Calls of all that.</summary>
    private void WriteTuning(StringBuilder text)
    {
        if (Points == 0)
            return;
        IEnumerable<string> all = Enumerable.Range(0, Points).Select(point => $"{places.PipelineWithin}Q{point}").ToArray();
        text.Append("    public static PipelineTuning<P> Tuned(Row[] rows, PipelineOptions options) { ").Append(Giving("P.Tune")).Append(" }\n")
            .Append("    public static object Tune(Row[] rows, PipelineOptions options) { PipelineTuning<P> tuning = Tuned(rows, options); return (tuning.ToString(), tuning.Points.SelectMany(point => point.Scores).ToArray(), tuning.Points.ToList().IndexOf(tuning.BestPoint), tuning.Best); }\n")
            .Append("    public static object Point(int point, Row[] rows, PipelineOptions options, string folder)\n    {\n        switch (point)\n        {\n");
        foreach ((int point, string name) in all.Index())
            text.Append($"            case {point}: {{ using {name} fitted = Fit{point}(rows, options); fitted.Save(folder); return fitted.Transform(rows).ToArray<object>(); }}\n");
        text.Append("            default: return Array.Empty<object>();\n        }\n    }\n");
        foreach ((int point, string name) in all.Index())
            text.Append($"    private static {name} Fit{point}(Row[] rows, PipelineOptions options) {{ {Giving(name + ".Fit")} }}\n");
    }
}
