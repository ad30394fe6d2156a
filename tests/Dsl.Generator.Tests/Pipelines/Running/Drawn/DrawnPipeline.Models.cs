using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;

namespace Dsl.Generator.Tests.Pipelines.Running.Drawn;

/// <content>Every model of the page's section 3, with small settings, and what stands behind models.</content>
internal sealed partial class DrawnPipeline
{
    // Of vectors beyond it only what is sparse stays small: the default of HashingTF and FeatureHasher is among them.
    private const int MostForAll = 20000;

    private bool AddModel()
    {
        int which = random.Next(19);
        if (which >= 13)
            return AddNetwork();
        DrawnColumn? features = Features(which == 10);
        if (which is 2 or 10 && Chance(50) && Pick(column => column is { Size: >= MostForAll, IsNonNegative: true }) is { } huge)
            features = huge;
        if (features is null)
            return false;
        string f = Quoted(features.Name);
        switch (which)
        {
            case 0:
                bool isHuber = Chance(30);
                return Regressor("LinearRegression", features, $"{Maybe("RegParam", Between(0.01, 0.5), 60)}{(isHuber ? ", Loss = RegressionLoss.Huber" + Maybe("Epsilon", Between(1.1, 2)) : Maybe("ElasticNetParam", Between(0, 1)))}{Common()}");
            case 1 or 2:
                bool isBinary = Chance(50);
                string family = isBinary ? Maybe("Family", "LogisticFamily.Binomial") + Maybe("Threshold", Between(0.2, 0.8)) : Maybe("Family", "LogisticFamily.Multinomial", 30);
                return Classifier("LogisticRegression", features, isBinary, $"{Maybe("RegParam", Between(0.01, 0.5), 70)}{Maybe("ElasticNetParam", Between(0, 1), 30)}{family}{Common()}");
            case 3:
                return Classifier("LinearSVC", features, true, $"{Maybe("RegParam", Between(0.01, 0.5), 70)}{Maybe("Threshold", Between(-0.5, 0.5), 20)}{Common()}", hasProbability: false);
            case 4:
                string loss = One("Hinge", "LogLoss", "ModifiedHuber", "SquaredHinge", "Perceptron");
                return Classifier(
                    "SGDClassifier",
                    features,
                    false,
                    $", Loss = SgdLoss.{loss}, MaxIter = {random.Next(1, 30)}{Maybe("Penalty", "SgdPenalty." + One("L2", "L1", "ElasticNet"))}{Maybe("Alpha", Between(0.001, 0.1))}{Maybe("L1Ratio", Between(0, 1))}{Maybe("LearningRate", "SgdLearningRate." + One("Constant", "InvScaling", "Adaptive", "Optimal"))}{Maybe("Shuffle", false, 20)}{Maybe("Seed", random.Next(50))}",
                    hasProbability: loss is "LogLoss" or "ModifiedHuber");
            case 5:
                return Classifier("DecisionTreeClassifier", features, false, Tree() + Maybe("Impurity", "TreeImpurity." + One("Gini", "Entropy")), isTree: true);
            case 6:
                return Regressor("DecisionTreeRegressor", features, Tree(), isTree: true);
            case 7:
                return Classifier("RandomForestClassifier", features, false, Tree() + Forest() + Maybe("Impurity", "TreeImpurity.Entropy"), isTree: true);
            case 8:
                return Regressor("RandomForestRegressor", features, Tree() + Forest(), isTree: true);
            case 9:
                return Chance(50) ? Classifier("GBTClassifier", features, true, Tree() + Boosting(), isTree: true) : Regressor("GBTRegressor", features, Tree() + Boosting() + Maybe("LossType", "BoostingLoss.Absolute"), isTree: true);
            case 10:
                return Classifier("NaiveBayes", features, false, $"{(features.IsNonNegative ? Maybe("ModelType", "NaiveBayesType." + One("Complement", "Gaussian", "Multinomial")) : ", ModelType = NaiveBayesType.Gaussian")}{Maybe("Smoothing", Between(0, 2))}");
            default:
                string prediction = row.Fresh("Cluster");
                int k = random.Next(2, 5);
                Add(
                    $"KMeans({f}, Prediction = {Quoted(prediction)}{(k == 2 && Chance(50) ? "" : $", K = {k}")}{Maybe("MaxIter", random.Next(0, 15))}{Maybe("InitMode", "KMeansInit." + One("Random", "KMeansParallel"))}{Maybe("InitSteps", random.Next(1, 4))}{Maybe("Seed", random.Next(50))}{Weight(out DrawnColumn[] weight)})",
                    [features, .. weight],
                    [new DrawnColumn(prediction, DrawnKind.Class, "double") { Classes = k, IsFew = true, IsNonNegative = true }],
                    learns: true,
                    isModel: true);
                return Score(prediction, null, "Silhouette");
        }
    }

    private DrawnColumn? Features(bool isNonNegative)
    {
        bool Fits(DrawnColumn column) => column is { Kind: DrawnKind.Vector, MayBeNaN: false } && (!isNonNegative || column.IsNonNegative) && column.Size < 150;
        return Chance(70) && Pick(column => column is { IsWide: true, Size: < MostForAll, MayBeNaN: false } && (!isNonNegative || column.IsNonNegative)) is { } wide ? wide
            : Chance(70) && Pick(Fits) is { } there ? there
            : Assemble(column => !column.MayBeNaN && (!isNonNegative || column.IsNonNegative)) ?? Pick(Fits) ?? Pick(column => column is { Kind: DrawnKind.Vector, MayBeNaN: false, Size: < MostForAll });
    }

    private string Common() => Maybe("MaxIter", random.Next(0, 40)) + Maybe("Tol", One(0, 1e-4)) + Maybe("FitIntercept", Chance(30), 30) + Maybe("Standardization", Chance(30), 30);

    private string Tree() =>
        $"{Maybe("MaxDepth", random.Next(0, 8))}{Maybe("MaxBins", random.Next(20, 50))}{Maybe("MinInstancesPerNode", random.Next(1, 5), 20)}{Maybe("MinWeightFractionPerNode", Between(0, 0.1), 20)}{Maybe("MinInfoGain", Between(0, 0.02), 20)}{Maybe("Seed", random.Next(50))}";

    private string Forest() => $", NumTrees = {random.Next(1, 5)}{Strategy()}{Maybe("SubsamplingRate", Between(0.5, 1))}{Maybe("Bootstrap", Chance(40))}";

    private string Boosting() => $", MaxIter = {random.Next(0, 5)}{Maybe("StepSize", Between(0.05, 1))}{Strategy()}{Maybe("SubsamplingRate", Between(0.5, 1))}";

    private string Strategy() => Maybe("FeatureSubsetStrategy", $"\"{One("all", "sqrt", "log2", "onethird", "0.5", "2", "1.0")}\"");

    private string Weight(out DrawnColumn[] read)
    {
        DrawnColumn weight = columns.First(column => column.IsLabel && column.IsNonNegative && column.IsOwn && column.Kind == DrawnKind.Number && !column.IsFew);
        read = Chance(25) ? [weight] : [];
        return read.Length > 0 ? $", Weight = {Quoted(weight.Name)}" : "";
    }

    private bool Regressor(string name, DrawnColumn features, string options, bool isTree = false)
    {
        DrawnColumn label = AmountLabel();
        string prediction = row.Fresh("Value");
        Add($"{name}({Quoted(features.Name)}, {Quoted(label.Name)}, Prediction = {Quoted(prediction)}{options}{Weight(out DrawnColumn[] weight)})", [features, label, .. weight], [new DrawnColumn(prediction, DrawnKind.Number, "double")], learns: true, isModel: true);
        Score(prediction, label, One("Rmse", "Mae", "R2"));
        return !isTree || MayBeSelect(features);
    }

    private bool Classifier(string name, DrawnColumn features, bool isBinary, string options, bool hasProbability = true, bool isTree = false)
    {
        DrawnColumn label = ClassLabel(isBinary);
        string prediction = row.Fresh("Class");
        string probability = hasProbability && Chance(30) ? row.Fresh("Probable") : prediction + "Probability";
        string raw = Chance(30) ? row.Fresh("Scores") : "";
        int classes = isBinary ? 2 : label.Classes;
        List<DrawnColumn> made = [new DrawnColumn(prediction, DrawnKind.Class, "double") { Classes = classes, HasLabels = label.HasLabels, IsFew = true, IsNonNegative = true }];
        if (hasProbability)
            made.Add(new DrawnColumn(probability, DrawnKind.Vector, "Vector") { Size = classes, IsSizeDeclared = classes > 0, IsNonNegative = true });
        if (raw.Length > 0)
            made.Add(new DrawnColumn(raw, DrawnKind.Vector, "Vector") { Size = classes, IsSizeDeclared = classes > 0 });
        Add(
            $"{name}({Quoted(features.Name)}, {Quoted(label.Name)}, Prediction = {Quoted(prediction)}{options}{(hasProbability && probability != prediction + "Probability" ? $", Probability = {Quoted(probability)}" : "")}{(raw.Length > 0 ? $", RawPrediction = {Quoted(raw)}" : "")}{Weight(out DrawnColumn[] weight)})",
            [features, label, .. weight],
            [.. made],
            learns: true,
            isModel: true);
        Score(prediction, label, One(["Accuracy", "Accuracy", "F1", "Precision", "Recall", .. hasProbability ? new[] { "LogLoss" } : [], .. isBinary ? new[] { "AreaUnderRoc", "AreaUnderPr" } : []]));
        return !isTree || MayBeSelect(features);
    }

    private bool MayBeSelect(DrawnColumn features)
    {
        if (!Chance(30) || features.Size == 0)
            return true;
        int top = random.Next(1, Math.Min(features.Size, 4) + 1);
        string output = row.Fresh("Important");
        return Vector($"SelectByImportance({Quoted(features.Name)}, {Quoted(output)}, {top})", features, output, top, learns: true, made => made with { IsSizeDeclared = true });
    }

    private bool Score(string prediction, DrawnColumn? label, string metric)
    {
        measures.Add((prediction, metric));
        if (!Chance(60))
            return true;
        string name = Chance(70) ? prediction + metric : "Score" + scores.Count.ToString(CultureInfo.InvariantCulture);
        if (!scoreNames.Add(name))
            return true;
        bool isOne = metric is "F1" or "Precision" or "Recall" && Chance(40);
        scores.Add($"Evaluate(Metric.{metric}, Prediction = {Quoted(prediction)}{(isOne ? ", Class = 1" : "")}{(name == prediction + metric ? "" : $", Name = {Quoted(name)}")})");
        if (metric is "Accuracy" or "Mae" && label is not null && !columns.Exists(column => column.Name == prediction && column.IsLoose))
            Compared.Add((prediction, label.Name, metric, name));
        return true;
    }

    private DrawnColumn Label(Func<DrawnColumn, bool> fits) => columns.First(column => column.IsLabel && column.IsOwn && fits(column));

    private DrawnColumn Target() => Label(column => column.Kind == DrawnKind.Number && !column.IsWhole && !column.IsNonNegative);

    /// <summary>A column of classes, of the row or made for this.</summary>
    private DrawnColumn ClassLabel(bool isBinary)
    {
        DrawnColumn[] there = [.. columns.Where(column => column.IsLabel && !column.IsOwn && column.Kind == DrawnKind.Class && !column.IsOfPrediction && (!isBinary || column.Classes == 2))];
        if (there.Length > 0 && Chance(50))
            return there[random.Next(there.Length)];
        string output = row.Fresh("Label");
        switch (random.Next(isBinary ? 3 : 7))
        {
            case 0:
                return Label(column => column.Kind == DrawnKind.Flag);
            case 1:
                DrawnColumn target = Target();
                return Made($"Binarizer({Quoted(target.Name)}, {Quoted(output)}, Threshold = 0.4)", target, new(output, DrawnKind.Class, "double") { Classes = 2, IsBinary = true });
            case 2:
                target = Target();
                return Made($"Bucketizer({Quoted(target.Name)}, {Quoted(output)}, double.NegativeInfinity, 0.3, double.PositiveInfinity)", target, new(output, DrawnKind.Class, "double") { Classes = 2 });
            case 3:
                return Label(column => column.IsWhole);
            case 4:
                target = Target();
                return Made($"QuantileDiscretizer({Quoted(target.Name)}, {Quoted(output)}, 3)", target, new(output, DrawnKind.Class, "double") { Size = 3 }, learns: true);
            default:
                DrawnColumn text = Label(column => column.Kind == DrawnKind.Text);
                string how = One("Error", "Skip", "Keep");
                bool isDeclared = Chance(50);
                return Made(
                    $"StringIndexer({Quoted(text.Name)}, {Quoted(output)}{Handle(how)}{(isDeclared ? ", Classes = 3" : "")})",
                    text,
                    new(output, DrawnKind.Class, "double") { Classes = isDeclared ? how == "Keep" ? 4 : 3 : 0, Size = how == "Keep" ? 4 : 3, HasLabels = true },
                    learns: true);
        }
    }

    /// <summary>A column of numbers to predict.</summary>
    private DrawnColumn AmountLabel()
    {
        DrawnColumn label = Chance(80) ? Target() : Label(column => column.IsWhole);
        if (!label.MayBeNull || !Chance(30))
            return label;
        if (label.IsWhole || Chance(50))
        {
            Add($"DropNulls({Quoted(label.Name)})", [label], [label with { MayBeNull = false }], isQuiet: true, isInPlace: true);
        }
        else
        {
            Compared.RemoveAll(one => one.Label == label.Name);
            Add($"Imputer({Quoted(label.Name)})", [label], [label with { MayBeNull = false, Type = "double" }], learns: true, isInPlace: true);
        }

        return columns.Find(column => column.Name == label.Name)!;
    }

    private DrawnColumn Made(string attribute, DrawnColumn read, DrawnColumn made, bool learns = false)
    {
        Add(attribute, [read], [made with { IsLabel = true, MayBeNull = read.MayBeNull, IsFew = true }], learns);
        return columns[^1];
    }

    private bool AddBehind() => random.Next(6) switch
    {
        0 => AddIndexToString(),
        1 => AddAssembler(),
        2 => AddMap(),
        3 => AddOneHot(),
        4 => AddLooseStage(),
        _ => AddStage(),
    };
}
