using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;

namespace Dsl.Generator.Tests.Pipelines.Running.Drawn;

/// <content>Networks of every loss, with one input and with several, trained in the fit or given to it, and what may follow them.</content>
internal sealed partial class DrawnPipeline
{
    private const int IdsVocabulary = 20;

    private readonly List<string> given = [];

    private bool AddNetwork()
    {
        List<DrawnColumn> features = [];
        int inputs = Chance(30) ? random.Next(2, 4) : 1;
        for (int i = 0; i < inputs; i++)
        {
            if ((Chance(25) ? Ids() : NetworkFeatures()) is { } one)
                features.Add(one);
        }

        if (features.Count == 0)
            return false;
        string body = features.Count > 1 ? Inputs(features) : Input(features[0], 0, "");
        return Network(features, body);
    }

    private DrawnColumn? NetworkFeatures() => Features(isNonNegative: false) is { Size: > 0 } there ? there : null;

    private DrawnColumn? Ids() => columns.Find(column => column.Kind == DrawnKind.Ids) ?? (AddTokenIds() ? columns[^1] : null);

    /// <summary>The inputs, and layers that make one output of all.</summary>
    private string Inputs(List<DrawnColumn> features)
    {
        // A column may be given twice; which input comes first has nothing to do with the order of the layers.
        string[] ports = [.. features.Select((column, i) => column.Kind == DrawnKind.Ids ? $"Tokens({column.Size}, Vocabulary = {IdsVocabulary}, Padding = 0, Name = \"X{i}\")" : $"Input({Shape(column)}, Name = \"X{i}\")")];
        string[] ways = [.. features.Select((column, i) => column.Kind == DrawnKind.Ids ? $"Embedding(3, From = \"X{i}\"), {Steps($"Y{i}")}"
            : ports[i].Contains(", 2,", StringComparison.Ordinal) ? $"Flatten(From = \"X{i}\", Name = \"Y{i}\")"
            : $"Linear({random.Next(1, 4)}, From = \"X{i}\", Name = \"Y{i}\")")];
        int last = random.Next(features.Count);
        IEnumerable<int> order = Enumerable.Range(0, features.Count).Where(i => i != last);
        IEnumerable<string> others = order.Select(i => ways[i].StartsWith("Linear", StringComparison.Ordinal) && Chance(50) ? $"X{i}" : $"Y{i}").ToArray();
        IEnumerable<int> made = order.Where(i => others.Contains($"Y{i}"));
        return $"{string.Join(", ", ports)}, {string.Concat(made.Select(i => ways[i] + ", "))}{ways[last]}, Concat({string.Join(", ", others.Select(Quoted))})";
    }

    private string Input(DrawnColumn column, int ordinal, string name) => column.Kind == DrawnKind.Ids
        ? $"Tokens({column.Size}, Vocabulary = {IdsVocabulary}, Padding = 0), Embedding(3), {Steps("Steps" + ordinal + name)}"
        : Shape(column) is var shape && shape.EndsWith(", 2", StringComparison.Ordinal) ? $"Input({shape}), Flatten" : $"Input({shape})";

    private string Shape(DrawnColumn column) => column.Size % 2 == 0 && Chance(30) ? $"{column.Size / 2}, 2" : column.Size.ToString(CultureInfo.InvariantCulture);

    private string Steps(string name) => Chance(50) ? $"GRU(3), LastStep(Name = \"{name}\")" : $"GlobalAvgPool1d(Name = \"{name}\")";

    private bool Network(List<DrawnColumn> features, string body)
    {
        string prediction = row.Fresh("Deep");
        bool isTrained = Chance(25);
        (string end, DrawnColumn? label, DrawnColumn made) = End(features, prediction, hasLabel: !isTrained || Chance(60));
        int classes = made.Kind == DrawnKind.Class ? made.Classes : 0;
        bool hasCode = Chance(40);
        string code = hasCode ? row.Fresh("Code") : "";
        string expose = hasCode ? $", Expose(\"Inner\"{(Chance(40) ? ", \"Onward\"" : "")})" : "";
        int width = random.Next(2, 5);
        string hidden = Chance(30) ? $", Linear({random.Next(2, 7)}), {One("ReLU", "Dropout(0.2)", "LayerNorm")}{(Chance(40) ? ", Output(\"Side\")" : "")}" : "";
        string further = Chance(20) ? ", Output(\"Inside\")" : "";
        string name = "Net" + networks.Count.ToString(CultureInfo.InvariantCulture);
        string optimizer = isTrained && Chance(50) ? "" : ", " + One("Adam(0.01)", "SGD(0.05)");
        if (end.EndsWith("Reconstruction", StringComparison.Ordinal) && body.EndsWith("Flatten", StringComparison.Ordinal))
            end = end.Replace(", R", $", Reshape({body[6..body.IndexOf(')', StringComparison.Ordinal)]}), R", StringComparison.Ordinal);
        networks.Add($"[Model, {body}{hidden}, Linear({width}), Tanh{further}{expose}, {end}{optimizer}]\npublic partial class {name};");
        List<DrawnColumn> outputs = [made with { IsLoose = true, IsFew = made.Kind == DrawnKind.Class }];
        bool hasProbability = classes > 0 && !end.EndsWith("Hinge", StringComparison.Ordinal);
        if (hasProbability)
            outputs.Add(new DrawnColumn(prediction + "Probability", DrawnKind.Vector, "Vector") { Size = classes, IsSizeDeclared = true, IsLoose = true });
        if (hasCode)
            outputs.Add(new DrawnColumn(code, DrawnKind.Vector, "Vector") { Size = width, IsSizeDeclared = true, IsLoose = true });
        string training = isTrained ? ", Trained = true"
            : $", Epochs = {random.Next(1, 4)}{Maybe("BatchSize", random.Next(1, 40))}{(Chance(40) ? $", Validation = {Text(Between(0.1, 0.4))}{Maybe("Patience", random.Next(0, 3))}" : "")}{Maybe("Seed", random.Next(50))}";
        string inputs = features.Count > 1 || Chance(10) ? $"[{Quoted(features)}]" : Quoted(features[0].Name);
        if (isTrained)
            given.Add(places.NetworkName(name));
        Add(
            $"Network<{places.NetworkName(name)}>({inputs}{(label is null ? "" : ", " + Quoted(label.Name))}, Prediction = {Quoted(prediction)}{training}{(hasCode ? $", Code = {Quoted(code)}" : "")})",
            label is null ? features : [.. features, label],
            [.. outputs],
            learns: !isTrained,
            isModel: true);
        if (features.Find(column => column is { Kind: DrawnKind.Vector, IsSizeDeclared: false }) is { } open)
            late.Add(Quoted(open.Name));
        else if (label is { Kind: DrawnKind.Class, Classes: 0, HasLabels: true } or { Kind: DrawnKind.Vector, IsSizeDeclared: false })
            late.Add(Quoted(label.Name));
        if (label is not null && made.Kind != DrawnKind.Vector)
            Score(prediction, label, One<string>(classes == 0 ? ["Rmse", "R2"] : ["Accuracy", "F1", .. hasProbability ? new[] { "LogLoss" } : [], .. classes == 2 ? new[] { "AreaUnderRoc", "AreaUnderPr" } : []]));
        return true;
    }

    /// <summary>The last layers with the loss, its label, and the prediction without what all networks' have.</summary>
    private (string Layers, DrawnColumn? Label, DrawnColumn Made) End(List<DrawnColumn> features, string prediction, bool hasLabel)
    {
        switch (random.Next(features is [{ Kind: DrawnKind.Vector }] ? 8 : 7))
        {
            case 0:
                DrawnColumn? label = !hasLabel ? null : ClassLabel(isBinary: Chance(50));
                int classes = label is null ? random.Next(2, 5) : label.Classes > 0 ? label.Classes : label.Size;
                return ($"Linear({classes}), CrossEntropy", label, Class(classes, label));
            case 1:
                label = hasLabel ? ClassLabel(isBinary: true) : null;
                return ("Linear(1), BinaryCrossEntropy", label, Class(2, label));
            case 2:
                label = hasLabel ? ClassLabel(isBinary: true) : null;
                return ("Linear(1), Hinge", label, Class(2, label));
            case 3:
                return ($"Linear(1), {One("MeanSquaredError", "MeanAbsoluteError", "Huber")}", hasLabel ? AmountLabel() : null, new(prediction, DrawnKind.Number, "double"));
            case 4:
                label = hasLabel ? VectorLabel(isShares: false) : null;
                return Vectors(label, "", One("MeanSquaredError", "MeanAbsoluteError", "Huber"));
            case 5:
                label = hasLabel ? VectorLabel(isShares: true) : null;
                return Vectors(label, "", "BinaryCrossEntropy");
            case 6:
                label = hasLabel ? VectorLabel(isShares: true) : null;
                return Vectors(label, ", LogSoftmax", "KLDivergence");
            default:
                int size = features[0].Size;
                return ($"Linear({size}), Reconstruction", null, new(prediction, DrawnKind.Vector, "Vector") { Size = size, IsSizeDeclared = true });
        }

        DrawnColumn Class(int classes, DrawnColumn? label) => new(prediction, DrawnKind.Class, "double") { Classes = classes, HasLabels = label?.HasLabels == true };

        (string, DrawnColumn?, DrawnColumn) Vectors(DrawnColumn? label, string activation, string loss)
        {
            int size = label?.Size ?? random.Next(2, 5);
            return ($"Linear({size}){activation}, {loss}", label, new(prediction, DrawnKind.Vector, "Vector") { Size = size, IsSizeDeclared = true });
        }
    }

    /// <summary>A vector to predict: the row's own, or made of what the row has to predict.</summary>
    private DrawnColumn VectorLabel(bool isShares)
    {
        DrawnColumn own = Label(column => column.Kind == DrawnKind.Vector && column.IsNonNegative == isShares);
        if (isShares || Chance(60))
            return own;
        string output = row.Fresh("Targets");
        DrawnColumn target = Target();
        switch (random.Next(3))
        {
            case 0:
                return Made($"StandardScaler({Quoted(own.Name)}, {Quoted(output)}, WithMean = true)", own, new(output, DrawnKind.Vector, "Vector") { Size = own.Size, IsSizeDeclared = own.IsSizeDeclared }, learns: true);
            case 1 when !own.MayBeNull && !target.MayBeNull:
                Add($"VectorAssembler({Quoted(output)}, {Quoted(own.Name)}, {Quoted(target.Name)})", [own, target], [new DrawnColumn(output, DrawnKind.Vector, "Vector") { Size = own.Size + 1, IsSizeDeclared = own.IsSizeDeclared }]);
                return columns[^1];
            default:
                return Made($"VectorSlicer({Quoted(own.Name)}, {Quoted(output)}, {own.Size - 1}, 0)", own, new(output, DrawnKind.Vector, "Vector") { Size = 2, IsSizeDeclared = true });
        }
    }

    /// <summary>What may follow a network: nothing that rounds one way or the other.</summary>
    private bool AddLooseStage()
    {
        if (columns.Find(column => column.IsLoose && column.Kind == DrawnKind.Vector) is not { Size: > 0 } read)
            return false;
        string output = row.Fresh("After");
        return random.Next(3) switch
        {
            0 => Vector($"StandardScaler({Quoted(read.Name)}, {Quoted(output)})", read, output, read.Size, learns: true),
            1 => Vector($"PolynomialExpansion({Quoted(read.Name)}, {Quoted(output)}, Degree = 1)", read, output, read.Size, learns: false),
            _ => Regressor("LinearRegression", read, ", RegParam = 0.2"),
        };
    }

    /// <summary>A call with the networks that <c>Fit</c> and <c>Tune</c> are given, which belong to whoever gives them.</summary>
    private string Giving(string call) => $"{string.Concat(given.Select((name, i) => $"using {name} given{i} = Trained<{name}>.By(new({i + 3})); "))}return {call}(rows, {string.Concat(given.Select((_, i) => $"given{i}, "))}options);";
}
